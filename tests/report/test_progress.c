/* test_progress.c - control codes are printed only on terminals that understand them. */
#include "report/report.h"

#include "suite.h"

static void a_terminal_has_one_line_that_changes(void)
{
    rxt_progress_line line = rxt_report_progress_line(RXT_PROGRESS_AUTO, false, true, "xterm");

    CU_ASSERT_TRUE(line.on);
    CU_ASSERT_TRUE(line.live);
    CU_ASSERT_FALSE(rxt_report_progress_line(RXT_PROGRESS_AUTO, true, true, "xterm").on);
    CU_ASSERT_FALSE(rxt_report_progress_line(RXT_PROGRESS_NO, false, true, "xterm").on);
}

static void a_dumb_terminal_has_lines_alone(void)
{
    static const char *const kinds[] = { "dumb", "unknown", "", NULL };

    for (int k = 0; k < 4; k++) {
        rxt_progress_line line = rxt_report_progress_line(RXT_PROGRESS_AUTO, false, true, kinds[k]);

        CU_ASSERT_TRUE(line.on);
        CU_ASSERT_FALSE(line.live);
        CU_ASSERT(line.every >= 1);
    }
    CU_ASSERT_FALSE(rxt_report_progress_line(RXT_PROGRESS_YES, false, false, "xterm").live);
    CU_ASSERT_FALSE(rxt_report_progress_line(RXT_PROGRESS_AUTO, false, false, "xterm").on);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "a terminal has one line that changes", a_terminal_has_one_line_that_changes },
        { "a dumb terminal has lines alone", a_dumb_terminal_has_lines_alone },
        CU_TEST_INFO_NULL,
    };

    return suite_run("progress", tests);
}
