/* test_ladder.c - the sizes of caches from planted ladders: of machines that say the truth, that
 * lie or say nothing; times are scattered, and some stalled. */
#include <rxt/ladder.h>

#include <math.h>
#include <string.h>

#include <rxt/measure.h>

#include "noises.h"
#include "suite.h"

#define KIB(count) ((count)*1024.0)
#define MIB(count) ((count)*1048576.0)

/* A machine: its caches, and the ns that a load takes from each and from behind them all. */
typedef struct machine {
    const char *name;
    int caches;
    double bytes[3], nanoseconds[4];
    double top; /* bytes of the last rung */
    double said[RXT_LEVELS];
} machine;

static const machine machines[] = {
    { "Zen 4, virtual",
      3,
      { KIB(32), MIB(1), MIB(32) },
      { 2.5, 5, 12, 120 },
      MIB(64),
      { KIB(32), MIB(1), MIB(32) } },
    { "Zen 5, virtual",
      3,
      { KIB(48), MIB(1), MIB(32) },
      { 2.2, 4.5, 14, 130 },
      MIB(128),
      { KIB(48), MIB(1), MIB(32) } },
    { "other guests have part of L3",
      3,
      { KIB(32), MIB(1), MIB(24) },
      { 2.5, 5, 12, 120 },
      MIB(64),
      { KIB(32), MIB(1), MIB(32) } },
    { "Skylake-SP, whose L3 has what L2 has not",
      3,
      { KIB(32), MIB(1), MIB(26) },
      { 2.4, 5.2, 22, 95 },
      MIB(64),
      { KIB(32), MIB(1), MIB(24.75) } },
    { "Haswell",
      3,
      { KIB(32), KIB(256), MIB(20) },
      { 2.4, 4.6, 14, 80 },
      MIB(64),
      { KIB(32), KIB(256), MIB(20) } },
    { "Genoa-X",
      3,
      { KIB(32), MIB(1), MIB(96) },
      { 2.4, 5, 14, 120 },
      MIB(192),
      { KIB(32), MIB(1), MIB(96) } },
    { "Apple, a cache behind L2 that is not named",
      3,
      { KIB(128), MIB(12), MIB(24) },
      { 1.8, 6, 15, 100 },
      MIB(256),
      { KIB(128), MIB(12) } },
    { "Arm, no L3", 2, { KIB(64), MIB(1) }, { 2.4, 6, 110 }, MIB(256), { KIB(64), MIB(1) } },
    { "KNL", 2, { KIB(32), MIB(1) }, { 4, 15, 150 }, MIB(256), { KIB(32), MIB(1) } },
    { "an emulator, which hides L1 and L2",
      1,
      { MIB(32) },
      { 20, 130 },
      MIB(64),
      { KIB(32), MIB(1), MIB(32) } },
    { "the time is over before L3's end",
      3,
      { KIB(32), MIB(1), MIB(32) },
      { 2.5, 5, 12, 120 },
      MIB(16),
      { KIB(32), MIB(1), MIB(32) } },
    { "the time is over at once",
      3,
      { KIB(32), MIB(1), MIB(32) },
      { 2.5, 5, 12, 120 },
      KIB(8),
      { KIB(32), MIB(1), MIB(32) } },
};
enum { MACHINES = sizeof machines / sizeof machines[0], CLIMBS = 3 };

/* The mean time of a load anywhere in a footprint: each cache serves what it has room for. */
static double load_time(const machine *m, double bytes)
{
    double time = 0, served = 0;

    for (int c = 0; c < m->caches; c++) {
        double share = fmin(1, m->bytes[c] / bytes) - served;

        time += share * m->nanoseconds[c];
        served += share;
    }
    return 1e-9 * (time + (1 - served) * m->nanoseconds[m->caches]);
}

/* Times are scattered evenly by up to ± `noise`, and a part of them, `stalled`, is four times as
 * long. */
static void plant(const machine *m, double noise, double stalled, noises *z,
                  rxt_ladder ladder[CLIMBS])
{
    for (int c = 0; c < CLIMBS; c++) {
        ladder[c].rungs = 0;
        for (int r = 0; r < RXT_RUNGS; r++) {
            double bytes = floor(KIB(8) * pow(2, 0.5 * r) + 0.5),
                   times = 1 + noise * (2 * noise_uniform(z) - 1);

            if (bytes > m->top)
                break;
            times *= noise_uniform(z) < stalled ? 4 : 1;
            ladder[c].rung[ladder[c].rungs++] =
                (rxt_rung){ .bytes = bytes, .seconds = times * load_time(m, bytes) };
        }
    }
}

