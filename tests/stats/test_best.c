/* test_best.c - which candidates may be the best, and the level that several simultaneous intervals
 * need.
 *
 * Statements about probability are checked by counting over synthetic studies with fixed seeds, and
 * compared with binomial limits: with a true rate p, the count exceeds p + 3 sqrt(p (1 - p) /
 * seeds) about once in a thousand. */
#include "stats/best.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "stats/sample.h"

#include "noises.h"
#include "suite.h"

enum { SEEDS = 200 };

/* Candidates whose times are given, or made by a kind of noise. */
typedef struct field {
    noises z;
    const double *seconds[NOISE_CANDIDATES];
    double work[NOISE_CANDIDATES];
    rxt_best_candidates candidates;
    bool may[NOISE_CANDIDATES];
    int told;
} field;

static field *start(int candidates, int rounds)
{
    field *f = calloc(1, sizeof *f);

    f->candidates = (rxt_best_candidates){
        .count = candidates, .rounds = { .count = rounds }, .seconds = f->seconds, .work = f->work
    };
    for (int i = 0; i < candidates; i++) {
        f->seconds[i] = f->z.seconds[i];
        f->work[i] = 1.0;
    }
    return f;
}

/* Candidate i takes `seconds` in every round, with a zigzag of `spread`. */
static void plant(field *f, int i, double seconds, double spread)
{
    static const double zigzag[10] = { .3, -.7, .9, -.3, -.9, .7, .1, -.5, .5, -.1 };

    for (int r = 0; r < f->candidates.rounds.count; r++)
        f->z.seconds[i][r] = seconds * (1.0 + spread * zigzag[(r + 3 * i) % 10]);
}

/* One character for each candidate: '=' may be the best, '.' is not. */
static const char *judged(field *f)
{
    static char text[NOISE_CANDIDATES + 1]; /* overwritten by the next call */

    f->told = rxt_best_of(&f->candidates, f->may);
    for (int i = 0; i < f->candidates.count; i++)
        text[i] = f->may[i] ? '=' : '.';
    text[f->candidates.count] = '\0';
    return text;
}

static void a_clear_winner_is_alone_from_six_rounds_on(void)
{
    for (int rounds = 5; rounds <= 7; rounds++) {
        field *f = start(3, rounds);

        plant(f, 0, 1.0, 0.02);
        plant(f, 1, 0.5, 0.02);
        plant(f, 2, 0.7, 0.02);
        CU_ASSERT_STRING_EQUAL(judged(f), rounds < 6 ? "===" : ".=.");
        CU_ASSERT_EQUAL(f->told, rounds < 6 ? 0 : rounds);
        free(f);
    }
}

/* 780 pairs in 6 rounds: candidates that are much slower must not make it harder to distinguish the
 * others. */
static void forty_far_candidates_are_told_by_six_rounds(void)
{
    field *f = start(NOISE_CANDIDATES, 6);

    for (int i = 0; i < NOISE_CANDIDATES; i++)
        plant(f, i, 1.0 + 0.5 * ((i + 7) % NOISE_CANDIDATES), 0.01);
    for (int i = 0; i < NOISE_CANDIDATES; i++)
        CU_ASSERT_EQUAL((judged(f), f->may[i]), i == NOISE_CANDIDATES - 7);
    free(f);
}

static void no_candidates_one_and_equal_ones(void)
{
    field *f = start(0, 10);

    CU_ASSERT_EQUAL(rxt_best_of(&f->candidates, f->may), 0);
    free(f);
    f = start(1, 10);
    plant(f, 0, 1.0, 0.02);
    CU_ASSERT_STRING_EQUAL(judged(f), "=");
    free(f);
    f = start(3, 20);
    for (int i = 0; i < 3; i++)
        plant(f, i, 1.0, 0.0);
    CU_ASSERT_STRING_EQUAL(judged(f), "===");
    free(f);
}

