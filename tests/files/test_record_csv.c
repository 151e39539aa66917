/* test_record_csv.c - rows as CSV, read back cell by cell. */
#include "report_rows.h"

#include "suite.h"

#include "results/columns.h"

enum { COLUMNS = RXT_COLUMNS_MOST, CELL = 3000 };

/* Reads one record (RFC 4180) into its cells and moves `text` to the next record; returns the
 * number of cells. */
static int read_record(const char **text, char cell[COLUMNS][CELL])
{
    const char *p = *text;
    int cells = 0, length = 0;
    bool quoted = false;

    memset(cell[0], 0, CELL);
    for (; *p && (quoted || *p != '\n'); p++) {
        if (*p == '"' && quoted && p[1] == '"') {
            cell[cells][length++] = *++p;
        } else if (*p == '"') {
            quoted = !quoted;
        } else if (*p == ',' && !quoted) {
            CU_ASSERT_FATAL(++cells < COLUMNS);
            memset(cell[cells], 0, CELL);
            length = 0;
        } else {
            cell[cells][length++] = *p;
        }
    }
    *text = *p ? p + 1 : p;
    return cells + 1;
}

/* The cells of one row; cell() finds them by the column's name. */
typedef struct record {
    char (*cell)[CELL];
} record;

static record record_of(const char *csv, int r)
{
    record found = { .cell = malloc(sizeof(char[COLUMNS][CELL])) };
    int count;

    CU_ASSERT_PTR_NOT_NULL_FATAL(found.cell);
    rxt_columns_of(false, &count);
    for (int i = 0; i <= r + 1; i++) {
        CU_ASSERT_EQUAL(read_record(&csv, found.cell), count);
    }
    return found;
}

static const char *cell(const record *from, const char *name)
{
    int count;
    const rxt_column *column = rxt_columns_of(false, &count);

    for (int c = 0; c < count; c++)
        if (!strcmp(column[c].name, name))
            return from->cell[c];
    CU_FAIL_FATAL("no such column");
    return "";
}

/* %.9g prints nine digits: half a unit of the last digit is at most 5e-9 of the value. */
static bool same(const record *from, const char *name, double value)
{
    char *rest;
    double read = strtod(cell(from, name), &rest);

    return rest != cell(from, name) && !*rest && fabs(read - value) <= 5.01e-9 * fabs(value);
}

static void expect_figures(const record *found, const rxt_row *row)
{
    CU_ASSERT_TRUE(same(found, "bytes", row->bytes));
    CU_ASSERT_TRUE(same(found, "time_median", row->time.median));
    CU_ASSERT_TRUE(same(found, "time_low", row->time.low));
    CU_ASSERT_TRUE(same(found, "time_high", row->time.high));
    CU_ASSERT_TRUE(same(found, "time_min", row->time.min));
    CU_ASSERT_TRUE(same(found, "time_q1", row->time.q1));
    CU_ASSERT_TRUE(same(found, "time_q3", row->time.q3));
    CU_ASSERT_TRUE(same(found, "time_max", row->time.max));
    CU_ASSERT_TRUE(same(found, "speedup", row->speedup.median));
    CU_ASSERT_TRUE(same(found, "speedup_low", row->speedup.low));
    CU_ASSERT_TRUE(same(found, "speedup_high", row->speedup.high));
    CU_ASSERT_TRUE(same(found, "efficiency", row->efficiency));
    CU_ASSERT_TRUE(same(found, "gbytes_per_s", row->gbytes_per_s));
    CU_ASSERT_TRUE(same(found, "gflops_per_s", row->gflops_per_s));
    CU_ASSERT_TRUE(same(found, "roof", row->roof));
    CU_ASSERT_TRUE(same(found, "error", row->error));
}

