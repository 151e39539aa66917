/* test_record_json.c - a study as JSON, read back value by value. */
#include "record_json.h"

#include <jansson.h>

#include "suite.h"

#include "files/record.h"
#include "results/columns.h"

/* A row with times for all rounds; NaN for rounds that were not visited. */
static rxt_row timed_row(int ranks, int threads, double seconds[12])
{
    rxt_row row = row_of(ranks, threads, 1);

    for (int r = 0; r < 12; r++)
        seconds[r] = r % 5 == 2 ? NAN : 1e-3 * (1 + r / 3.0);
    row.seconds = seconds;
    return row;
}

/* Parses the document, which must be JSON to its last byte. The caller frees it. */
static json_t *read_back(const rxt_record *record)
{
    json_error_t error;
    char *text = json_of(record);
    json_t *document = json_loads(text, JSON_REJECT_DUPLICATES, &error);

    if (!document)
        fprintf(stderr, "%s\n", error.text);
    CU_ASSERT_PTR_NOT_NULL_FATAL(document);
    free(text);
    return document;
}

static json_t *row_at(const json_t *document, size_t r)
{
    return json_array_get(json_object_get(document, "rows"), r);
}

static const char *text_at(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? text : "";
}

static void the_document_has_the_contracts_keys_in_its_order(void)
{
    static const char *const keys[] = { "schema",  "created",  "program", "version",
                                        "command", "settings", "host",    "status",
                                        "rows",    "answers",  "fits",    "warnings" };
    double seconds[12];
    rxt_row row[] = { timed_row(1, 1, seconds) };
    rxt_rows rows = rows_of(row, 1);
    story s;
    json_t *document = read_back(story_of(&s, &rows)), *value;
    const char *key;
    size_t k = 0;

    json_object_foreach(document, key, value)
    {
        CU_ASSERT_FATAL(k < sizeof keys / sizeof keys[0]);
        CU_ASSERT_STRING_EQUAL(key, keys[k]);
        k++;
    }
    CU_ASSERT_EQUAL(k, sizeof keys / sizeof keys[0]);
    CU_ASSERT_STRING_EQUAL(text_at(document, "schema"), "rxt-study-1");
    CU_ASSERT_STRING_EQUAL(text_at(document, "created"), "2026-11-24T13:42:00Z");
    CU_ASSERT_STRING_EQUAL(text_at(document, "program"), "dotbench");
    CU_ASSERT_STRING_EQUAL(text_at(document, "status"), "complete");
    json_decref(document);
}

static void a_warning_has_its_kind_and_how_many_rows_it_is_about(void)
{
    double seconds[12];
    rxt_row row[] = { timed_row(1, 1, seconds) };
    rxt_rows rows = rows_of(row, 1);
    story s;
    json_t *document = read_back(story_of(&s, &rows)),
           *warnings = json_object_get(document, "warnings"), *one = json_array_get(warnings, 0);

    CU_ASSERT_EQUAL(json_array_size(warnings), 1);
    CU_ASSERT_STRING_EQUAL(text_at(one, "kind"), "smt");
    CU_ASSERT_EQUAL(json_integer_value(json_object_get(one, "rows")), 2);
    CU_ASSERT_STRING_EQUAL(text_at(one, "text"), "2×1: …");
    json_decref(document);
}

/* Does the JSON value equal the CSV cell? */
static bool agree(const json_t *value, rxt_cell_kind kind, const char *cell)
{
    if (!*cell)
        return json_is_null(value);
    if (kind == RXT_CELL_NUMBER)
        return json_is_number(value) && json_number_value(value) == strtod(cell, NULL);
    if (kind == RXT_CELL_TRUTH)
        return json_is_boolean(value) && json_is_true(value) == !strcmp(cell, "true");
    return json_is_string(value) && !strcmp(json_string_value(value), cell);
}