/* A difference of 0.5 % is found under 50 % of noise that both candidates share. */
static void what_a_round_does_to_all_cancels(void)
{
    field *f = start(2, 20);

    plant(f, 0, 1.0, 0.5);
    for (int r = 0; r < 20; r++)
        f->z.seconds[1][r] = 1.005 * f->z.seconds[0][r];
    CU_ASSERT_STRING_EQUAL(judged(f), "=.");
    free(f);
}

static void rates_are_compared_where_the_work_differs(void)
{
    field *f = start(2, 20);

    plant(f, 0, 1.0, 0.02);
    plant(f, 1, 1.2, 0.02);
    CU_ASSERT_STRING_EQUAL(judged(f), "=.");
    f->work[1] = 2.0;
    CU_ASSERT_STRING_EQUAL(judged(f), ".=");
    free(f);
}

/* A candidate of 3 rounds stays in, but it excludes no other candidate, and the others are judged
 * by all of their rounds. A candidate without times, or one that was never visited, is out. */
static void candidates_of_few_rounds_stay_in(void)
{
    field *f = start(5, 20);

    plant(f, 0, 1.0, 0.02);
    plant(f, 1, 0.5, 0.02);
    plant(f, 2, 0.1, 0.0);
    plant(f, 3, 0.01, 0.0);
    plant(f, 4, 0.01, 0.0);
    for (int r = 0; r < 20; r++) {
        f->z.seconds[2][r] = r < 3 ? 0.1 : NAN;
        f->z.seconds[4][r] = NAN;
    }
    f->seconds[3] = NULL;
    f->z.seconds[0][7] = NAN; /* one candidate lacks this round */
    CU_ASSERT_STRING_EQUAL(judged(f), ".==..");
    CU_ASSERT_EQUAL(f->told, 19);
    free(f);
}

/* One round in five takes five times as long; the other rounds must decide. */
static void spikes_do_not_hide_a_winner(void)
{
    field *f = start(2, 20);

    plant(f, 0, 1.0, 0.02);
    plant(f, 1, 0.9, 0.02);
    for (int r = 0; r < 20; r += 5)
        f->z.seconds[1][r] *= 5;
    CU_ASSERT_STRING_EQUAL(judged(f), ".=");
    free(f);
}

/* Number of seeds for which `counts` is true. All candidates but the first are slower than the
 * first by `behind`. */
static int seeds_where(int candidates, int rounds, noise_kind kind, double behind,
                       bool (*counts)(const field *f))
{
    field *f = start(candidates, rounds);
    double truth[NOISE_CANDIDATES];
    int found = 0;

    for (int i = 0; i < candidates; i++)
        truth[i] = i > 0 ? 1.0 + behind : 1.0;
    for (int seed = 0; seed < SEEDS; seed++) {
        noise_make(&f->z, kind, (uint64_t)seed, candidates, rounds, truth);
        judged(f);
        found += counts(f);
    }
    free(f);
    return found;
}

static int in(const field *f)
{
    int n = 0;

    for (int i = 0; i < f->candidates.count; i++)
        n += f->may[i];
    return n;
}

static bool any_out(const field *f)
{
    return in(f) < f->candidates.count;
}

static bool first_out(const field *f)
{
    return !f->may[0];
}

static bool first_alone(const field *f)
{
    return in(f) == 1 && f->may[0];
}

/* The largest count that chance gives at this rate; next, the smallest count. */
static double at_most(double rate)
{
    return SEEDS * rate + 3.0 * sqrt(SEEDS * rate * (1.0 - rate));
}

static double at_least(double rate)
{
    return SEEDS * rate - 3.0 * sqrt(SEEDS * rate * (1.0 - rate));
}

static void exact_ties_stay_together(void)
{
    static const int candidates[] = { 2, 3, 8 }, rounds[] = { 6, 10, 30 };

    for (int kind = 0; kind < NOISE_KINDS; kind++)
        for (int p = 0; p < 3; p++)
            for (int r = 0; r < 3; r++)
                CU_ASSERT(seeds_where(candidates[p], rounds[r], (noise_kind)kind, 0.0, any_out) <=
                          at_most(0.05));
}

