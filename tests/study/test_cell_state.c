/* test_cell_state.c - the table of rounds may be read while it grows: earlier entries keep their
 * addresses. */
#include "study/cell_state.h"

#include <math.h>

#include "suite.h"

enum { ROUNDS = 4, MORE = 4096 };

/* After a signal, another thread makes the rows. It may have read the address of a list just before
 * the list grew, so the memory of the old list must stay. */
static void times_stay_where_they_were_read(void)
{
    static const rxt_settings settings = { .rounds_max = ROUNDS };
    rxt_cell cell = { 0 };
    rxt_kernel kernel = { .name = "dot" };
    rxt_settings mine = settings;
    rxt_split split = { 1, 1, 1 };
    rxt_plan plan = { .settings = &mine,
                      .cells = 1,
                      .all = 1,
                      .sizes = 1,
                      .asked = 1,
                      .cell = &cell,
                      .splits = { .count = 1, .split = &split } };
    rxt_cell_states cells = { .rounds = 0 };
    const double *before;

    mine.kernel[mine.kernels++] = &kernel;
    CU_ASSERT_PTR_NULL_FATAL(rxt_cell_states_make(&plan, &cells));
    before = cells.state[0].seconds;
    for (int r = 0; r < ROUNDS; r++)
        cells.state[0].seconds[r] = r + 1;
    CU_ASSERT_PTR_NULL_FATAL(rxt_cell_states_room(&plan, MORE, &cells));
    CU_ASSERT_PTR_NOT_EQUAL(cells.state[0].seconds, before);
    for (int r = 0; r < ROUNDS; r++) {
        CU_ASSERT_EQUAL(before[r], r + 1);
        CU_ASSERT_EQUAL(cells.state[0].seconds[r], r + 1);
    }
    CU_ASSERT_TRUE(isnan(cells.state[0].seconds[MORE - 1]));
    rxt_cell_states_free(&plan, &cells);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "times stay where they were read", times_stay_where_they_were_read },
        CU_TEST_INFO_NULL,
    };

    return suite_run("cell_state", tests);
}
