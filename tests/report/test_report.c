/* test_report.c - a study as text. */
#include "report_rows.h"

#include "suite.h"

#include "base/text.h"

static void a_table_shows_figures_and_marks(void)
{
    rxt_row row[] = { row_of(1, 1, 1), row_of(1, 4, 1.87), row_of(2, 2, 1.86) };
    rxt_rows rows = rows_of(row, 3);
    bool tied[] = { false, true, true };
    rxt_answer answer = answer_of(&rows, 1, tied);
    char *table = table_of(&rows, &answer, false), line[600];

    CU_ASSERT_NSTRING_EQUAL(table, "n = 10M   160 MB   DRAM\n", 24);
    CU_ASSERT_STRING_EQUAL(line_with(table, "1 × 1", line),
                           "      1 × 1        10.60 ms   1.0   1                    1.00    15.1"
                           "             0-1");
    CU_ASSERT_STRING_EQUAL(line_with(table, "1 × 4", line),
                           "      1 × 4        5.668 ms   1.0   1.87 [1.83 1.91]     0.47    28.2"
                           "  fastest    0-1");
    CU_ASSERT_TRUE(says(line_with(table, "2 × 2", line), "= tie"));
    CU_ASSERT_EQUAL(times_said(table, "fastest"), 1);
    CU_ASSERT_EQUAL(times_said(table, "= tie"), 1);
    free(table);
}

static void expect_time(double seconds, const char *words)
{
    rxt_row row[] = { row_of(1, 1, 1) };
    rxt_rows rows = rows_of(row, 1);
    bool tied[] = { true };
    rxt_answer answer = answer_of(&rows, 0, tied);
    char *table;

    row[0].time = sample(seconds, 0.01);
    table = table_of(&rows, &answer, false);
    CU_ASSERT_TRUE(says(table, words));
    free(table);
}

static void times_have_a_fitting_unit_and_four_digits(void)
{
    expect_time(3.21e-10, " 0.3210 ns ");
    expect_time(52.5e-9, " 52.50 ns ");
    expect_time(999.94e-9, " 999.9 ns ");
    expect_time(999.96e-9, " 1.000 µs ");
    expect_time(12.345e-6, " 12.3");
    expect_time(1e-3, " 1.000 ms ");
    expect_time(0.5, " 500.0 ms ");
    expect_time(2.5, " 2.500 s ");
    expect_time(12345, " 12345 s ");
}

enum { MANY = 40 };

/* Makes 40 rows: 1 to 8 ranks × 1 to 5 threads, each faster than the row before; row 20 is
 * wrong. */
static void make_many(rxt_row row[MANY])
{
    for (int i = 0; i < MANY; i++) {
        row[i] = row_of(1 + i % 8, 1 + i / 8, 1 + 0.1 * i);
        for (int c = 0; c < 120; c++)
            snprintf(row[i].placement + 2 * c, 4, "%d;", c % 10);
        rxt_row_note(&row[i], "a note that all rows have, with enough words to fill more than one "
                              "line of a report that is at most a hundred characters wide");
        rxt_row_note(&row[i], "note %d", i % 3);
    }
    make_wrong(&row[20]);
}

static int table_lines(const char *table)
{
    return times_said(table, " × ") - 1 + times_said(table, "more rows");
}

static void forty_rows_are_cut_to_twelve_lines(void)
{
    rxt_row row[MANY];
    rxt_rows rows = rows_of(row, MANY);
    bool tied[MANY] = { false };
    rxt_answer answer = answer_of(&rows, 38, tied);
    char *table, line[600];

    make_many(row);
    tied[38] = tied[37] = true;
    table = table_of(&rows, &answer, false);
    CU_ASSERT_EQUAL(table_lines(table), RXT_REPORT_LINES);
    CU_ASSERT_TRUE(says(table, "… 29 more rows; -v shows all"));
    CU_ASSERT_TRUE(says(line_with(table, "fastest", line), "      7 × 5 "));
    CU_ASSERT_TRUE(says(line_with(table, "= tie", line), "      6 × 5 "));
    CU_ASSERT_TRUE(says(line_with(table, "wrong result", line), "      5 × 3 "));
    CU_ASSERT_TRUE(says(table, "\n      1 × 1 ")); /* the baseline */
    CU_ASSERT_TRUE(says(table, "\n      1 × 5 ")); /* the fastest of one rank */
    CU_ASSERT_TRUE(says(table, "\n      8 × 1 ")); /* the fastest of one thread per rank */
    CU_ASSERT_TRUE(says(table, "\n      8 × 5 ")); /* all workers */
    free(table);
    table = table_of(&rows, &answer, true);
    CU_ASSERT_EQUAL(table_lines(table), MANY);
    CU_ASSERT_FALSE(says(table, "more rows"));
    free(table);
}