static void the_best_by_one_percent_is_never_left_out(void)
{
    for (int kind = 0; kind < NOISE_KINDS; kind++)
        CU_ASSERT(seeds_where(8, 30, (noise_kind)kind, 0.01, first_out) <= at_most(0.05));
}

static void the_best_by_three_percent_is_named_alone(void)
{
    for (int kind = 0; kind < NOISE_KINDS; kind++) {
        CU_ASSERT(seeds_where(3, 30, (noise_kind)kind, 0.03, first_alone) >= at_least(0.95));
        CU_ASSERT(seeds_where(8, 30, (noise_kind)kind, 0.03, first_alone) >= at_least(0.95));
    }
}

/* Every run has its own deviation of each candidate, in addition to normal noise of 2 % in a round.
 * Counts the studies where the predicate holds. */
static int runs_where(int runs, int rounds, double deviation, double ahead,
                      bool (*is)(const field *f))
{
    static int run[NOISE_ROUNDS];
    field *f = start(3, runs * rounds);
    int n = 0;

    f->candidates.rounds.run = run;
    for (int seed = 0; seed < SEEDS; seed++) {
        f->z.state = (uint64_t)seed;
        for (int r = 0; r < runs; r++)
            for (int i = 0; i < 3; i++) {
                double off = deviation * random_normal(&f->z.state) + (i > 0 ? ahead : 0.0);

                for (int k = r * rounds; k < (r + 1) * rounds; k++) {
                    run[k] = r;
                    f->z.seconds[i][k] = exp(off + 0.02 * random_normal(&f->z.state));
                }
            }
        judged(f);
        n += is(f);
    }
    free(f);
    return n;
}

/* Rounds would name false winners here: the runs differ by 2 %, which each run's rounds hide. */
static void equal_candidates_stay_together_over_runs(void)
{
    static const int runs[] = { 3, 5, 10 };

    for (int i = 0; i < 3; i++)
        CU_ASSERT(runs_where(runs[i], 40, 0.02, 0.0, any_out) <= at_most(0.05));
}

static void the_best_by_three_percent_is_named_alone_over_runs(void)
{
    CU_ASSERT(runs_where(5, 40, 0.003, 0.03, first_alone) >= at_least(0.95));
    CU_ASSERT(runs_where(10, 40, 0.005, 0.03, first_alone) >= at_least(0.95));
    CU_ASSERT(runs_where(3, 40, 0.003, 0.03, first_out) <= at_most(0.05));
}

/* If there are many rounds, they are resampled in blocks. So a candidate that is slow or fast for
 * 20 rounds at a time is not distinguished. */
static void slow_phases_of_a_candidate_are_no_difference(void)
{
    field *f = start(3, NOISE_ROUNDS);
    int wrong = 0;

    for (int seed = 0; seed < SEEDS; seed++) {
        double off[3] = { 0 };

        f->z.state = (uint64_t)seed;
        for (int r = 0; r < NOISE_ROUNDS; r++)
            for (int i = 0; i < 3; i++) {
                off[i] = 0.8 * off[i] + 0.02 * random_normal(&f->z.state);
                f->z.seconds[i][r] = exp(off[i]);
            }
        judged(f);
        wrong += any_out(f);
    }
    CU_ASSERT(wrong <= at_most(0.07));
    free(f);
}

/* ---- simultaneous intervals ---- */

static double coverage_of(field *f, int ratios)
{
    const double *over[NOISE_CANDIDATES] = { NULL }, *under[NOISE_CANDIDATES] = { NULL };

    for (int i = 0; i < ratios; i++) {
        over[i] = f->seconds[0];
        under[i] = f->seconds[i + 1];
    }
    return rxt_best_coverage(ratios, &f->candidates.rounds, over, under);
}

