/* test_ladder.c - cache sizes from synthetic ladders: of machines that report right, wrong or no
 * sizes; the times are noisy, and some loads stalled. */
#include "host/ladder.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "machine/cpus.h"
#include "random.h"

#include "noises.h"
#include "suite.h"

#define KIB(count) ((count)*1024.0)
#define MIB(count) ((count)*1048576.0)

/* A machine: its caches, and the ns of a load from each cache and from memory. */
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
enum { MACHINES = sizeof machines / sizeof machines[0], CLIMBS = 3, TIMES = 2000 };

/* Mean time of a load at a random place in a footprint: each cache serves the part that fits in
 * it. */
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

/* The times are uniform within ± `noise`; a part of them, the fraction `stalled`, is four times as
 * long. */
static void plant(const machine *m, double noise, double stalled, noises *z,
                  rxt_ladder ladder[CLIMBS])
{
    for (int c = 0; c < CLIMBS; c++) {
        ladder[c].rungs = 0;
        for (int r = 0; r < RXT_RUNGS; r++) {
            double bytes = floor(KIB(8) * pow(2, 0.5 * r) + 0.5),
                   times = 1 + noise * (2 * random_uniform(&z->state) - 1);

            if (bytes > m->top)
                break;
            times *= random_uniform(&z->state) < stalled ? 4 : 1;
            ladder[c].rung[ladder[c].rungs++] =
                (rxt_rung){ .bytes = bytes, .seconds = times * load_time(m, bytes) };
        }
    }
}

/* Judges `times` triples of ladders. doubted[l] counts those whose result for level l differs from
 * the size that the host reports; `counts` is the result of the last triple. */
static void judge(int times, const machine *m, const double said[], double noise, double stalled,
                  int doubted[RXT_LEVELS], double counts[RXT_LEVELS])
{
    noises z = { .state = 7 };
    rxt_ladder ladder[CLIMBS];

    memset(doubted, 0, RXT_LEVELS * sizeof *doubted);
    for (int t = 0; t < times; t++) {
        plant(m, noise, stalled, &z, ladder);
        rxt_ladder_judge(CLIMBS, ladder, said, counts);
        for (int l = 0; l < RXT_LEVELS; l++)
            doubted[l] += said[l] > 0 && counts[l] > 0;
    }
}

/* Noise of ± 5 %, of ± 20 %, and of ± 20 % with one of 20 times stalled. In the last case one
 * triple of 1000 may be wrong, in the others none. */
static void the_truth_stands(void)
{
    static const struct {
        double noise, stalled;
        int most;
    } kind[] = { { 0.05, 0, 0 }, { 0.2, 0, 0 }, { 0.2, 0.05, TIMES / 1000 } };

    for (int m = 0; m < MACHINES; m++)
        for (int k = 0; k < 3; k++) {
            int doubted[RXT_LEVELS], all = 0;
            double counts[RXT_LEVELS];

            judge(TIMES, &machines[m], machines[m].said, kind[k].noise, kind[k].stalled, doubted,
                  counts);
            for (int l = 0; l < RXT_LEVELS; l++)
                all += doubted[l];
            if (all > kind[k].most)
                printf("%s, ± %g: %d of %d are doubted\n", machines[m].name, kind[k].noise, all,
                       TIMES);
            CU_ASSERT(all <= kind[k].most);
        }
}

/* The host reports `times` the true size of one level. At least 100 - `missed` of 100 triples must
 * notice this; a size that is found must be within one rung of the true size, and no triple may
 * doubt another level. */
static void expect(const machine *m, int level, double times, int missed)
{
    double said[RXT_LEVELS], counts[RXT_LEVELS], truth = m->bytes[level];
    int doubted[RXT_LEVELS];

    memcpy(said, m->said, sizeof said);
    said[level] *= times;
    judge(100, m, said, 0.05, 0, doubted, counts);
    if (doubted[level] < 100 - missed)
        printf("%s: L%d said to be %g times as large is found in %d of 100\n", m->name, level + 1,
               times, doubted[level]);
    CU_ASSERT(doubted[level] >= 100 - missed);
    if (counts[level] > 0)
        CU_ASSERT(counts[level] <= 1.5 * truth && 1.5 * counts[level] >= truth);
    for (int other = 0; other < RXT_LEVELS; other++)
        CU_ASSERT(other == level || doubted[other] == 0);
}

static void a_lie_is_found_whichever_level_it_is_about(void)
{
    for (int m = 0; m < 6; m++)
        for (int level = 0; level < RXT_LEVELS; level++) {
            expect(&machines[m], level, 16, 0);
            expect(&machines[m], level, 4, 0);
            expect(&machines[m], level, 0.25, 2);
            expect(&machines[m], level, 1.0 / 16, 2);
        }
}

/* The host reports the sizes l1, l2 and l3. Expects the sizes `counts` from the last of 20 triples.
 */