static void twelve_rows_are_all_shown(void)
{
    rxt_row row[MANY];
    rxt_rows rows = rows_of(row, RXT_REPORT_LINES);
    bool tied[MANY] = { false };
    rxt_answer answer = answer_of(&rows, 3, tied);
    char *table;

    make_many(row);
    table = table_of(&rows, &answer, false);
    CU_ASSERT_EQUAL(table_lines(table), RXT_REPORT_LINES);
    CU_ASSERT_FALSE(says(table, "more rows"));
    free(table);
}

static void forty_ties_are_cut_too(void)
{
    rxt_row row[MANY];
    rxt_rows rows = rows_of(row, MANY);
    bool tied[MANY];
    rxt_answer answer = answer_of(&rows, 38, tied);
    char *table;

    make_many(row);
    memset(tied, true, sizeof tied);
    table = table_of(&rows, &answer, false);
    CU_ASSERT_EQUAL(table_lines(table), RXT_REPORT_LINES);
    CU_ASSERT_TRUE(says(table, "fastest"));
    free(table);
}

static void lines_are_at_most_a_hundred_characters(void)
{
    rxt_row row[MANY];
    rxt_rows rows = rows_of(row, MANY);
    bool tied[MANY] = { false };
    rxt_answer answer = answer_of(&rows, 38, tied);
    char *text;

    make_many(row);
    row[3].split = row[4].split = (rxt_split){ 1024, 131072, 8192 };
    row[3].time = sample(123456.7, 5);
    row[3].speedup = sample(1234567, 0.5);
    row[4].speedup = sample(0.000123, 0.5);
    row[4].gbytes_per_s = 1e9;
    memset(rows.host, '#', 300); /* one word that is longer than a line */
    strcpy(rows.command, "./dotbench");
    while (strlen(rows.command) < 900)
        strcat(rows.command, " --größe=µ");
    for (int i = 0; i < 90; i++)
        strcat(answer.text, " 1×2,");
    text = text_of(&rows, &answer, true);
    CU_ASSERT_EQUAL(widest(text), RXT_REPORT_WIDTH);
    CU_ASSERT_EQUAL(times_said(text, "#"), 300); /* no character is lost */
    free(text);
}

/* 33 words of two letters take 98 characters; the 34th would end at 101. */
static void lines_end_between_words(void)
{
    rxt_row row[] = { row_of(1, 1, 1) };
    rxt_rows rows = rows_of(row, 1);
    bool tied[] = { true };
    rxt_answer answer = answer_of(&rows, 0, tied);
    char *text, line[600];

    strcpy(answer.text, "@@");
    for (int i = 1; i < 60; i++)
        strcat(answer.text, " @@");
    text = text_of(&rows, &answer, false);
    CU_ASSERT_EQUAL(times_said(text, "@@"), 60);
    CU_ASSERT_EQUAL(strlen(line_with(text, "@@", line)), 98);
    CU_ASSERT_EQUAL(times_said(text, "\n          @@ @@"), 1);
    free(text);
}

static void the_header_names_what_was_measured_and_how(void)
{
    rxt_row row[] = { row_of(1, 1, 1), row_of(1, 2, 1.87), row_of(1, 1, 1), row_of(1, 2, 1.9) };
    rxt_rows rows = rows_of(row, 4);
    bool tied[] = { false, true, false, false };
    rxt_answer answer = answer_of(&rows, 1, tied);
    char *text;

    row[2].kernel = row[3].kernel = "dot_blas";
    row[3].rounds = 23;
    text = text_of(&rows, &answer, false);
    CU_ASSERT_NSTRING_EQUAL(text, "dotbench 0.1.0\n", 15);
    CU_ASSERT_TRUE(says(text, "dot, dot_blas; f64, strong scaling\n"));
    CU_ASSERT_TRUE(says(text, "team forkjoin, combine mpi, bind hybrid\n"));
    CU_ASSERT_TRUE(says(text, "1×1, one thread, no MPI\n"));
    CU_ASSERT_TRUE(says(text, rows.host));
    CU_ASSERT_TRUE(says(text, rows.command));
    CU_ASSERT_TRUE(says(text, "12 to 23 visits"));
    CU_ASSERT_TRUE(says(text, "\ndot   n = 10M   160 MB   DRAM\n"));
    CU_ASSERT_TRUE(says(text, "\nn = 10M   1×4 is fastest.\nNot tried: -p grid.\n"));
    free(text);
    row[3].team = answer.team = "resident";
    row[3].combine = answer.combine = "window";
    text = text_of(&rows, &answer, false);
    CU_ASSERT_TRUE(says(text, "team forkjoin, resident, combine mpi, window, bind hybrid\n"));
    CU_ASSERT_TRUE(
        says(text, "\ndot   n = 10M   160 MB   DRAM   team resident   combine window\n"));
    free(text);
}

