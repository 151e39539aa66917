/* test_groups.c - which rounds are the units of an interval, and do intervals of epochs and of runs
 * hold?
 *
 * Statements about probability are counted over simulated studies with fixed seeds. With a true
 * rate p, a count of N studies is below N p - 3 sqrt(N p (1 - p)) about once in a thousand. */
#include "random.h"
#include "stats/chance.h"
#include "stats/sample.h"
#include "stats/student.h"

#include <math.h>
#include <stdio.h>

#include "suite.h"

enum { ROUNDS = 600, STUDIES = 1000 };

typedef struct study {
    uint64_t state;
    int count;
    double value[ROUNDS];
    int epoch[ROUNDS], run[ROUNDS];
    bool in_runs;
} study;

static rxt_rounds rounds_of(const study *s)
{
    return (rxt_rounds){ .count = s->count, .epoch = s->epoch, .run = s->in_runs ? s->run : NULL };
}

/* Relative deviations of rounds, of epochs and of runs. The true median is 1. */
typedef struct variances {
    int runs, epochs, rounds; /* epochs in each run, rounds in each epoch */
    double of_round, of_epoch, of_run;
} variances;

static void add_run(study *s, const variances *v)
{
    double run = v->of_run * random_normal(&s->state);

    for (int e = 0; e < v->epochs; e++) {
        double epoch = v->of_epoch * random_normal(&s->state);

        for (int r = 0; r < v->rounds; r++) {
            s->epoch[s->count] = e;
            s->run[s->count] = s->count / (v->epochs * v->rounds);
            s->value[s->count++] = exp(run + epoch + v->of_round * random_normal(&s->state));
        }
    }
}

static rxt_sample measure(study *s, const variances *v)
{
    rxt_rounds rounds;

    s->count = 0;
    s->in_runs = v->runs > 1;
    for (int r = 0; r < v->runs; r++)
        add_run(s, v);
    rounds = rounds_of(s);
    return rxt_sample_of_rounds(&rounds, s->value, NULL, RXT_SAMPLE_COVERAGE);
}

static rxt_grouping units(const study *s, int *count)
{
    rxt_rounds rounds = rounds_of(s);
    rxt_groups groups;
    rxt_grouping by;

    CU_ASSERT_TRUE_FATAL(rxt_groups_take(&rounds, s->value, NULL, &groups));
    by = groups.by;
    *count = groups.units;
    rxt_groups_free(&groups);
    return by;
}

static double at_least(double rate)
{
    return STUDIES * rate - 3.0 * sqrt(STUDIES * rate * (1.0 - rate));
}

/* ---- the units ---- */

static void rounds_that_are_alike_are_the_units(void)
{
    const variances v = { .runs = 1, .epochs = 12, .rounds = 4, .of_round = 0.02 };
    study s = { .state = 1 };
    int by_round = 0, count;

    for (int i = 0; i < STUDIES; i++) {
        measure(&s, &v);
        by_round += units(&s, &count) == RXT_BY_ROUND;
    }
    printf("\n    alike: %d of %d by rounds", by_round, STUDIES);
    CU_ASSERT(by_round >= at_least(0.96 * 0.96)); /* two tests of 4 % */
    CU_ASSERT(by_round < STUDIES);                /* the tests are no dummies */
}

static void epochs_that_differ_are_the_units(void)
{
    const variances v = {
        .runs = 1, .epochs = 5, .rounds = 3, .of_round = 0.001, .of_epoch = 0.05
    };
    study s = { .state = 2 };
    rxt_sample sample = measure(&s, &v);
    int count;

    CU_ASSERT_EQUAL(units(&s, &count), RXT_BY_EPOCH);
    CU_ASSERT_EQUAL(count, 5);
    CU_ASSERT_EQUAL(sample.by, RXT_BY_EPOCH);
    CU_ASSERT_EQUAL(sample.units, 5);
    CU_ASSERT_EQUAL(sample.count, 15);
    CU_ASSERT_TRUE(sample.cut); /* 5 epochs have no interval of 95 % */
    CU_ASSERT_TRUE(sample.low < sample.median && sample.median < sample.high);
}

/* The second half of the study is slower; every round has its own epoch. */
static void stretches_that_differ_are_the_units(void)
{
    study s = { .state = 3, .count = 40 };
    rxt_sample sample;
    rxt_rounds rounds;
    int count;

    for (int r = 0; r < s.count; r++) {
        s.epoch[r] = r;
        s.value[r] = (r < 20 ? 1.0 : 1.1) + 0.001 * random_normal(&s.state);
    }
    rounds = rounds_of(&s);
    sample = rxt_sample_of_rounds(&rounds, s.value, NULL, RXT_SAMPLE_COVERAGE);
    CU_ASSERT_EQUAL(units(&s, &count), RXT_BY_STRETCH);
    CU_ASSERT_EQUAL(count, RXT_STRETCHES);
    CU_ASSERT_TRUE(sample.low < 1.01 && sample.high > 1.09);
}

