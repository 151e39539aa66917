/* test_columns.c - the table of columns: it has the columns of the contract, docs/study.schema.json
 * describes rows in the same way, and each column can be read back from what it prints. */
#include "results/columns.h"

#include "record_json.h"

#include "base/json.h"
#include "comm/comm.h"
#include "machine/place.h"
#include "suite.h"
#include "support/type.h"
#include "team/sync.h"
#include "team/team.h"

/* ---- names and words ---- */

/* The columns that every version has. Columns that were added later stand before placement, and may
 * be missing. */
static void the_columns_are_the_contracts(void)
{
    static const char *const contract[] = {
        "kernel",    "type",        "scaling",      "team",       "combine",      "sync",
        "bind",      "n",           "bytes",        "level",      "nodes",        "ranks",
        "threads",   "workers",     "rounds",       "calls",      "time_median",  "time_low",
        "time_high", "time_min",    "time_q1",      "time_q3",    "time_max",     "baseline",
        "speedup",   "speedup_low", "speedup_high", "efficiency", "gbytes_per_s", "gflops_per_s",
        "roof",      "result",      "error",        "verified",   "placement",    "note",
    };
    enum { CONTRACT = sizeof contract / sizeof contract[0], PLACEMENT = CONTRACT - 2 };
    int count, at = 0;
    const rxt_column *column = rxt_columns_of(false, &count);

    for (int c = 0; c < count; c++) {
        if (at < CONTRACT && !strcmp(column[c].name, contract[at])) {
            at++;
            continue;
        }
        CU_ASSERT_TRUE(column[c].later && at <= PLACEMENT);
    }
    CU_ASSERT_EQUAL(at, CONTRACT);
    CU_ASSERT_STRING_EQUAL(column[count].name, "unit"); /* only for tasks */
    CU_ASSERT_STRING_EQUAL(column[count + 1].name, "p99");
}

static void a_name_stands_once_and_all_are_in_the_header(void)
{
    rxt_rows rows = rows_of(NULL, 0);
    int count;
    const rxt_column *column = rxt_columns_of(true, &count);
    char *csv, *at;

    rows.lesson = true;
    at = csv = csv_of(&rows);
    for (int c = 0; c < count; c++) {
        size_t length = strlen(column[c].name);

        CU_ASSERT_NSTRING_EQUAL(at, column[c].name, length);
        CU_ASSERT_EQUAL(at[length], c + 1 < count ? ',' : '\n');
        at += length + 1;
        for (int other = 0; other < c; other++)
            CU_ASSERT_STRING_NOT_EQUAL(column[other].name, column[c].name);
    }
    CU_ASSERT_STRING_EQUAL(at, "");
    free(csv);
}

static const rxt_column *column_of(const char *name)
{
    int count;
    const rxt_column *column = rxt_columns_of(true, &count);

    for (int c = 0; c < count; c++)
        if (!strcmp(column[c].name, name))
            return &column[c];
    CU_FAIL_FATAL("no such column");
    return column;
}

static void words_are_those_of_the_options(void)
{
    CU_ASSERT_PTR_EQUAL(column_of("team")->words, &rxt_team_vocabulary);
    CU_ASSERT_PTR_EQUAL(column_of("combine")->words, &rxt_combine_vocabulary);
    CU_ASSERT_PTR_EQUAL(column_of("bind")->words, &rxt_bind_vocabulary);
    CU_ASSERT_PTR_EQUAL(column_of("sync")->words, &rxt_sync_vocabulary);
    CU_ASSERT_PTR_EQUAL(column_of("type")->words, &rxt_type_vocabulary);
    CU_ASSERT_TRUE(column_of("team")->or_none && column_of("combine")->or_none);
}

static void what_a_visit_measures_has_a_column(void)
{
    for (int f = 0; f < RXT_VISIT_FIGURES; f++)
        CU_ASSERT_PTR_NOT_NULL(rxt_columns_visit(f));
    CU_ASSERT_STRING_EQUAL(rxt_columns_visit(RXT_VISIT_P99)->name, "p99");
}