static void expect_cells(const rxt_rows *rows)
{
    int count;
    const rxt_column *column = rxt_columns_of(false, &count);
    char cell[RXT_COLUMN_CELL];
    story s;
    json_t *document = read_back(story_of(&s, rows));

    CU_ASSERT_EQUAL(json_array_size(json_object_get(document, "rows")), (size_t)rows->count);
    for (int r = 0; r < rows->count; r++) {
        CU_ASSERT_EQUAL(json_object_size(row_at(document, (size_t)r)), (size_t)count + 1);
        for (int c = 0; c < count; c++) {
            json_t *value = json_object_get(row_at(document, (size_t)r), column[c].name);
            rxt_cell_kind kind = rxt_column_cell_kind(&column[c]);

            rxt_column_print(&column[c], &rows->row[r], rows->stopped, cell);
            CU_ASSERT_TRUE(agree(value, kind, cell));
            if (!agree(value, kind, cell))
                fprintf(stderr, "%s: %s\n", column[c].name, cell);
        }
    }
    json_decref(document);
}

static void every_value_is_that_of_its_cell(void)
{
    double seconds[3][12];
    rxt_row row[] = { timed_row(1, 1, seconds[0]), timed_row(2, 3, seconds[1]),
                      timed_row(1, 2, seconds[2]) };
    rxt_rows rows = rows_of(row, 3);

    row[1].bytes = 12345678901;
    row[1].roof = 0.97;
    row[1].speedup.median = 3.14159265358979;
    row[1].time.median = 1.23456789012e-7;
    row[1].gbytes_per_s = 1e21;
    snprintf(row[1].note, sizeof row[1].note, "say \"1×1\", then\nµ\x01");
    row[2].result = (rxt_value){ -2.5, 7 };
    take_intervals(&row[2]);
    expect_cells(&rows);
    rows.stopped = true;
    expect_cells(&rows);
}

static void what_is_missing_is_null_and_never_nan(void)
{
    double seconds[2][12];
    rxt_row row[] = { timed_row(1, 1, seconds[0]), timed_row(1, 2, seconds[1]) };
    rxt_rows rows = rows_of(row, 2);
    story s;
    char *text;

    row[0].error = row[0].efficiency = INFINITY;
    row[0].time = row[0].speedup = nothing();
    row[0].calls = 0;
    row[0].result.value = NAN;
    make_wrong(&row[1]);
    row[1].error = NAN;
    expect_cells(&rows);
    text = json_of(story_of(&s, &rows));
    CU_ASSERT_TRUE(has_no_nan(text));
    free(text);
}

static void samples_are_every_round_to_the_last_bit(void)
{
    double seconds[12];
    rxt_row row[] = { timed_row(1, 1, seconds) };
    rxt_rows rows = rows_of(row, 1);
    story s;
    json_t *document = read_back(story_of(&s, &rows)),
           *samples = json_object_get(row_at(document, 0), "samples");
    size_t i = 0;

    for (int r = 0; r < 12; r++) {
        const json_t *sample = json_array_get(samples, i);

        if (isnan(seconds[r]))
            continue;
        CU_ASSERT_EQUAL(json_array_size(sample), 2);
        CU_ASSERT_EQUAL(json_integer_value(json_array_get(sample, 0)), r);
        CU_ASSERT_EQUAL(json_real_value(json_array_get(sample, 1)), seconds[r]);
        i++;
    }
    CU_ASSERT_EQUAL(json_array_size(samples), i);
    json_decref(document);
}

/* A wrong row must have no samples in the file even if its times are set. */
static void a_wrong_row_has_no_samples(void)
{
    double seconds[12];
    rxt_row row[] = { timed_row(1, 1, seconds) };
    rxt_rows rows = rows_of(row, 1);
    story s;
    json_t *document;

    make_wrong(&row[0]);
    document = read_back(story_of(&s, &rows));
    CU_ASSERT_EQUAL(json_array_size(json_object_get(row_at(document, 0), "samples")), 0);
    CU_ASSERT_TRUE(json_is_false(json_object_get(row_at(document, 0), "verified")));
    CU_ASSERT_TRUE(json_is_null(json_object_get(row_at(document, 0), "time_median")));
    CU_ASSERT_STRING_EQUAL(text_at(row_at(document, 0), "result"), "0x1.48p+5");
    json_decref(document);
}