static void three_runs_are_units_and_two_are_not(void)
{
    variances v = { .runs = 2, .epochs = 10, .rounds = 1, .of_round = 0.01 };
    study s = { .state = 4 };
    int count;

    measure(&s, &v);
    CU_ASSERT_NOT_EQUAL(units(&s, &count), RXT_BY_RUN);
    v.runs = 3;
    measure(&s, &v);
    CU_ASSERT_EQUAL(units(&s, &count), RXT_BY_RUN);
    CU_ASSERT_EQUAL(count, 3);
}

static void what_was_not_measured_has_no_unit(void)
{
    study s = { .count = 0 };
    int count;

    CU_ASSERT_EQUAL(units(&s, &count), RXT_BY_ROUND);
    CU_ASSERT_EQUAL(count, 0);
    s.count = 1;
    s.value[0] = 1;
    CU_ASSERT_EQUAL(units(&s, &count), RXT_BY_ROUND);
    CU_ASSERT_EQUAL(count, 1);
    for (s.count = 0; s.count < 9; s.count++)
        s.value[s.count] = s.count % 3 ? 1.0 : (double)NAN;
    CU_ASSERT_EQUAL(units(&s, &count), RXT_BY_ROUND);
    CU_ASSERT_EQUAL(count, 6);
}

/* ---- medians ---- */

static void medians_are_those_of_the_runs(void)
{
    const double value[] = { 3, 1, 2, 9, 7, NAN, 5, 5, 5, 4 };
    const int run[] = { 0, 0, 0, 1, 1, 1, 2, 2, 2, 2 };
    const rxt_rounds rounds = { .count = 10, .run = run };
    double medians[3];
    rxt_groups groups;

    CU_ASSERT_TRUE_FATAL(rxt_groups_take(&rounds, value, NULL, &groups));
    CU_ASSERT_TRUE_FATAL(rxt_groups_medians(&groups, medians));
    CU_ASSERT_EQUAL(groups.units, 3);
    CU_ASSERT_EQUAL(medians[0], 2);
    CU_ASSERT_EQUAL(medians[1], 8);
    CU_ASSERT_EQUAL(medians[2], 5);
    CU_ASSERT_EQUAL(rxt_sample_of_rounds(&rounds, value, NULL, 0.95).median, 5);
    rxt_groups_free(&groups);
}

/* ---- coverage ---- */

static double coverage(const variances *v, uint64_t seed, double *half)
{
    study s = { .state = seed };
    int held = 0;

    *half = 0.0;
    for (int i = 0; i < STUDIES; i++) {
        rxt_sample sample = measure(&s, v);

        held += sample.low <= 1.0 && 1.0 <= sample.high;
        *half += rxt_sample_precision(&sample) / STUDIES;
    }
    return held;
}

/* Prints a line of the table in docs/method: the coverage, and the half-width in units of the one
 * without epochs. */
static void intervals_hold_for_all_mixtures_of_variances(void)
{
    static const int epochs[] = { 8, 10, 16, 40 }, rounds[] = { 1, 2, 5, 12 };
    static const double between[] = { 0.0, 0.35, 1.0, 3.0 };

    for (int e = 0; e < 4; e++)
        for (int r = 0; r < 4; r++)
            for (int b = 0; b < 4; b++) {
                const variances v = { 1, epochs[e], rounds[r], 0.02, 0.02 * between[b], 0.0 };
                double half, held = coverage(&v, (uint64_t)(100 * e + 10 * r + b), &half);

                printf("\n    %2d epochs of %2d rounds, epochs / rounds %.2f: held %.1f %%, "
                       "± %.2f %%",
                       epochs[e], rounds[r], between[b], 100 * held / STUDIES, 100 * half);
                CU_ASSERT(held >= at_least(0.93));
            }
}

/* Half the width of the interval of the same rounds without epochs and stretches, on average. */
static double half_without(const variances *v, uint64_t seed)
{
    study s = { .state = seed };
    double half = 0.0;

    for (int i = 0; i < STUDIES; i++) {
        double sorted[ROUNDS];
        int rank;

        measure(&s, v);
        rank = rxt_sample_rank(s.count);
        for (int k = 0; k < s.count; k++) { /* insertion sort */
            int at = k;

            for (; at > 0 && sorted[at - 1] > s.value[k]; at--)
                sorted[at] = sorted[at - 1];
            sorted[at] = s.value[k];
        }
        half += (sorted[s.count - rank] - sorted[rank - 1]) / 2 / STUDIES;
    }
    return half;
}