/* Of that many ladders the part that a level counts in which it is not as said; counts are the
 * last's. */
static double doubted(const machine *m, const double said[], int level, double noise,
                      double stalled, double counts[])
{
    enum { TIMES = 2000 };
    noises z = { .state = 7 };
    rxt_ladder ladder[CLIMBS];
    int count = 0;

    for (int t = 0; t < TIMES; t++) {
        plant(m, noise, stalled, &z, ladder);
        rxt_ladder_judge(CLIMBS, ladder, said, counts);
        count += said[level] > 0 && counts[level] > 0;
    }
    return (double)count / TIMES;
}

static void the_truth_stands(void)
{
    double counts[RXT_LEVELS];

    for (int m = 0; m < MACHINES; m++)
        for (int l = 0; l < RXT_LEVELS; l++) {
            const double *said = machines[m].said;
            double quiet = doubted(&machines[m], said, l, 0.05, 0, counts),
                   noisy = doubted(&machines[m], said, l, 0.2, 0, counts),
                   stalled = doubted(&machines[m], said, l, 0.2, 0.05, counts);

            if (quiet > 0 || noisy > 0.0005 || stalled > 0.001)
                printf("%s: L%d is doubted in %g, %g, %g\n", machines[m].name, l + 1, quiet, noisy,
                       stalled);
            CU_ASSERT(quiet <= 0 && noisy <= 0.0005 && stalled <= 0.001);
        }
}

/* What is found, and whether it is within a rung of the truth. */
static void expect(const machine *m, int level, double times, double least)
{
    double said[RXT_LEVELS], counts[RXT_LEVELS], found, truth = m->bytes[level];

    memcpy(said, m->said, sizeof said);
    said[level] *= times;
    found = doubted(m, said, level, 0.05, 0, counts);
    if (found < least)
        printf("%s: L%d said to be %g times as large is found in %g\n", m->name, level + 1, times,
               found);
    CU_ASSERT(found >= least);
    if (counts[level] > 0)
        CU_ASSERT(counts[level] <= 1.5 * truth && 1.5 * counts[level] >= truth);
    for (int other = 0; other < RXT_LEVELS; other++)
        CU_ASSERT(other == level || said[other] <= 0 || counts[other] <= 0);
}

static void a_lie_is_found_whichever_level_it_is_about(void)
{
    for (int m = 0; m < 6; m++)
        for (int level = 0; level < RXT_LEVELS; level++) {
            expect(&machines[m], level, 16, 0.99);
            expect(&machines[m], level, 4, 0.99);
            expect(&machines[m], level, 0.25, 0.98);
            expect(&machines[m], level, 1.0 / 16, 0.98);
        }
}

static void the_machine_of_the_issue_has_32_mib(void)
{
    const double said[RXT_LEVELS] = { KIB(48), MIB(1), MIB(508) };
    double counts[RXT_LEVELS];

    CU_ASSERT(doubted(&machines[1], said, 2, 0.05, 0, counts) > 0.99);
    CU_ASSERT_EQUAL(counts[0], 0);
    CU_ASSERT_EQUAL(counts[1], 0);
    CU_ASSERT_EQUAL(counts[2], MIB(32));
}

static void two_lies_are_found_at_once(void)
{
    const double said[RXT_LEVELS] = { KIB(256), MIB(64), MIB(32) };
    double counts[RXT_LEVELS];

    CU_ASSERT(doubted(&machines[0], said, 0, 0.05, 0, counts) > 0.9);
    CU_ASSERT_EQUAL(counts[0], KIB(32));
    CU_ASSERT_EQUAL(counts[1], MIB(1));
    CU_ASSERT_EQUAL(counts[2], 0);
}

static void levels_that_are_not_named_are_found_behind_those_that_are(void)
{
    const double nothing[RXT_LEVELS] = { 0 }, two[RXT_LEVELS] = { KIB(32), MIB(1) },
                 lie[RXT_LEVELS] = { KIB(32), MIB(16) };
    double counts[RXT_LEVELS];

    doubted(&machines[0], nothing, 0, 0.05, 0, counts);
    CU_ASSERT(counts[0] == KIB(32) && counts[1] == MIB(1) && counts[2] == MIB(32));
    doubted(&machines[0], two, 0, 0.05, 0, counts);
    CU_ASSERT(counts[0] == 0 && counts[1] == 0 && counts[2] == MIB(32));
    doubted(&machines[0], lie, 0, 0.05, 0, counts); /* is the last step L2's or L3's? */
    CU_ASSERT(counts[0] == 0 && counts[1] == 0 && counts[2] == 0);
    doubted(&machines[9], nothing, 0, 0.05, 0, counts); /* nor of one step */
    CU_ASSERT(counts[0] == 0 && counts[1] == 0 && counts[2] == 0);
}