static void a_stopped_study_says_so(void)
{
    double seconds[12];
    rxt_row row[] = { timed_row(1, 1, seconds) };
    rxt_rows rows = rows_of(row, 1);
    story s;
    json_t *document;

    rows.stopped = true;
    document = read_back(story_of(&s, &rows));
    CU_ASSERT_STRING_EQUAL(text_at(document, "status"), "stopped");
    CU_ASSERT_STRING_EQUAL(text_at(row_at(document, 0), "note"), "stopped");
    json_decref(document);
}

static char *const odd_argv[] = {
    (char[]){ "./dot bench" }, (char[]){ "-o" }, (char[]){ "a \"b\"\\\t\n\x01×.json" },
    (char[]){ "\xff\xc3" },    (char[]){ "" },   NULL
};

static void a_command_may_be_any_bytes(void)
{
    static const char *const read[] = { "./dot bench", "-o", "a \"b\"\\\t\n\x01×.json",
                                        "\xef\xbf\xbd\xef\xbf\xbd", "" };
    rxt_rows rows = rows_of(NULL, 0);
    rxt_record record;
    story s;
    json_t *document, *command;

    story_of(&s, &rows);
    record = s.record;
    record.argv = odd_argv;
    document = read_back(&record);
    command = json_object_get(document, "command");
    CU_ASSERT_EQUAL(json_array_size(command), 5);
    for (size_t a = 0; a < 5; a++)
        CU_ASSERT_STRING_EQUAL(json_string_value(json_array_get(command, a)), read[a]);
    json_decref(document);
}

static void a_study_without_rows_is_one_all_the_same(void)
{
    rxt_rows rows = rows_of(NULL, 0);
    story s;
    json_t *document = read_back(story_of(&s, &rows));

    CU_ASSERT_TRUE(json_is_array(json_object_get(document, "rows")));
    CU_ASSERT_EQUAL(json_array_size(json_object_get(document, "answers")), 0);
    json_decref(document);
}

static bool is_split(const json_t *value, json_int_t ranks, json_int_t threads)
{
    return json_integer_value(json_object_get(value, "nodes")) == 1 &&
           json_integer_value(json_object_get(value, "ranks")) == ranks &&
           json_integer_value(json_object_get(value, "threads")) == threads;
}

static json_t *answer_in(const json_t *document)
{
    return json_array_get(json_object_get(document, "answers"), 0);
}

static void an_answer_is_data_and_its_sentence(void)
{
    double seconds[2][12];
    rxt_row row[] = { timed_row(1, 1, seconds[0]), timed_row(2, 3, seconds[1]) };
    rxt_rows rows = rows_of(row, 2);
    bool both[] = { true, true };
    rxt_answer answer = answer_of(&rows, 1, both);
    story s;
    json_t *document, *found;

    story_of(&s, &rows);
    s.answers.count = 1;
    s.answers.answer = &answer;
    answer.limit = "L2";
    answer.limit_fraction = 0.9375;
    answer.limit_host = true;
    document = read_back(&s.record);
    found = answer_in(document);
    CU_ASSERT_STRING_EQUAL(text_at(found, "text"), "1×4 is fastest.");
    CU_ASSERT_STRING_EQUAL(text_at(found, "horizon"), "Not tried: -p grid.");
    CU_ASSERT_STRING_EQUAL(text_at(found, "kernel"), "dot");
    CU_ASSERT_STRING_EQUAL(text_at(found, "team"), "forkjoin");
    CU_ASSERT_STRING_EQUAL(text_at(found, "combine"), "mpi");
    CU_ASSERT_EQUAL(json_integer_value(json_object_get(found, "n")), 10000000);
    CU_ASSERT_TRUE(is_split(json_object_get(found, "fastest"), 2, 3));
    CU_ASSERT_EQUAL(json_array_size(json_object_get(found, "tied")), 2);
    CU_ASSERT_TRUE(is_split(json_array_get(json_object_get(found, "tied"), 0), 1, 1));
    CU_ASSERT_EQUAL(json_real_value(json_object_get(found, "speedup_low")), 0.98);
    CU_ASSERT_TRUE(json_is_false(json_object_get(found, "nothing_beats")));
    CU_ASSERT_STRING_EQUAL(text_at(found, "limit"), "L2");
    CU_ASSERT_EQUAL(json_real_value(json_object_get(found, "limit_fraction")), 0.9375);
    CU_ASSERT_TRUE(json_is_true(json_object_get(found, "limit_host")));
    json_decref(document);
}

