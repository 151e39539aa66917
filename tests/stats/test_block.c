/* test_block.c - the stopping rule of a block. */
#include "stats/block.h"

#include <math.h>

#include "suite.h"

/* Ten values in an order that is hardly autocorrelated. */
static const double ten[] = { 7, 2, 9, 4, 1, 10, 5, 3, 8, 6 };

enum { ROUNDS = 60 };

typedef struct made {
    double seconds[3][ROUNDS];
    const double *row[3];
    int baseline[3];
} made;

/* A baseline of one second and splits of half a second, each with its own noise of ± `spread`. */
static rxt_block block_of(made *m, int rows, double spread)
{
    for (int i = 0; i < 3; i++) {
        for (int r = 0; r < ROUNDS; r++)
            m->seconds[i][r] = (i ? 0.5 : 1.0) * (1 + spread * (ten[(3 * i + r) % 10] - 5.5) / 4.5);
        m->row[i] = m->seconds[i];
        m->baseline[i] = 0;
    }
    return (rxt_block){ .rows = rows, .seconds = m->row, .baseline = m->baseline };
}

static const rxt_block_rule rule = { .min = 10, .max = 50, .precision = 0.01 };

static void a_precise_block_stops_at_looks_alone(void)
{
    made m;
    rxt_block b = block_of(&m, 3, 0.001);

    for (int r = 0; r < 50; r++)
        CU_ASSERT_EQUAL(rxt_block_done(&b, &rule, r), r == 10 || r == 15 || r == 23 || r == 35);
    CU_ASSERT_TRUE(rxt_block_done(&b, &rule, 50));
}

/* Two rounds an epoch: 15 rounds are 8 epochs, 10 rounds are 5. */
static void a_precise_block_waits_for_its_epochs(void)
{
    made m;
    rxt_block b = block_of(&m, 3, 0.001);
    rxt_block_rule of_epochs = rule;
    int epoch[ROUNDS];

    for (int r = 0; r < ROUNDS; r++)
        epoch[r] = r / 2;
    b.epoch = epoch;
    of_epochs.epochs = 8;
    for (int r = 0; r < 50; r++)
        CU_ASSERT_EQUAL(rxt_block_done(&b, &of_epochs, r), r == 15 || r == 23 || r == 35);
    of_epochs.epochs = 1000;
    CU_ASSERT_FALSE(rxt_block_done(&b, &of_epochs, 35));
    CU_ASSERT_TRUE(rxt_block_done(&b, &of_epochs, 50));
}

static void a_noisy_block_goes_on_to_its_end(void)
{
    made m;
    rxt_block b = block_of(&m, 3, 0.3);

    for (int r = 0; r < 50; r++)
        CU_ASSERT_FALSE(rxt_block_done(&b, &rule, r));
    CU_ASSERT_TRUE(rxt_block_done(&b, &rule, 50));
}

static void one_noisy_row_keeps_its_block(void)
{
    made m;
    rxt_block b = block_of(&m, 3, 0.001);

    for (int r = 0; r < ROUNDS; r++)
        m.seconds[2][r] *= r % 3 ? 1.0 : 1.5;
    for (int r = 0; r < ROUNDS; r++)
        m.seconds[2][r] *= 1 + 0.1 * ten[r % 10];
    CU_ASSERT_FALSE(rxt_block_done(&b, &rule, 10));
}

static void noise_that_all_rows_share_does_not_keep_a_block(void)
{
    made m;
    rxt_block b = block_of(&m, 3, 0.001);

    for (int i = 0; i < 3; i++)
        for (int r = 0; r < ROUNDS; r++)
            m.seconds[i][r] *= 1 + ten[r % 10];
    CU_ASSERT_TRUE(rxt_block_done(&b, &rule, 10));
}

static void a_row_never_timed_is_not_waited_for(void)
{
    made m;
    rxt_block b = block_of(&m, 3, 0.001);

    for (int r = 0; r < ROUNDS; r++)
        m.seconds[1][r] = NAN;
    CU_ASSERT_TRUE(rxt_block_done(&b, &rule, 10));
    for (int r = 5; r < ROUNDS; r++)
        m.seconds[2][r] = NAN;
    CU_ASSERT_FALSE(rxt_block_done(&b, &rule, 10)); /* 5 rounds have no interval */
}

static void without_speedups_times_decide(void)
{
    made m;
    rxt_block b = block_of(&m, 1, 0.001);

    CU_ASSERT_TRUE(rxt_block_done(&b, &rule, 10));
    b = block_of(&m, 1, 0.3);
    CU_ASSERT_FALSE(rxt_block_done(&b, &rule, 10));
    b = block_of(&m, 2, 0.3);
    for (int r = 0; r < ROUNDS; r++)
        m.seconds[0][r] = NAN;
    CU_ASSERT_FALSE(rxt_block_done(&b, &rule, 10));
}

static void rounds_that_were_cut_short_do_not_count(void)
{
    made m;
    rxt_block b = block_of(&m, 3, 0.001);

    b.partial = 3;
    for (int r = 3; r < 53; r++)
        CU_ASSERT_EQUAL(rxt_block_done(&b, &rule, r), r == 13 || r == 18 || r == 26 || r == 38);
    CU_ASSERT_TRUE(rxt_block_done(&b, &rule, 53));
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "a precise block stops at looks alone", a_precise_block_stops_at_looks_alone },
        { "a precise block waits for its epochs", a_precise_block_waits_for_its_epochs },
        { "a noisy block goes on to its end", a_noisy_block_goes_on_to_its_end },
        { "one noisy row keeps its block", one_noisy_row_keeps_its_block },
        { "noise that all rows share does not keep a block",
          noise_that_all_rows_share_does_not_keep_a_block },
        { "a row never timed is not waited for", a_row_never_timed_is_not_waited_for },
        { "without speedups times decide", without_speedups_times_decide },
        { "rounds that were cut short do not count", rounds_that_were_cut_short_do_not_count },
        CU_TEST_INFO_NULL,
    };

    return suite_run("block", tests);
}