static void names_break_no_line_and_rule_no_terminal(void)
{
    rxt_row row[] = { row_of(1, 1, 1), row_of(1, 2, 1.87) };
    rxt_rows rows = rows_of(row, 2);
    bool tied[] = { false, true };
    rxt_answer answer = answer_of(&rows, 1, tied);
    char *text, all[] = "\x01\t\n\x1f ~\x7fµ";

    CU_ASSERT_STRING_EQUAL(rxt_text_plain(all), "???? ~?µ");
    strcpy(rows.command, "./dotbench --x=a\nb.npy");
    strcpy(rows.operands, "x from \x1b[31ma.npy (f8)");
    text = text_of(&rows, &answer, false);
    CU_ASSERT_TRUE(says(text, "\ncommand    ./dotbench --x=a?b.npy\n"));
    CU_ASSERT_TRUE(says(text, "\noperands   x from ?[31ma.npy (f8)\n"));
    free(text);
}

static void a_stopped_study_says_so_at_the_top(void)
{
    rxt_row row[] = { row_of(1, 1, 1), row_of(1, 2, 1.87) };
    rxt_rows rows = rows_of(row, 2);
    bool tied[] = { false, true };
    rxt_answer answer = answer_of(&rows, 1, tied);
    char *text = text_of(&rows, &answer, false);

    CU_ASSERT_FALSE(says(text, "stopped"));
    free(text);
    rows.stopped = true;
    text = text_of(&rows, &answer, false);
    CU_ASSERT_NSTRING_EQUAL(text, "stopped early: ", 15);
    free(text);
    rows.count = 0;
    text = text_of(&rows, &answer, false);
    CU_ASSERT_TRUE(says(text, "nothing was measured"));
    free(text);
}

static void below_six_rounds_intervals_are_left_out(void)
{
    rxt_row row[] = { row_of(1, 1, 1), row_of(1, 2, 1.87) };
    rxt_rows rows = rows_of(row, 2);
    bool tied[] = { true, true };
    rxt_answer answer = answer_of(&rows, 1, tied);
    char *text, line[600];

    take_intervals(&row[0]);
    take_intervals(&row[1]);
    text = text_of(&rows, &answer, false);
    CU_ASSERT_TRUE(has_no_nan(text));
    CU_ASSERT_STRING_EQUAL(line_with(text, "  fastest", line),
                           "      1 × 2        5.668 ms         1.87                 0.94    28.2"
                           "  fastest    0-1");
    CU_ASSERT_FALSE(says(text, "= tie"));
    free(text);
}

static void a_wrong_row_is_marked_and_has_no_numbers(void)
{
    rxt_row row[] = { row_of(1, 1, 1), row_of(1, 2, 1.87), row_of(2, 1, 1.8) };
    rxt_rows rows = rows_of(row, 3);
    bool tied[] = { false, false, true };
    rxt_answer answer = answer_of(&rows, 2, tied);
    char *text, line[600];

    row[1].verified = false; /* its figures must not be shown */
    row[1].error = 17;
    text = text_of(&rows, &answer, false);
    CU_ASSERT_STRING_EQUAL(line_with(text, "wrong result", line),
                           "      1 × 2        wrong result");
    CU_ASSERT_FALSE(says(text, "t threads"));
    CU_ASSERT_TRUE(says(text, "r ranks"));
    free(text);
    row[1].error = NAN;
    text = text_of(&rows, &answer, false);
    CU_ASSERT_TRUE(says(text, "      1 × 2        not measured\n"));
    CU_ASSERT_FALSE(says(text, "wrong"));
    CU_ASSERT_TRUE(has_no_nan(text));
    free(text);
}

static void a_study_without_a_single_answer_prints(void)
{
    rxt_row row[] = { row_of(1, 1, 1), row_of(1, 2, 1.87) };
    rxt_rows rows = rows_of(row, 2);
    bool tied[] = { false, false };
    rxt_answer answer = answer_of(&rows, -1, tied);
    char *text;

    make_wrong(&row[0]);
    make_wrong(&row[1]);
    text = text_of(&rows, &answer, false);
    CU_ASSERT_EQUAL(times_said(text, "wrong result"), 2);
    CU_ASSERT_FALSE(says(text, "fastest\n"));
    CU_ASSERT_FALSE(says(text, "workers"));
    CU_ASSERT_TRUE(has_no_nan(text));
    free(text);
}

/* The report gives the result of the first right row, and how many of the rows that were called are
 * right. */