static void what_is_sure_of_several_rows_is_data(void)
{
    double seconds[2][12];
    rxt_row row[] = { timed_row(1, 2, seconds[0]), timed_row(2, 1, seconds[1]) };
    rxt_rows rows = rows_of(row, 2);
    bool both[] = { true, true };
    rxt_answer answer = answer_of(&rows, 1, both);
    rxt_contrast contrast = { .threads = 0, .ranks = 1, .gain = sample(1.5, 0.25) };
    story s;
    json_t *document, *found;

    story_of(&s, &rows);
    s.answers = (rxt_answers){ .count = 1, .answer = &answer };
    answer.speedup[1] = sample(2, 0.25);
    answer.undecided = true;
    answer.fewest = 0;
    answer.loss = sample(1, 0.0);
    answer.contrasts = 1;
    answer.contrast = &contrast;
    document = read_back(&s.record);
    found = answer_in(document);
    CU_ASSERT_EQUAL(json_number_value(json_object_get(found, "speedup_low")), 1.5);
    CU_ASSERT_TRUE(json_is_true(json_object_get(found, "simultaneous")));
    CU_ASSERT_TRUE(json_is_true(json_object_get(found, "undecided")));
    CU_ASSERT_TRUE(is_split(json_object_get(found, "fewest"), 1, 2));
    CU_ASSERT_EQUAL(json_number_value(json_object_get(found, "loss_high")), 1.0);
    found = json_array_get(json_object_get(found, "contrasts"), 0);
    CU_ASSERT_TRUE(is_split(json_object_get(found, "split"), 1, 2));
    CU_ASSERT_TRUE(is_split(json_object_get(found, "against"), 2, 1));
    CU_ASSERT_EQUAL(json_number_value(json_object_get(found, "gain")), 1.5);
    CU_ASSERT_EQUAL(json_number_value(json_object_get(found, "gain_high")), 1.875);
    json_decref(document);
}