/* ---- the schema ---- */

static json_t *words_or_null(const rxt_column *column)
{
    json_t *list = json_array();

    if (column->kind == RXT_COLUMN_TRUTH) {
        json_array_append_new(list, json_true());
        json_array_append_new(list, json_false());
    }
    for (int w = 0; w < column->words->count; w++)
        json_array_append_new(list, json_string(rxt_vocabulary_name(column->words, w)));
    if (column->optional)
        json_array_append_new(list, json_null());
    return json_pack("{s:o}", "enum", list);
}

static json_t *type_of(const rxt_column *column, const char *type)
{
    if (column->optional)
        return json_pack("{s:[s,s]}", "type", type, "null");
    return json_pack("{s:s}", "type", type);
}

/* Words that other parts of a file use, too, are listed under $defs (test_vocabulary). */
static bool is_shared(const rxt_column *column)
{
    return column->words == &rxt_team_vocabulary || column->words == &rxt_combine_vocabulary ||
           column->words == &rxt_bind_vocabulary;
}

static json_t *shared(const rxt_column *column)
{
    char place[40];

    snprintf(place, sizeof place, "#/$defs/%s", column->name);
    return json_pack("{s:s}", "$ref", place);
}

static json_t *values_of(const rxt_column *column)
{
    bool figure = column->kind == RXT_COLUMN_FIGURE || column->kind == RXT_COLUMN_ABOVE;
    json_t *values;

    if (is_shared(column))
        return shared(column);
    if (column->words)
        return words_or_null(column);
    if (figure)
        return json_pack("{s:s}", "$ref", "#/$defs/figure");
    if (column->kind != RXT_COLUMN_WHOLE && !column->pattern)
        return json_pack("{s:s}", "$ref",
                         column->optional ? "#/$defs/text_or_null" : "#/$defs/text");
    values = type_of(column, column->kind == RXT_COLUMN_WHOLE ? "integer" : "string");
    if (column->pattern)
        json_object_set_new(values, "pattern", json_string(column->pattern));
    else
        json_object_set_new(values, "minimum", json_integer(column->least));
    return values;
}

/* What the schema must say about a column. */
static json_t *property_of(const rxt_column *column)
{
    json_t *property = json_object(), *values = values_of(column);

    if (column->help)
        json_object_set_new(property, "description", json_string(column->help));
    if (column->unit)
        json_object_set_new(property, "unit", json_string(column->unit));
    json_object_update(property, values);
    json_decref(values);
    return property;
}

static json_t *schema_row(json_t **schema)
{
    json_t *row;

    *schema = json_load_file(SCHEMA, JSON_REJECT_DUPLICATES, NULL);
    row = json_object_get(json_object_get(*schema, "$defs"), "row");
    CU_ASSERT_FATAL(json_is_object(row));
    return row;
}

/* Expects that the schema has this line; if not, prints the line that it should have, and its
 * place. */
static void expect_line(const char *where, const char *name, json_t *line, const json_t *found)
{
    char *text = json_dumps(line, 0);

    CU_ASSERT_TRUE(json_equal(line, found));
    if (!json_equal(line, found))
        fprintf(stderr, "docs/study.schema.json, row, %s: \"%s\": %s,\n", where, name, text);
    free(text);
    json_decref(line);
}

static void the_schema_has_every_column_as_the_table_has_it(void)
{
    int count, c = 0;
    const rxt_column *column = rxt_columns_of(true, &count);
    json_t *schema, *properties = json_object_get(schema_row(&schema), "properties"), *found;
    const char *key;
    char where[100];

    for (int each = 0; each < count; each++) {
        snprintf(where, sizeof where, "properties, behind %s", each ? column[each - 1].name : "{");
        expect_line(where, column[each].name, property_of(&column[each]),
                    json_object_get(properties, column[each].name));
    }
    json_object_foreach(properties, key, found)
    {
        const char *expected = c < count ? column[c].name : c == count ? "samples" : "epochs";

        CU_ASSERT_STRING_EQUAL(key, expected);
        c++;
    }
    CU_ASSERT_EQUAL(c, count + 2);
    json_decref(schema);
}