static void expect_counts(const machine *m, double l1, double l2, double l3,
                          const double counts[RXT_LEVELS])
{
    const double said[RXT_LEVELS] = { l1, l2, l3 };
    double found[RXT_LEVELS];
    int doubted[RXT_LEVELS];

    judge(20, m, said, 0.05, 0, doubted, found);
    for (int l = 0; l < RXT_LEVELS; l++)
        CU_ASSERT_EQUAL(found[l], counts[l]);
}

static void the_machine_of_the_issue_has_32_mib(void)
{
    expect_counts(&machines[1], KIB(48), MIB(1), MIB(508), (double[]){ 0, 0, MIB(32) });
}

static void two_lies_are_found_at_once(void)
{
    expect_counts(&machines[0], KIB(256), MIB(64), MIB(32), (double[]){ KIB(32), MIB(1), 0 });
}

static void levels_that_are_not_named_are_found_behind_those_that_are(void)
{
    const machine *zen = &machines[0], *emulator = &machines[9];

    expect_counts(zen, 0, 0, 0, (double[]){ KIB(32), MIB(1), MIB(32) });
    expect_counts(zen, KIB(32), MIB(1), 0, (double[]){ 0, 0, MIB(32) });
    expect_counts(zen, KIB(32), MIB(16), 0,
                  (double[]){ 0, 0, 0 });                    /* is this step that of L2 or of L3? */
    expect_counts(emulator, 0, 0, 0, (double[]){ 0, 0, 0 }); /* one step alone: of which level? */
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

/* ---- caches that evict each other's data ---- */

typedef struct neighbours {
    int one, asked; /* the first `one` caches are the same cache; asked: calls of is_shared */
} neighbours;

static bool is_shared(void *with, int cache)
{
    neighbours *n = with;

    n->asked++;
    return cache < n->one;
}

static void neighbours_that_are_one_are_counted(void)
{
    for (int caches = 0; caches < 70; caches++)
        for (int one = 1; one <= caches; one++) {
            neighbours n = { .one = one };

            CU_ASSERT_EQUAL(rxt_ladder_count_shared(caches, is_shared, &n), one);
            CU_ASSERT(n.asked <= 9); /* 2 + log2 of 69, rounded up */
        }
    CU_ASSERT_EQUAL(rxt_ladder_count_shared(0, is_shared, &(neighbours){ .one = 9 }), 1);
}

/* A CPU that does not exist cannot be measured. Without enough time or memory nothing can be
 * measured. */
static void what_cannot_be_asked_counts_as_it_is_said(void)
{
    const rxt_ladder_request request = { .memory = MIB(64), .seconds = 0.45, .resolution = 1e-8 };
    const int cpu[] = { 0, RXT_CPUS - 1 };
    rxt_ladder_request less = request;

    CU_ASSERT_EQUAL(rxt_ladder_shared(2, cpu, MIB(2), &request), 1);
    CU_ASSERT_EQUAL(rxt_ladder_shared(1, cpu, MIB(2), &request), 1);
    less.memory = MIB(2);
    CU_ASSERT_EQUAL(rxt_ladder_shared(2, cpu, MIB(2), &less), 1);
    less = request;
    less.seconds = -1;
    CU_ASSERT_EQUAL(rxt_ladder_shared(2, cpu, MIB(2), &less), 1);
}

/* ---- the climb ---- */

/* The climb must end in time whatever sizes the host reports; 30 s allow for a machine that
 * stalls. */
static void a_climb_ends_and_its_rungs_ascend(void)
{
    static const double said[][RXT_LEVELS] = { { KIB(32), MIB(1), MIB(32) },
                                               { KIB(32), MIB(1), MIB(4096) },
                                               { 0 } };

    const rxt_ladder_request request = { .memory = MIB(64), .seconds = 0.45, .resolution = 1e-8 };

    for (size_t s = 0; s < sizeof said / sizeof said[0]; s++) {
        double began = rxt_clock_now(), counts[RXT_LEVELS];
        rxt_ladder ladder;

        rxt_ladder_climb(said[s], &request, &ladder, counts);
        CU_ASSERT(rxt_clock_now() - began < 30);
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

    rxt_ladder_climb(said, &(rxt_ladder_request){ .memory = 1000, .seconds = 0.45 }, &ladder,
                     counts);
    CU_ASSERT_EQUAL(ladder.rungs, 0);
    CU_ASSERT(counts[0] == 0 && counts[1] == 0 && counts[2] == 0);
    rxt_ladder_climb(said,
                     &(rxt_ladder_request){ .memory = MIB(64), .seconds = 0.45, .stop = &stop },
                     &ladder, counts);
    CU_ASSERT_EQUAL(ladder.rungs, 0);
    rxt_ladder_climb(said, &(rxt_ladder_request){ .memory = MIB(64), .seconds = 0 }, &ladder,
                     counts);
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
        { "neighbours that are one", neighbours_that_are_one_are_counted },
        { "not asked", what_cannot_be_asked_counts_as_it_is_said },
        { "a climb ends", a_climb_ends_and_its_rungs_ascend },
        { "no ladder", without_memory_or_once_stopped_there_is_no_ladder },
        CU_TEST_INFO_NULL,
    };

    return suite_run("ladder", tests);
}
