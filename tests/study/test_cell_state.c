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

/* The epochs of 100 rounds that take a second each, if a draw takes `draw` seconds more. */
static int epochs_of(double draw)
{
    rxt_epoch_state epoch = { .number = 0 };
    rxt_cell_states cells = { .epoch = &epoch };
    double all = 0;

    for (int r = 0, before = 0; r < 100; r++, before = epoch.number) {
        bool draws;

        rxt_cell_states_next_epoch(&cells, 0);
        draws = epoch.number > before;
        rxt_cell_states_count_epoch(&cells, 0, draws ? 1 + draw : 1, draws ? draw : 0);
        all += draws ? draw : 0;
    }
    CU_ASSERT_TRUE(all <= 0.1 * 100 + draw); /* the last draw may go beyond */
    return epoch.number;
}

static void draws_take_a_small_part_of_the_time(void)
{
    CU_ASSERT_EQUAL(epochs_of(0), 100);
    CU_ASSERT_EQUAL(epochs_of(0.01), 100);
    CU_ASSERT_TRUE(epochs_of(0.5) >= 8);
    CU_ASSERT_TRUE(epochs_of(0.5) < 30);
    CU_ASSERT_EQUAL(epochs_of(1000), 1);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "times stay where they were read", times_stay_where_they_were_read },
        { "draws take a small part of the time", draws_take_a_small_part_of_the_time },
        CU_TEST_INFO_NULL,
    };

    return suite_run("cell_state", tests);
}