static void the_schema_requires_what_older_files_have(void)
{
    int count;
    const rxt_column *column = rxt_columns_of(true, &count);
    json_t *schema, *row = schema_row(&schema), *required = json_array();

    for (int c = 0; c < count; c++)
        if (!column[c].later)
            json_array_append_new(required, json_string(column[c].name));
    json_array_append_new(required, json_string("samples"));
    expect_line("beside properties", "required", required, json_object_get(row, "required"));
    CU_ASSERT_TRUE(json_is_false(json_object_get(row, "additionalProperties")));
    json_decref(schema);
}

/* In the schema, "else" describes rows that are not verified. */
static void the_schema_has_no_times_of_a_wrong_row(void)
{
    int count;
    const rxt_column *column = rxt_columns_of(true, &count);
    json_t *schema,
        *wrong = json_object_get(json_object_get(schema_row(&schema), "else"), "properties");
    size_t timed = 2;

    for (int c = 0; c < count; c++) {
        bool whole = column[c].kind == RXT_COLUMN_WHOLE;
        json_t *property =
            whole ? json_pack("{s:i}", "const", 0) : json_pack("{s:s}", "type", "null");

        timed += column[c].timed;
        if (column[c].timed)
            expect_line("else", column[c].name, property, json_object_get(wrong, column[c].name));
        else
            json_decref(property);
    }
    expect_line("else", "samples", json_pack("{s:i}", "maxItems", 0),
                json_object_get(wrong, "samples"));
    expect_line("else", "epochs", json_pack("{s:i}", "maxItems", 0),
                json_object_get(wrong, "epochs"));
    CU_ASSERT_EQUAL(json_object_size(wrong), timed);
    json_decref(schema);
}

/* ---- cells ---- */

static rxt_column_cell cell_of(const rxt_column *column, const char *text)
{
    char *end;
    rxt_column_cell cell = { .kind = *text ? rxt_column_cell_kind(column) : RXT_CELL_EMPTY,
                             .word = text,
                             .number = strtod(text, NULL),
                             .count = strtoll(text, &end, 10),
                             .truth = !strcmp(text, "true") };

    cell.whole = !*end;
    if (cell.kind == RXT_CELL_TRUTH && !cell.truth && strcmp(text, "false"))
        cell.kind = RXT_CELL_WORD;
    return cell;
}

/* Reads a row from the printed cells of `row`; the row that was read must print the same cells. */
static void expect_same_again(const rxt_row *row)
{
    static char text[RXT_COLUMNS_MOST][RXT_COLUMN_CELL], again[RXT_COLUMN_CELL];
    static rxt_row copy;
    char why[RXT_COLUMN_WHY];
    int count;
    const rxt_column *column = rxt_columns_of(true, &count);

    copy = (rxt_row){ .result.index = -1 };
    for (int c = 0; c < count; c++) {
        rxt_column_print(&column[c], row, false, text[c]);
        rxt_column_cell cell = cell_of(&column[c], text[c]);

        CU_ASSERT_TRUE(rxt_column_read(&column[c], &cell, &copy, why));
    }
    for (int c = 0; c < count; c++) {
        rxt_column_print(&column[c], &copy, false, again);
        if (column[c].figure && text[c][0]) { /* derived again, from rounded figures */
            CU_ASSERT_DOUBLE_EQUAL(strtod(again, NULL) / strtod(text[c], NULL), 1, 1e-7);
        } else {
            CU_ASSERT_STRING_EQUAL(again, text[c]);
        }
    }
}