static void every_cell_reads_back_as_the_rows_own(void)
{
    rxt_row row[] = { row_of(1, 1, 1), row_of(2, 3, 3.14159265358979) };
    rxt_rows rows = rows_of(row, 2);
    char *csv;
    record found;

    row[1].roof = 0.97;
    row[1].bytes = 12345678901;
    csv = csv_of(&rows);
    found = record_of(csv, 1);
    expect_figures(&found, &row[1]);
    CU_ASSERT_STRING_EQUAL(cell(&found, "kernel"), "dot");
    CU_ASSERT_STRING_EQUAL(cell(&found, "type"), "f64");
    CU_ASSERT_STRING_EQUAL(cell(&found, "scaling"), "strong");
    CU_ASSERT_STRING_EQUAL(cell(&found, "team"), "forkjoin");
    CU_ASSERT_STRING_EQUAL(cell(&found, "combine"), "mpi");
    CU_ASSERT_STRING_EQUAL(cell(&found, "bind"), "hybrid");
    CU_ASSERT_STRING_EQUAL(cell(&found, "n"), "10000000");
    CU_ASSERT_STRING_EQUAL(cell(&found, "bytes"), "12345678901");
    CU_ASSERT_STRING_EQUAL(cell(&found, "level"), "DRAM");
    CU_ASSERT_STRING_EQUAL(cell(&found, "nodes"), "1");
    CU_ASSERT_STRING_EQUAL(cell(&found, "ranks"), "2");
    CU_ASSERT_STRING_EQUAL(cell(&found, "threads"), "3");
    CU_ASSERT_STRING_EQUAL(cell(&found, "workers"), "6");
    CU_ASSERT_STRING_EQUAL(cell(&found, "rounds"), "12");
    CU_ASSERT_STRING_EQUAL(cell(&found, "calls"), "3");
    CU_ASSERT_STRING_EQUAL(cell(&found, "baseline"), "1x1");
    CU_ASSERT_STRING_EQUAL(cell(&found, "verified"), "true");
    CU_ASSERT_STRING_EQUAL(cell(&found, "placement"), "0-1");
    CU_ASSERT_STRING_EQUAL(cell(&found, "note"), "");
    CU_ASSERT_EQUAL(strtod(cell(&found, "result"), NULL), 1.0 / 3.0); /* the same bits */
    free(found.cell);
    found = record_of(csv, 0);
    CU_ASSERT_STRING_EQUAL(cell(&found, "team"), "-");
    CU_ASSERT_STRING_EQUAL(cell(&found, "roof"), "");
    free(found.cell);
    free(csv);
}

static void notes_with_commas_quotes_and_newlines_come_back(void)
{
    static const char *const notes[] = { "a, b; c", "say \"1×1\", then", "one\ntwo", "\"",
                                         "cr\rlf",  "größer ± 1 µs",     ",",        "\"\"" };
    enum { NOTES = sizeof notes / sizeof notes[0] };
    rxt_row row[NOTES];
    rxt_rows rows = rows_of(row, NOTES);
    char *csv;

    for (int i = 0; i < NOTES; i++) {
        row[i] = row_of(1, 1 + i, 1);
        strcpy(row[i].note, notes[i]);
    }
    csv = csv_of(&rows);
    CU_ASSERT_TRUE(says(csv, ",\"cr\rlf\"\n")); /* RFC 4180 quotes CR and LF */
    CU_ASSERT_TRUE(says(csv, ",größer ± 1 µs\n"));
    for (int i = 0; i < NOTES; i++) {
        record found = record_of(csv, i);
        CU_ASSERT_STRING_EQUAL(cell(&found, "note"), notes[i]);
        CU_ASSERT_STRING_EQUAL(cell(&found, "verified"), "true");
        free(found.cell);
    }
    free(csv);
}