static void the_result_of_own_operands_is_said_with_its_bound(void)
{
    rxt_row row[] = { row_of(1, 1, 1), row_of(1, 2, 1.87), row_of(2, 1, 1.8) };
    rxt_rows rows = rows_of(row, 3);
    bool tied[] = { false, false, false };
    rxt_answer answer = answer_of(&rows, -1, tied);
    char *text = text_of(&rows, &answer, false);

    CU_ASSERT_FALSE(says(text, "  result:") || says(text, "\noperands"));
    free(text);
    strcpy(rows.operands, "x from a.npy (f8), y generated, 10000000 elements");
    for (int i = 0; i < 3; i++) {
        row[i].own = true;
        row[i].bound = 1.2e-9 / (i + 1);
    }
    text = text_of(&rows, &answer, false);
    CU_ASSERT_TRUE(says(text, "\noperands   x from a.npy (f8), y generated, 10000000 elements\n"));
    CU_ASSERT_TRUE(says(text, "\n  result: dot = 0.33333333333333331 ± 1.2e-09 (bound), proved on "
                              "all 3 splits\n"));
    CU_ASSERT_FALSE(says(text, "error bound"));
    free(text);
    row[2].bound = row[1].bound = 0;
    make_wrong(&row[0]);
    text = text_of(&rows, &answer, false);
    CU_ASSERT_TRUE(says(text, "  result: dot = 0.33333333333333331 exactly, proved on 2 splits\n"));
    free(text);
    make_wrong(&row[1]);
    make_wrong(&row[2]);
    text = text_of(&rows, &answer, false);
    CU_ASSERT_FALSE(says(text, "  result:"));
    free(text);
}

static void each_note_is_said_once_with_its_splits(void)
{
    rxt_row row[] = { row_of(1, 1, 1), row_of(1, 2, 1.87), row_of(2, 1, 1.8) };
    rxt_rows rows = rows_of(row, 3);
    bool tied[] = { false, true, false };
    rxt_answer answer = answer_of(&rows, 1, tied);
    char *text;

    for (int i = 0; i < 3; i++)
        rxt_row_note(&row[i], "quota of 2");
    rxt_row_note(&row[1], "workers share cores");
    rxt_row_note(&row[2], "workers share cores");
    rxt_row_note(&row[2], "astray");
    text = text_of(&rows, &answer, false);
    CU_ASSERT_EQUAL(times_said(text, "quota of 2"), 1);
    CU_ASSERT_TRUE(says(text, "\nnote       quota of 2\n"));
    CU_ASSERT_EQUAL(times_said(text, "workers share cores"), 1);
    CU_ASSERT_TRUE(says(text, "\n  note: 1×2, 2×1: workers share cores\n"));
    CU_ASSERT_TRUE(says(text, "\n  note: 2×1: astray\n"));
    free(text);
}

static void the_binding_is_listed_a_line_a_row(void)
{
    rxt_row row[] = { row_of(1, 1, 1), row_of(2, 16, 9) };
    rxt_rows rows = rows_of(row, 2);
    printed p;
    char *text;

    row[0].placement[0] = '\0';
    strcpy(row[1].placement, "0-15;16-31");
    start(&p);
    rxt_report_binding(p.file, &rows);
    text = end(&p);
    CU_ASSERT_STRING_EQUAL(text, "dot n = 10M hybrid 1×1: CPUs not seen\n"
                                 "dot n = 10M hybrid forkjoin mpi 2×16: CPUs 0-15;16-31\n");
    free(text);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "figures and marks", a_table_shows_figures_and_marks },
        { "units of time", times_have_a_fitting_unit_and_four_digits },
        { "forty rows, twelve lines", forty_rows_are_cut_to_twelve_lines },
        { "twelve rows, twelve lines", twelve_rows_are_all_shown },
        { "forty ties, twelve lines", forty_ties_are_cut_too },
        { "a hundred characters", lines_are_at_most_a_hundred_characters },
        { "lines end between words", lines_end_between_words },
        { "the header", the_header_names_what_was_measured_and_how },
        { "names are made plain", names_break_no_line_and_rule_no_terminal },
        { "stopped early", a_stopped_study_says_so_at_the_top },
        { "below six rounds", below_six_rounds_intervals_are_left_out },
        { "wrong rows are marked", a_wrong_row_is_marked_and_has_no_numbers },
        { "nothing right at all", a_study_without_a_single_answer_prints },
        { "the result of own operands", the_result_of_own_operands_is_said_with_its_bound },
        { "each note once", each_note_is_said_once_with_its_splits },
        { "binding", the_binding_is_listed_a_line_a_row },
        CU_TEST_INFO_NULL,
    };

    return suite_run("text", tests);
}