static void what_one_climb_does_not_see_does_not_count(void)
{
    const double said[RXT_LEVELS] = { KIB(32), MIB(1), MIB(508) };
    noises z = { .state = 3 };
    rxt_ladder ladder[CLIMBS];
    double counts[RXT_LEVELS];

    plant(&machines[1], 0, 0, &z, ladder);
    rxt_ladder_judge(CLIMBS, ladder, said, counts);
    CU_ASSERT_EQUAL(counts[2], MIB(32));
    ladder[2].rungs = 10;
    rxt_ladder_judge(CLIMBS, ladder, said, counts);
    CU_ASSERT_EQUAL(counts[2], 0);
}

static void nothing_is_larger_and_quicker(void)
{
    noises z = { .state = 3 };
    rxt_ladder ladder[CLIMBS];
    rxt_step step[RXT_STEPS];

    plant(&machines[0], 0, 0, &z, ladder);
    for (int r = 0; r < 20; r += 3)
        ladder[0].rung[r].seconds *= 50;
    CU_ASSERT_EQUAL(rxt_ladder_steps(&ladder[0], step), 3);
    CU_ASSERT(rxt_ladder_near(KIB(32), &step[0]) && rxt_ladder_near(MIB(1), &step[1]) &&
              rxt_ladder_near(MIB(32), &step[2]));
    CU_ASSERT(!rxt_ladder_near(MIB(508), &step[2]) && !rxt_ladder_near(MIB(4), &step[2]));
}

/* ---- the climb ---- */

/* It ends in time whatever is said, but for what a machine that stops takes. */
static void a_climb_ends_and_its_rungs_ascend(void)
{
    static const double said[][RXT_LEVELS] = { { KIB(32), MIB(1), MIB(32) },
                                               { KIB(32), MIB(1), MIB(4096) },
                                               { 0 } };

    for (size_t s = 0; s < sizeof said / sizeof said[0]; s++) {
        double began = rxt_measure_now(), counts[RXT_LEVELS];
        rxt_ladder ladder;

        rxt_ladder_climb(said[s], MIB(64), 1e-8, NULL, &ladder, counts);
        CU_ASSERT(rxt_measure_now() - began < 30);
        CU_ASSERT(ladder.rungs > 0 && ladder.rung[0].bytes == KIB(8));
        for (int r = 0; r < ladder.rungs; r++) {
            CU_ASSERT(ladder.rung[r].seconds > 0 && isfinite(ladder.rung[r].seconds));
            CU_ASSERT(r == 0 || ladder.rung[r].bytes > ladder.rung[r - 1].bytes);
        }
        CU_ASSERT(ladder.rung[ladder.rungs - 1].bytes <= MIB(64));
    }
}

static void without_memory_or_once_stopped_there_is_no_ladder(void)
{
    const double said[RXT_LEVELS] = { KIB(32), MIB(1), MIB(32) };
    const atomic_bool stop = true;
    double counts[RXT_LEVELS] = { 1, 1, 1 };
    rxt_ladder ladder;

    rxt_ladder_climb(said, 1000, 1e-8, NULL, &ladder, counts);
    CU_ASSERT_EQUAL(ladder.rungs, 0);
    CU_ASSERT(counts[0] == 0 && counts[1] == 0 && counts[2] == 0);
    rxt_ladder_climb(said, MIB(64), 1e-8, &stop, &ladder, counts);
    CU_ASSERT_EQUAL(ladder.rungs, 0);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "the truth stands", the_truth_stands },
        { "a lie is found", a_lie_is_found_whichever_level_it_is_about },
        { "the machine of the issue", the_machine_of_the_issue_has_32_mib },
        { "two lies", two_lies_are_found_at_once },
        { "levels not named", levels_that_are_not_named_are_found_behind_those_that_are },
        { "one climb does not see it", what_one_climb_does_not_see_does_not_count },
        { "stalls below a step", nothing_is_larger_and_quicker },
        { "a climb ends", a_climb_ends_and_its_rungs_ascend },
        { "no ladder", without_memory_or_once_stopped_there_is_no_ladder },
        CU_TEST_INFO_NULL,
    };

    return suite_run("ladder", tests);
}