static void a_result_with_an_index_is_index_and_value(void)
{
    rxt_row row[] = { row_of(1, 1, 1), row_of(1, 2, 1) };
    rxt_rows rows = rows_of(row, 2);
    char *csv;
    record found;

    row[0].result = (rxt_value){ -2.5, 0 };
    row[1].result = (rxt_value){ NAN, -1 }; /* an element-wise kernel has no result */
    csv = csv_of(&rows);
    found = record_of(csv, 0);
    CU_ASSERT_STRING_EQUAL(cell(&found, "result"), "0 -0x1.4p+1");
    free(found.cell);
    found = record_of(csv, 1);
    CU_ASSERT_STRING_EQUAL(cell(&found, "result"), "");
    free(found.cell);
    free(csv);
}

static void figures_that_are_not_there_are_empty_cells(void)
{
    rxt_row row[] = { row_of(1, 1, 1), row_of(1, 2, 2) };
    rxt_rows rows = rows_of(row, 2);
    char *csv;
    record found;

    take_intervals(&row[0]);
    row[1].time = row[1].speedup = nothing();
    row[1].efficiency = NAN;
    row[1].gbytes_per_s = INFINITY;
    row[1].error = INFINITY;
    row[1].calls = 0;
    csv = csv_of(&rows);
    CU_ASSERT_TRUE(has_no_nan(csv));
    found = record_of(csv, 0);
    CU_ASSERT_STRING_EQUAL(cell(&found, "time_low"), "");
    CU_ASSERT_STRING_EQUAL(cell(&found, "speedup_high"), "");
    CU_ASSERT_TRUE(same(&found, "time_median", row[0].time.median));
    free(found.cell);
    found = record_of(csv, 1);
    CU_ASSERT_STRING_EQUAL(cell(&found, "time_median"), "");
    CU_ASSERT_STRING_EQUAL(cell(&found, "gbytes_per_s"), "");
    CU_ASSERT_STRING_EQUAL(cell(&found, "error"), "");
    CU_ASSERT_STRING_EQUAL(cell(&found, "calls"), "");
    free(found.cell);
    free(csv);
}

/* A wrong row must have no times in the file even if its figures are set. */
static void a_wrong_row_has_a_result_but_no_times(void)
{
    static const char *const empty[] = { "time_median", "time_low",     "time_high",
                                         "time_min",    "time_q1",      "time_q3",
                                         "time_max",    "speedup",      "speedup_low",
                                         "efficiency",  "gbytes_per_s", "speedup_high",
                                         "gflops_per_s" };
    rxt_row row[] = { row_of(1, 1, 1), row_of(1, 2, 2) };
    rxt_rows rows = rows_of(row, 2);
    char *csv;
    record found;

    row[1].verified = false;
    row[1].error = 17;
    row[1].result.value = 41;
    csv = csv_of(&rows);
    found = record_of(csv, 1);
    for (size_t c = 0; c < sizeof empty / sizeof empty[0]; c++) {
        CU_ASSERT_STRING_EQUAL(cell(&found, empty[c]), "");
    }
    CU_ASSERT_STRING_EQUAL(cell(&found, "verified"), "false");
    CU_ASSERT_STRING_EQUAL(cell(&found, "result"), "0x1.48p+5");
    CU_ASSERT_STRING_EQUAL(cell(&found, "error"), "17");
    CU_ASSERT_STRING_EQUAL(cell(&found, "rounds"), "0");
    free(found.cell);
    free(csv);
}

static void a_row_never_called_has_no_verdict(void)
{
    rxt_row row[] = { row_of(1, 1, 1) };
    rxt_rows rows = rows_of(row, 1);
    char *csv;
    record found;

    make_wrong(&row[0]);
    row[0].error = NAN;
    csv = csv_of(&rows);
    found = record_of(csv, 0);
    CU_ASSERT_STRING_EQUAL(cell(&found, "verified"), "");
    CU_ASSERT_STRING_EQUAL(cell(&found, "result"), "");
    free(found.cell);
    free(csv);
}

