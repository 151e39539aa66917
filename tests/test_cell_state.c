/* test_cell_state.c - the table of rounds may be read while it grows: what had its place before
 * keeps it. */
#include "study/study.h"

#include <math.h>

#include "suite.h"

enum { ROUNDS = 4, MORE = 4096 };

/* A signal's rows are made by another thread, which may have looked up a list just before. */
static void times_stay_where_they_were_read(void)
{
    static const rxt_settings settings = { .rounds_max = ROUNDS };
    rxt_cell cell = { 0 };
    rxt_kernel kernel = { .name = "dot" };
    rxt_settings mine = settings;
    rxt_study study = { .settings = &mine };
    rxt_split split = { 1, 1, 1 };
    const double *before;

    mine.kernel[mine.kernels++] = &kernel;
    study.plan.settings = &mine;
    study.plan.cells = study.plan.all = 1;
    study.plan.sizes = study.plan.asked = 1;
    study.plan.cell = &cell;
    study.plan.splits.count = 1;
    study.plan.splits.split = &split;
    CU_ASSERT_PTR_NULL_FATAL(rxt_study_cell_states_make(&study));
    before = study.state[0].seconds;
    for (int r = 0; r < ROUNDS; r++)
        study.state[0].seconds[r] = r + 1;
    CU_ASSERT_PTR_NULL_FATAL(rxt_study_room(&study, MORE));
    CU_ASSERT_PTR_NOT_EQUAL(study.state[0].seconds, before);
    for (int r = 0; r < ROUNDS; r++) {
        CU_ASSERT_EQUAL(before[r], r + 1);
        CU_ASSERT_EQUAL(study.state[0].seconds[r], r + 1);
    }
    CU_ASSERT_TRUE(isnan(study.state[0].seconds[MORE - 1]));
    rxt_study_cell_states_free(&study);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "times stay where they were read", times_stay_where_they_were_read },
        CU_TEST_INFO_NULL,
    };

    return suite_run("cell_state", tests);
}