static void one_ratio_or_copies_of_it_need_no_more(void)
{
    field *f = start(9, 30);

    for (int i = 0; i < 9; i++)
        plant(f, i, 1.0, i > 0 ? 0.02 : 0.0);
    CU_ASSERT_DOUBLE_EQUAL(coverage_of(f, 1), RXT_SAMPLE_COVERAGE, 1e-12);
    for (int i = 2; i < 9; i++)
        f->seconds[i] = f->seconds[1];
    CU_ASSERT_DOUBLE_EQUAL(coverage_of(f, 8), RXT_SAMPLE_COVERAGE, 1e-12);
    plant(f, 1, 0.5, 0.0);
    CU_ASSERT_DOUBLE_EQUAL(coverage_of(f, 8), RXT_SAMPLE_COVERAGE, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(coverage_of(f, 0), RXT_SAMPLE_COVERAGE, 1e-12);
    free(f);
}

static bool all_held(field *f, int ratios, const double truth[])
{
    double coverage = coverage_of(f, ratios);

    for (int i = 1; i <= ratios; i++) {
        rxt_sample s =
            rxt_sample_ratio_at(f->candidates.rounds.count, f->seconds[0], f->seconds[i], coverage);

        if (!(s.low <= truth[0] / truth[i] && truth[0] / truth[i] <= s.high))
            return false;
    }
    return true;
}

/* Ratios with a common baseline are dependent. They count as fewer independent ratios than there
 * are, but as more than one. */
static void intervals_of_many_hold_at_once(void)
{
    static const int ratios[] = { 2, 7, 20 };

    for (int kind = 0; kind < NOISE_KINDS; kind++)
        for (int k = 0; k < 3; k++) {
            field *f = start(ratios[k] + 1, 30);
            double truth[NOISE_CANDIDATES], coverage;
            int held = 0;

            for (int i = 0; i <= ratios[k]; i++)
                truth[i] = 1.0 / (i + 1);
            for (int seed = 0; seed < SEEDS; seed++) {
                noise_make(&f->z, (noise_kind)kind, (uint64_t)seed, ratios[k] + 1, 30, truth);
                held += all_held(f, ratios[k], truth);
            }
            coverage = coverage_of(f, ratios[k]);
            CU_ASSERT(held >= at_least(0.95));
            CU_ASSERT(coverage > RXT_SAMPLE_COVERAGE &&
                      coverage < 1.0 - (1.0 - RXT_SAMPLE_COVERAGE) / ratios[k]);
            free(f);
        }
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "a clear winner is alone from six rounds on",
          a_clear_winner_is_alone_from_six_rounds_on },
        { "forty far candidates are told by six rounds",
          forty_far_candidates_are_told_by_six_rounds },
        { "no candidates, one, and equal ones", no_candidates_one_and_equal_ones },
        { "what a round does to all cancels", what_a_round_does_to_all_cancels },
        { "rates are compared where the work differs", rates_are_compared_where_the_work_differs },
        { "candidates of few rounds stay in", candidates_of_few_rounds_stay_in },
        { "spikes do not hide a winner", spikes_do_not_hide_a_winner },
        { "exact ties stay together", exact_ties_stay_together },
        { "the best by 1 % is never left out", the_best_by_one_percent_is_never_left_out },
        { "the best by 3 % is named alone", the_best_by_three_percent_is_named_alone },
        { "equal candidates stay together over runs", equal_candidates_stay_together_over_runs },
        { "the best by 3 % is named alone over runs",
          the_best_by_three_percent_is_named_alone_over_runs },
        { "slow phases of a candidate are no difference",
          slow_phases_of_a_candidate_are_no_difference },
        { "one ratio, or copies of it, need no more", one_ratio_or_copies_of_it_need_no_more },
        { "intervals of many hold at once", intervals_of_many_hold_at_once },
        CU_TEST_INFO_NULL,
    };

    return suite_run("the best", tests);
}