static void the_bound_of_own_operands_is_in_the_note(void)
{
    rxt_row row[] = { row_of(1, 1, 1) };
    rxt_rows rows = rows_of(row, 1);
    char *csv;

    row[0].own = true;
    row[0].bound = 1.2e-9;
    csv = csv_of(&rows);
    CU_ASSERT_PTR_NOT_NULL(strstr(csv, ",error bound 1.2e-09\n"));
    free(csv);
    strcpy(row[0].note, "workers share cores");
    rows.stopped = true;
    csv = csv_of(&rows);
    CU_ASSERT_PTR_NOT_NULL(strstr(csv, ",stopped; error bound 1.2e-09; workers share cores\n"));
    free(csv);
    row[0].bound = 1.21e-9; /* rounded up, never down */
    csv = csv_of(&rows);
    CU_ASSERT_PTR_NOT_NULL(strstr(csv, ",stopped; error bound 1.3e-09; workers share cores\n"));
    free(csv);
    row[0].bound = 0;
    csv = csv_of(&rows);
    CU_ASSERT_PTR_NOT_NULL(strstr(csv, ",stopped; error bound 0; workers share cores\n"));
    free(csv);
    row[0].verified = false; /* the kernel was never called */
    row[0].error = NAN;
    csv = csv_of(&rows);
    CU_ASSERT_PTR_NOT_NULL(strstr(csv, ",stopped; workers share cores\n"));
    free(csv);
}

static void every_note_of_a_stopped_study_says_so_first(void)
{
    rxt_row row[] = { row_of(1, 1, 1), row_of(1, 2, 2) };
    rxt_rows rows = rows_of(row, 2);
    char *csv;
    record found;

    rows.stopped = true;
    strcpy(row[1].note, "binding as found");
    csv = csv_of(&rows);
    found = record_of(csv, 0);
    CU_ASSERT_STRING_EQUAL(cell(&found, "note"), "stopped");
    free(found.cell);
    found = record_of(csv, 1);
    CU_ASSERT_STRING_EQUAL(cell(&found, "note"), "stopped; binding as found");
    free(found.cell);
    free(csv);
}

static void splits_on_several_nodes_name_them(void)
{
    char text[48], line[600], *csv, *table;
    rxt_row row[] = { row_of(1, 1, 1), row_of(8, 4, 20) };
    rxt_rows rows = rows_of(row, 2);
    bool tied[] = { false, true };
    rxt_answer answer = answer_of(&rows, 1, tied);
    record found;

    row[1].split.nodes = 2;
    row[1].baseline = (rxt_split){ 2, 2, 1 };
    CU_ASSERT_STRING_EQUAL(rxt_split_name(row[0].split, text), "1×1");
    CU_ASSERT_STRING_EQUAL(rxt_split_name(row[1].split, text), "8×4@2");
    csv = csv_of(&rows);
    found = record_of(csv, 1);
    CU_ASSERT_STRING_EQUAL(cell(&found, "baseline"), "2x1@2");
    CU_ASSERT_STRING_EQUAL(cell(&found, "nodes"), "2");
    table = table_of(&rows, &answer, false);
    CU_ASSERT_NSTRING_EQUAL(line_with(table, "fastest", line), "      8 × 4@2 ", 14);
    free(table);
    free(found.cell);
    free(csv);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "every cell reads back", every_cell_reads_back_as_the_rows_own },
        { "notes come back", notes_with_commas_quotes_and_newlines_come_back },
        { "index and value", a_result_with_an_index_is_index_and_value },
        { "no nan, no inf", figures_that_are_not_there_are_empty_cells },
        { "a wrong row has no times", a_wrong_row_has_a_result_but_no_times },
        { "never called, no verdict", a_row_never_called_has_no_verdict },
        { "own operands' bound", the_bound_of_own_operands_is_in_the_note },
        { "stopped comes first", every_note_of_a_stopped_study_says_so_first },
        { "nodes are named", splits_on_several_nodes_name_them },
        CU_TEST_INFO_NULL,
    };

    return suite_run("CSV", tests);
}
