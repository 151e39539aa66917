/* test_report_heat.c - speedups by ranks and threads as a grid of numbers. */
#include "report_rows.h"

#include "suite.h"

static char *heat_of(const rxt_answer *answer)
{
    printed p;

    start(&p);
    rxt_report_heat(p.file, answer);
    return end(&p);
}

static void speedups_stand_by_threads_and_ranks(void)
{
    rxt_row row[] = { row_of(1, 1, 1),   row_of(1, 2, 1.9), row_of(2, 1, 1.8),
                      row_of(1, 4, 3.1), row_of(4, 1, 2.5), row_of(2, 2, 3) };
    rxt_rows rows = rows_of(row, 6);
    bool tied[] = { false, false, false, true, false, true };
    rxt_answer answer = answer_of(&rows, 3, tied);
    char *heat = heat_of(&answer), line[600];

    CU_ASSERT_STRING_EQUAL(line_with(heat, "4 |", line), "         4 |   3.1*");
    CU_ASSERT_STRING_EQUAL(line_with(heat, "2 |", line), "         2 |   1.9      3=");
    CU_ASSERT_STRING_EQUAL(line_with(heat, "1 |", line), "         1 |     1    1.8    2.5 ");
    CU_ASSERT_TRUE(says(heat, "     1      2      4  ranks\n"));
    CU_ASSERT_EQUAL(times_said(heat, "threads down, ranks across   dot, n = 10M"), 1);
    CU_ASSERT_FALSE(says(heat, "left out"));
    free(heat);
}

static void a_cross_without_mixed_splits_is_no_grid(void)
{
    rxt_row row[] = { row_of(1, 1, 1), row_of(1, 2, 1.9), row_of(2, 1, 1.8), row_of(2, 2, 1.8) };
    rxt_rows rows = rows_of(row, 3);
    bool tied[] = { false, true, true, true };
    rxt_answer answer = answer_of(&rows, 1, tied);
    char *heat = heat_of(&answer);

    CU_ASSERT_STRING_EQUAL(heat, "");
    free(heat);
    rows.count = 4;
    make_wrong(&row[3]);
    answer = answer_of(&rows, 1, tied);
    heat = heat_of(&answer);
    CU_ASSERT_STRING_EQUAL(heat, "");
    free(heat);
    rows.count = 0;
    answer = answer_of(&rows, -1, tied);
    heat = heat_of(&answer);
    CU_ASSERT_STRING_EQUAL(heat, "");
    free(heat);
}

/* The cross and diagonal of 2 × 64 cores. */
static void twenty_one_splits_of_128_cores_are_all_there(void)
{
    rxt_row row[22];
    bool tied[22] = { false };
    rxt_rows rows = rows_of(row, 0);
    rxt_answer answer;
    char *heat;

    for (int w = 1; w <= 128; w *= 2) {
        row[rows.count++] = row_of(1, w, w * 0.9);
        if (w > 1)
            row[rows.count++] = row_of(w, 1, w * 0.8);
        if (w > 1 && w < 128)
            row[rows.count++] = row_of(w, 128 / w, 111.4);
    }
    answer = answer_of(&rows, 0, tied);
    heat = heat_of(&answer);
    CU_ASSERT_EQUAL(rows.count, 21);
    CU_ASSERT_TRUE(widest(heat) <= RXT_REPORT_WIDTH);
    CU_ASSERT_EQUAL(times_said(heat, "   111 "), 6);
    CU_ASSERT_TRUE(says(heat, "     1      2      4      8     16     32     64    128  ranks"));
    free(heat);
}

static void of_many_ranks_those_of_large_speedups_are_kept(void)
{
    static rxt_row row[290];
    static bool tied[290];
    rxt_rows rows = rows_of(row, 0);
    rxt_answer answer;
    char *heat;

    for (int r = 1; r <= 17; r++)
        for (int t = 1; t <= 17; t++)
            row[rows.count++] = row_of(r, t, r * t * 1e-3);
    answer = answer_of(&rows, rows.count - 1, tied);
    heat = heat_of(&answer);
    CU_ASSERT_TRUE(widest(heat) <= RXT_REPORT_WIDTH);
    CU_ASSERT_TRUE(says(heat, " 1      8      9     10")); /* the line of one rank always stays */
    CU_ASSERT_TRUE(says(heat, " 17  ranks"));
    CU_ASSERT_TRUE(says(heat, "0.289*"));
    CU_ASSERT_TRUE(says(heat, "left out"));
    free(heat);
}

static void only_splits_on_as_many_nodes_as_the_fastest_are_compared(void)
{
    rxt_row row[] = { row_of(1, 1, 1), row_of(2, 1, 2), row_of(2, 2, 3), row_of(4, 1, 3.5),
                      row_of(4, 2, 5) };
    rxt_rows rows = rows_of(row, 5);
    bool tied[] = { false, false, false, false, true };
    rxt_answer answer = answer_of(&rows, 4, tied);
    char *heat;

    for (int i = 1; i < 5; i++)
        row[i].split.nodes = 2;
    heat = heat_of(&answer);
    CU_ASSERT_TRUE(says(heat, "ranks across on 2 nodes"));
    CU_ASSERT_TRUE(says(heat, "         1 |     2    3.5 \n"));
    free(heat);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "threads and ranks", speedups_stand_by_threads_and_ranks },
        { "no grid", a_cross_without_mixed_splits_is_no_grid },
        { "21 splits", twenty_one_splits_of_128_cores_are_all_there },
        { "many ranks", of_many_ranks_those_of_large_speedups_are_kept },
        { "nodes", only_splits_on_as_many_nodes_as_the_fastest_are_compared },
        CU_TEST_INFO_NULL,
    };

    return suite_run("heat", tests);
}
