/* test_report_curve.c - the speedup curve. */
#include "report_rows.h"

#include "suite.h"

/* Finds a mark: its line (from the top) and its column (from the axis); -1 if the mark is not
 * there. */
static bool find(const char *curve, char mark, int *line, int *column)
{
    int l = 0;

    for (const char *at = strstr(curve, "n = "); at && *at; at += strcspn(at, "\n"), l++) {
        at += *at == '\n';
        int length = (int)strcspn(at, "\n"), c = 0;

        for (int i = 0; l > 0 && i < length; i++) {
            if (((unsigned char)at[i] & 0xc0) != 0x80)
                c++;
            if (at[i] == mark && c > 10) {
                *line = l;
                *column = c;
                return true;
            }
        }
        if (memmem(at, (size_t)length, "workers", 7))
            break;
    }
    return false;
}

static void faster_splits_stand_higher_and_more_workers_further_right(void)
{
    rxt_row row[] = { row_of(1, 1, 1), row_of(1, 2, 1.9), row_of(4, 1, 3), row_of(2, 4, 4) };
    rxt_rows rows = rows_of(row, 4);
    bool tied[] = { false, false, false, true };
    rxt_answer answer = answer_of(&rows, 3, tied);
    char *curve = curve_of(&answer);
    int line[4] = { 0 }, column[4] = { 0 };

    CU_ASSERT_TRUE(find(curve, 'o', &line[0], &column[0]));
    CU_ASSERT_TRUE(find(curve, 't', &line[1], &column[1]));
    CU_ASSERT_TRUE(find(curve, 'r', &line[2], &column[2]));
    CU_ASSERT_TRUE(find(curve, 'm', &line[3], &column[3]));
    for (int i = 1; i < 4; i++) {
        CU_ASSERT_TRUE(line[i] < line[i - 1]);
        CU_ASSERT_TRUE(column[i] > column[i - 1]);
    }
    CU_ASSERT_EQUAL(times_said(curve, "speedup against 1×1   dot, n = 10M"), 1);
    CU_ASSERT_TRUE(says(curve, "m mixed"));
    CU_ASSERT_TRUE(says(curve, "· ideal"));
    CU_ASSERT_FALSE(says(curve, "* several"));
    CU_ASSERT_TRUE(widest(curve) <= RXT_REPORT_WIDTH);
    free(curve);
}

static void equally_fast_mixed_splits_share_a_star(void)
{
    rxt_row row[] = { row_of(1, 1, 1), row_of(2, 4, 4), row_of(4, 2, 4) };
    rxt_rows rows = rows_of(row, 3);
    bool tied[] = { false, true, true };
    rxt_answer answer = answer_of(&rows, 1, tied);
    char *curve = curve_of(&answer);
    int line, column;

    CU_ASSERT_TRUE(says(curve, "* several"));
    CU_ASSERT_TRUE(find(curve, '*', &line, &column));
    CU_ASSERT_FALSE(says(curve, "m mixed"));
    free(curve);
}

static void a_single_split_has_no_curve(void)
{
    rxt_row row[] = { row_of(1, 1, 1), row_of(1, 2, 1.8) };
    rxt_rows rows = rows_of(row, 1);
    bool tied[] = { true, false };
    rxt_answer answer = answer_of(&rows, 0, tied);
    char *curve = curve_of(&answer);

    CU_ASSERT_STRING_EQUAL(curve, "");
    free(curve);
    rows.count = 2;
    answer = answer_of(&rows, 0, tied);
    row[1].verified = false; /* its figures must not be shown */
    curve = curve_of(&answer);
    CU_ASSERT_STRING_EQUAL(curve, "");
    free(curve);
}

/* Speedups of 1e-6 and of 1e6, and more numbers of workers than columns: the curve must keep its
 * size. */
static void any_curve_stays_in_its_frame(void)
{
    static rxt_row row[300];
    static bool tied[300];
    rxt_rows rows = rows_of(row, 300);
    rxt_answer answer = answer_of(&rows, 0, tied);
    double factors[] = { 1, 1e-6, 1e6 };

    for (int f = 0; f < 3; f++) {
        char *curve;

        for (int i = 0; i < 300; i++)
            row[i] = row_of(1, 1 + i, i ? factors[f] * (1 + i % 17) : 1);
        curve = curve_of(&answer);
        CU_ASSERT_TRUE(widest(curve) <= RXT_REPORT_WIDTH);
        CU_ASSERT_EQUAL(times_said(curve, "\n"), 18);
        CU_ASSERT_TRUE(says(curve, "300  workers"));
        free(curve);
    }
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "higher is faster", faster_splits_stand_higher_and_more_workers_further_right },
        { "a star is several", equally_fast_mixed_splits_share_a_star },
        { "no curve of one split", a_single_split_has_no_curve },
        { "any curve stays in its frame", any_curve_stays_in_its_frame },
        CU_TEST_INFO_NULL,
    };

    return suite_run("curve", tests);
}