static void every_column_reads_what_it_prints(void)
{
    rxt_row row = row_of(6, 5, 13.5);

    row.split.nodes = 2;
    row.baseline = (rxt_split){ 2, 2, 3 };
    row.n = PTRDIFF_MAX;
    row.roof = 0.5;
    row.unit = "message";
    for (int f = 0; f < RXT_VISIT_FIGURES; f++)
        row.figures.of[f] = 3e-6;
    row.result = (rxt_value){ -2.5, 7 };
    strcpy(row.note, "one; two");
    expect_same_again(&row);
    row.consistent = true;
    row.level = row.sync = row.unit = NULL;
    row.bytes = row.roof = NAN;
    row.placement[0] = '\0';
    row.calls = 0;
    expect_same_again(&row);
    row.verified = false;
    row.error = INFINITY;
    expect_same_again(&row);
    row.error = NAN; /* the kernel was never called */
    expect_same_again(&row);
}

static void a_refusal_says_what_the_cell_may_hold(void)
{
    static const struct {
        const char *name, *text, *why;
    } bad[] = {
        { "type", "f16", "type has the unknown value \"f16\"" },
        { "n", "1.5", "n is 1.5; it must be a whole number" },
        { "nodes", "0", "nodes is 0; it must be from 1 to 2147483647" },
        { "workers", "2147483648", "workers is 2147483648; it must be from 1 to 2147483647" },
        { "rounds", "", "rounds is missing" },
        { "efficiency", "-1", "efficiency is -1; it must be 0 or more" },
        { "time_min", "0", "time_min is 0; it must be above 0" },
        { "p99", "inf", "p99 is inf; it must be above 0" },
        { "verified", "maybe", "verified is \"maybe\"; it must be true, false or consistent" },
        { "baseline", "1x", "baseline is \"1x\"; it must be a split such as 1x1" },
    };
    static rxt_row row;
    char why[RXT_COLUMN_WHY];

    for (size_t b = 0; b < sizeof bad / sizeof bad[0]; b++) {
        rxt_column_cell cell = cell_of(column_of(bad[b].name), bad[b].text);

        CU_ASSERT_FALSE(rxt_column_read(column_of(bad[b].name), &cell, &row, why));
        CU_ASSERT_STRING_EQUAL(why, bad[b].why);
    }
}

/* ---- the table of a text ---- */

static void a_text_has_the_columns_with_a_heading(void)
{
    rxt_row row[] = { row_of(1, 1, 1), row_of(1, 2, 2) };
    rxt_rows rows = rows_of(row, 2);
    rxt_answer answer = answer_of(&rows, 1, (bool[]){ false, true });
    char *table = table_of(&rows, &answer, false), line[600];
    int count;
    const rxt_column *column = rxt_columns_of(false, &count);
    const char *at = line_with(table, "ranks × threads", line);

    for (int c = 0; c < count && at; c++)
        if (column[c].style && !column[c].sparse)
            at = strstr(at, column[c].heading);
    CU_ASSERT_PTR_NOT_NULL(at);
    CU_ASSERT_FALSE(says(line, column_of("roof")->heading));
    free(table);
    row[1].roof = 0.75;
    table = table_of(&rows, &answer, false);
    CU_ASSERT_TRUE(says(line_with(table, "ranks × threads", line), column_of("roof")->heading));
    CU_ASSERT_TRUE(says(line_with(table, "fastest", line), " 0.75 "));
    free(table);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "the contract's columns", the_columns_are_the_contracts },
        { "names stand once, in the header", a_name_stands_once_and_all_are_in_the_header },
        { "words are the options'", words_are_those_of_the_options },
        { "a visit's figures", what_a_visit_measures_has_a_column },
        { "the schema has every column", the_schema_has_every_column_as_the_table_has_it },
        { "the schema requires columns", the_schema_requires_what_older_files_have },
        { "the schema's wrong rows", the_schema_has_no_times_of_a_wrong_row },
        { "read as printed", every_column_reads_what_it_prints },
        { "refusals", a_refusal_says_what_the_cell_may_hold },
        { "a text's columns", a_text_has_the_columns_with_a_heading },
        CU_TEST_INFO_NULL,
    };

    return suite_run("columns", tests);
}