static void a_break_even_size_is_with_the_answers_it_is_over(void)
{
    double seconds[2][12];
    rxt_row row[] = { timed_row(1, 1, seconds[0]), timed_row(2, 3, seconds[1]) };
    rxt_rows rows = rows_of(row, 2);
    bool both[] = { true, true };
    rxt_answer answer = answer_of(&rows, 1, both);
    rxt_break_evens of = { .kernel = "dot",
                           .team = "forkjoin",
                           .combine = "mpi",
                           .bind = "hybrid",
                           .has_threads = true,
                           .threads = { .split = { 1, 1, 2 },
                                        .pays = RXT_PAYS_FROM,
                                        .n = 31000.5,
                                        .low = -1,
                                        .high = 36000,
                                        .first = 1000,
                                        .last = 100000,
                                        .until = 100000,
                                        .beyond = -1,
                                        .also = -1 } };
    story s;
    json_t *document, *found;

    story_of(&s, &rows);
    s.answers =
        (rxt_answers){ .count = 1, .answer = &answer, .break_even = { .count = 1, .of = &of } };
    document = read_back(&s.record);
    found = json_object_get(answer_in(document), "break_even");
    CU_ASSERT_STRING_EQUAL(text_at(found, "text"), "Two threads pay from n = 36k at the latest.");
    CU_ASSERT_TRUE(json_is_null(json_object_get(found, "processes")));
    found = json_object_get(found, "threads");
    CU_ASSERT_TRUE(is_split(found, 1, 2));
    CU_ASSERT_STRING_EQUAL(text_at(found, "pays"), "from");
    CU_ASSERT_EQUAL(json_real_value(json_object_get(found, "n")), 31000.5);
    CU_ASSERT_TRUE(json_is_null(json_object_get(found, "n_low")));
    CU_ASSERT_EQUAL(json_integer_value(json_object_get(found, "n_high")), 36000);
    CU_ASSERT_EQUAL(json_integer_value(json_object_get(found, "until")), 100000);
    json_decref(document);
}

static void an_answer_about_nothing_has_nulls(void)
{
    double seconds[12];
    rxt_row row[] = { timed_row(1, 1, seconds) };
    rxt_rows rows = rows_of(row, 1);
    bool none[] = { false };
    rxt_answer answer = answer_of(&rows, -1, none);
    story s;
    json_t *document;

    story_of(&s, &rows);
    s.answers = (rxt_answers){ .count = 1, .answer = &answer };
    document = read_back(&s.record);
    CU_ASSERT_TRUE(json_is_null(json_object_get(answer_in(document), "fastest")));
    CU_ASSERT_TRUE(json_is_null(json_object_get(answer_in(document), "speedup")));
    CU_ASSERT_TRUE(json_is_null(json_object_get(answer_in(document), "fewest")));
    CU_ASSERT_TRUE(json_is_null(json_object_get(answer_in(document), "loss")));
    CU_ASSERT_TRUE(json_is_null(json_object_get(answer_in(document), "horizon")));
    CU_ASSERT_TRUE(json_is_null(json_object_get(answer_in(document), "break_even")));
    CU_ASSERT_EQUAL(json_array_size(json_object_get(answer_in(document), "tied")), 0);
    json_decref(document);
}

static void a_row_is_a_line(void)
{
    double seconds[2][12];
    rxt_row row[] = { timed_row(1, 1, seconds[0]), timed_row(1, 2, seconds[1]) };
    rxt_rows rows = rows_of(row, 2);
    story s;
    char *text = json_of(story_of(&s, &rows));

    CU_ASSERT_EQUAL(times_said(text, "\n{\"kernel\": "), 2);
    CU_ASSERT_EQUAL(times_said(text, "\n"), 16);
    free(text);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "the contract's keys", the_document_has_the_contracts_keys_in_its_order },
        { "a warning has kind and rows", a_warning_has_its_kind_and_how_many_rows_it_is_about },
        { "values are those of CSV", every_value_is_that_of_its_cell },
        { "missing is null", what_is_missing_is_null_and_never_nan },
        { "samples", samples_are_every_round_to_the_last_bit },
        { "a wrong row has no samples", a_wrong_row_has_no_samples },
        { "stopped", a_stopped_study_says_so },
        { "any command", a_command_may_be_any_bytes },
        { "no rows", a_study_without_rows_is_one_all_the_same },
        { "answers are data", an_answer_is_data_and_its_sentence },
        { "what is sure of several rows is data", what_is_sure_of_several_rows_is_data },
        { "a break-even size is with the answers it is over",
          a_break_even_size_is_with_the_answers_it_is_over },
        { "an answer about nothing", an_answer_about_nothing_has_nulls },
        { "a row is a line", a_row_is_a_line },
        CU_TEST_INFO_NULL,
    };

    return suite_run("JSON", tests);
}