static void epochs_without_an_effect_cost_no_tenth_of_the_precision(void)
{
    static const int epochs[] = { 8, 16, 40 }, rounds[] = { 1, 3, 5 };

    for (int e = 0; e < 3; e++)
        for (int r = 0; r < 3; r++) {
            const variances v = { 1, epochs[e], rounds[r], 0.02, 0.0, 0.0 };
            double half, without = half_without(&v, 7);

            coverage(&v, 7, &half);
            printf("\n    %2d epochs of %d rounds: %.3f of the width", epochs[e], rounds[r],
                   half / without);
            CU_ASSERT(half <= 1.1 * without);
        }
}

/* The median of one more run lies in the interval. */
static void the_next_run_lies_in_the_interval_of_runs(void)
{
    static const int runs[] = { 3, 5, 10 };
    static const double between[] = { 0.0, 1.0, 5.0 };

    for (int n = 0; n < 3; n++)
        for (int b = 0; b < 3; b++) {
            const variances v = { runs[n], 12, 1, 0.02, 0.01, 0.02 * between[b] };
            variances next = v;
            study s = { .state = (uint64_t)(31 * n + b) }, more = { .state = 99 };
            int held = 0;

            next.runs = 1;
            for (int i = 0; i < STUDIES; i++) {
                rxt_sample sample = measure(&s, &v), one = measure(&more, &next);

                held += sample.low <= one.median && one.median <= sample.high;
            }
            printf("\n    %2d runs, runs / rounds %.0f: the next one lies inside in %.1f %%",
                   runs[n], between[b], 100.0 * held / STUDIES);
            CU_ASSERT(held >= at_least(0.95));
        }
}

/* ---- chance ---- */

static void chance_is_that_of_the_signs(void)
{
    const double value[] = { 1.1, 1.2, 1.3, 0.9, 1.1, 1.2, 1.3, 1.4 };
    rxt_chance c = rxt_chance_of(&(rxt_rounds){ .count = 8 }, value, NULL, 1.0);

    CU_ASSERT_EQUAL(c.pairs, 8);
    CU_ASSERT_DOUBLE_EQUAL(c.above, 9.0 / 256, 1e-12); /* at most one of 8 below */
    CU_ASSERT_DOUBLE_EQUAL(c.below, 255.0 / 256, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(rxt_chance_of(&(rxt_rounds){ .count = 8 }, value, NULL, 0.5).above, 1.0,
                           1e-12);
}

static void chance_of_few_runs_is_students(void)
{
    const double value[] = { exp(0.1), exp(0.2), exp(0.3) };
    const int run[] = { 0, 1, 2 };
    const rxt_rounds rounds = { .count = 3, .run = run };
    double t = 0.2 / (0.1 / sqrt(3.0));
    rxt_chance c = rxt_chance_of(&rounds, value, NULL, 1.0);

    CU_ASSERT_DOUBLE_EQUAL(c.above, 0.5 * (1 - rxt_student_within(2, t)), 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(c.above + c.below, 1.0, 1e-12);
}

/* Values of the table in Student (1908) as printed by Abramowitz & Stegun, 26.10. */
static void students_quantiles_are_those_of_the_table(void)
{
    static const struct {
        int freedom;
        double coverage, t;
    } table[] = { { 1, 0.95, 12.706 }, { 2, 0.95, 4.303 },  { 3, 0.95, 3.182 },
                  { 4, 0.95, 2.776 },  { 9, 0.95, 2.262 },  { 10, 0.99, 3.169 },
                  { 30, 0.99, 2.750 }, { 120, 0.95, 1.980 } };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        CU_ASSERT_DOUBLE_EQUAL(rxt_student_quantile(table[i].freedom, table[i].coverage),
                               table[i].t, 5e-4);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "rounds that are alike are the units", rounds_that_are_alike_are_the_units },
        { "epochs that differ are the units", epochs_that_differ_are_the_units },
        { "stretches that differ are the units", stretches_that_differ_are_the_units },
        { "three runs are units and two are not", three_runs_are_units_and_two_are_not },
        { "what was not measured has no unit", what_was_not_measured_has_no_unit },
        { "medians are those of the runs", medians_are_those_of_the_runs },
        { "intervals hold for all mixtures of variances",
          intervals_hold_for_all_mixtures_of_variances },
        { "epochs without an effect cost no tenth of the precision",
          epochs_without_an_effect_cost_no_tenth_of_the_precision },
        { "the next run lies in the interval of runs", the_next_run_lies_in_the_interval_of_runs },
        { "chance is that of the signs", chance_is_that_of_the_signs },
        { "chance of few runs is Student's", chance_of_few_runs_is_students },
        { "Student's quantiles are those of the table", students_quantiles_are_those_of_the_table },
        CU_TEST_INFO_NULL,
    };

    return suite_run("groups", tests);
}
