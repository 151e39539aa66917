/* test_break_even.c - the break-even size of synthetic curves, and the sentence about it. */
#include "plants.h"

#include "base/list.h"

#include "break_even_curves.h"
#include "suite.h"

/* Speedups of two threads and of two processes at size n; 0: not measured. n = 0 ends the list. */
typedef struct size {
    ptrdiff_t n;
    double threads, processes, spread;
} size;

static void add_size(plant *p, const size *x)
{
    add(p, 1, 1, 1, flat, 0)->n = x->n;
    if (x->threads > 0)
        add(p, 1, 2, x->threads, wave, x->spread)->n = x->n;
    if (x->processes > 0)
        add(p, 2, 1, x->processes, wave, x->spread)->n = x->n;
}

static plant *planted_sizes(const size sizes[])
{
    plant *p = start();

    for (const size *x = sizes; x->n; x++)
        add_size(p, x);
    answer(p);
    return p;
}

static void sentence_is(const plant *p, int i, const char *text)
{
    char found[RXT_SENTENCE];

    CU_ASSERT_FATAL(i < p->answers.break_even.count);
    rxt_break_even_text(&p->rows, &p->answers.break_even.of[i], found);
    if (strcmp(found, text) != 0)
        printf("\n    said     \"%s\"\n    expected \"%s\"", found, text);
    CU_ASSERT_STRING_EQUAL(found, text);
}

static void tells(const size sizes[], const char *text)
{
    plant *p = planted_sizes(sizes);

    CU_ASSERT_EQUAL(p->answers.break_even.count, 1);
    sentence_is(p, 0, text);
    finish(p);
}

static void threads_and_processes_have_each_their_own(void)
{
    tells((size[]){ { 8000, .4, .8, 0 },
                    { 16000, .7, 1.2, 0 },
                    { 27000, .9, 1.5, 0 },
                    { 36000, 1.1, 1.7, 0 },
                    { 0 } },
          "Two threads pay from n ≈ 31k [27k 36k], two processes from n ≈ 11.4k [8k 16k].");
}

static void one_axis_is_said_alone(void)
{
    tells((size[]){ { 1000, .5, 0, 0 }, { 4000, 1.6, 0, 0 }, { 0 } },
          "Two threads pay from n ≈ 2.2k [1k 4k].");
    tells((size[]){ { 1000, 0, .5, 0 }, { 4000, 0, 1.6, 0 }, { 0 } },
          "Two processes pay from n ≈ 2.2k [1k 4k].");
}

/* The ends that are printed are rounded outwards, so the measured sizes lie between them. */
static void ends_are_rounded_outwards(void)
{
    tells((size[]){ { 23487, .5, 0, 0 }, { 45123, 1.6, 0, 0 }, { 0 } },
          "Two threads pay from n ≈ 36k [23k 46k].");
    tells((size[]){ { 11274, .9, 0, 0 }, { 12391, 1.1, 0, 0 }, { 0 } },
          "Two threads pay from n ≈ 11.9k [11.2k 12.4k].");
}

static void everywhere_and_nowhere_are_said(void)
{
    tells((size[]){ { 1000, 1.2, .5, 0 }, { 1000000, 1.6, .8, 0 }, { 0 } },
          "Two threads pay from n = 1k, the smallest size measured, or from a smaller n, two "
          "processes do not pay up to n = 1M.");
}

static void what_is_not_sure_opens_the_bracket(void)
{
    tells((size[]){ { 1000, .99, 0, .1 }, { 10000, 1.3, 0, .1 }, { 0 } },
          "Two threads pay from n = 10k at the latest.");
    tells((size[]){ { 1000, .5, 0, .1 }, { 10000, 1.01, 0, .1 }, { 0 } },
          "Two threads do not pay up to n = 1k and may pay or not beyond.");
    tells((size[]){ { 1000, .99, 0, .1 }, { 10000, 1.01, 0, .1 }, { 0 } },
          "Two threads may pay or not at every size.");
}

static void an_unsure_size_at_the_crossing_lies_within_the_bracket(void)
{
    tells((size[]){ { 1000, .5, 0, .1 }, { 2000, .99, 0, .1 }, { 4000, 1.6, 0, .1 }, { 0 } },
          "Two threads pay from n ≈ 2k [1k 4k].");
}

/* At n = 4k noise makes the interval contain 1; that two threads pay at 2k is sure nevertheless. */
static void an_unsure_size_beyond_the_crossing_is_passed_over(void)
{
    plant *p = planted_sizes((size[]){ { 1000, .5, 0, 0 },
                                       { 2000, 1.5, 0, 0 },
                                       { 4000, 1.1, 0, .5 },
                                       { 8000, 1.7, 0, 0 },
                                       { 0 } });

    CU_ASSERT(p->row[5].speedup.low < 1);
    sentence_is(p, 0, "Two threads pay from n ≈ 1.6k [1k 2k].");
    finish(p);
}

static void sizes_at_which_they_pay_no_longer_are_named(void)
{
    tells((size[]){ { 1000, .5, 0, 0 }, { 2000, 1.5, 0, 0 }, { 4000, .8, 0, 0 }, { 0 } },
          "Two threads pay from n ≈ 1.6k [1k 2k] up to n = 2k but not at n = 4k.");
    tells((size[]){ { 1000, .5, 0, 0 }, { 2000, 1.5, 0, 0 }, { 4000, 1.01, 0, .2 }, { 0 } },
          "Two threads pay from n ≈ 1.6k [1k 2k] up to n = 2k and perhaps at n = 4k.");
}

static void a_gap_among_sizes_that_pay_is_named(void)
{
    tells((size[]){ { 1000, 1.5, 0, 0 }, { 2000, .5, 0, 0 }, { 4000, 1.6, 0, 0 }, { 0 } },
          "Two threads pay from n ≈ 3.1k [2k 4k], also at n = 1k but not at n = 2k.");
}

static void the_order_of_sizes_does_not_matter(void)
{
    tells((size[]){ { 36000, 1.1, 0, 0 }, { 8000, .4, 0, 0 }, { 27000, .9, 0, 0 }, { 0 } },
          "Two threads pay from n ≈ 31k [27k 36k].");
}

static void a_size_that_comes_twice_counts_once(void)
{
    tells((size[]){ { 1000, .5, 0, 0 }, { 4000, 1.6, 0, 0 }, { 4000, .2, 0, 0 }, { 0 } },
          "Two threads pay from n ≈ 2.2k [1k 4k].");
}

static void one_size_has_no_break_even(void)
{
    plant *p = planted_sizes((size[]){ { 1000, .5, .5, 0 }, { 0 } });

    CU_ASSERT_EQUAL(p->answers.break_even.count, 0);
    finish(p);
}

static void no_rows_have_none(void)
{
    rxt_rows rows = { 0 };
    rxt_break_even_list list;

    CU_ASSERT_PTR_NULL(rxt_break_even_of(&rows, &list));
    CU_ASSERT_EQUAL(list.count, 0);
    rxt_break_even_free(&list);
}

static void fewer_than_six_rounds_decide_nothing(void)
{
    plant *p = planted_sizes((size[]){ { 1000, .5, 0, 0 }, { 4000, 1.6, 0, 0 }, { 0 } });

    for (int i = 0; i < p->rows.count; i++)
        for (int r = 5; r < ROUNDS; r++)
            p->seconds[i][r] = NAN;
    rxt_answers_free(&p->answers);
    answer(p);
    sentence_is(p, 0, "Two threads may pay or not (fewer than 6 rounds).");
    finish(p);
}

/* A row is not compared if its result or the result of its baseline is wrong. */
static void wrong_rows_and_sizes_without_a_baseline_do_not_count(void)
{
    plant *p = planted_sizes((size[]){ { 1000, .5, 0, 0 },
                                       { 2000, 1.5, 0, 0 },
                                       { 4000, .5, 0, 0 },
                                       { 8000, 1.6, 0, 0 },
                                       { 16000, .5, 0, 0 },
                                       { 0 } });

    p->row[2].verified = p->row[5].verified = p->row[9].verified = false;
    rxt_answers_free(&p->answers);
    answer(p);
    sentence_is(p, 0, "Two threads pay from n ≈ 2.8k [1k 8k].");
    CU_ASSERT_EQUAL(p->answers.break_even.of[0].threads.last, 8000);
    finish(p);
}

static void the_fewest_threads_are_compared(void)
{
    plant *p = start();

    for (ptrdiff_t n = 1000; n <= 16000; n *= 4) {
        add(p, 1, 1, 1, flat, 0)->n = n;
        add(p, 1, 16, n > 1000 ? 4 : 2, flat, 0)->n = n;
        add(p, 1, 3, n > 4000 ? 2 : .5, flat, 0)->n = n;
        add(p, 16, 1, n > 4000 ? 2 : .5, flat, 0)->n = n;
        add(p, 2, 2, 3, flat, 0)->n = n;
    }
    answer(p);
    sentence_is(p, 0, "Three threads pay from n ≈ 8k [4k 16k], 16 processes from n ≈ 8k [4k 16k].");
    finish(p);
}

/* The study's baseline is 2×1, but a break-even size always compares with 1×1. */
static void it_is_against_one_by_one_whatever_the_baseline(void)
{
    plant *p = planted_sizes((size[]){ { 1000, .5, .4, 0 }, { 4000, 1.6, .3, 0 }, { 0 } });

    for (int i = 0; i < p->rows.count; i++)
        p->row[i].baseline = (rxt_split){ 1, 2, 1 };
    rxt_answers_free(&p->answers);
    answer(p);
    sentence_is(p, 0,
                "Two threads pay from n ≈ 2.2k [1k 4k], two processes do not pay up to n = 4k.");
    finish(p);
}

static void kernels_and_teams_are_told_apart(void)
{
    plant *p = start();

    for (int k = 0; k < 2; k++)
        for (ptrdiff_t n = 1000; n <= 4000; n *= 4) {
            int first = p->rows.count;

            add_size(p, &(size){ n, n > 1000 ? 1.6 : .5, 0, 0 });
            add(p, 1, 2, n > 1000 ? 1.6 : 1.2, flat, 0)->n = n;
            p->row[first + 2].team = "resident";
            for (int i = first; k && i < p->rows.count; i++)
                p->row[i].kernel = "sum";
        }
    answer(p);
    CU_ASSERT_EQUAL(p->answers.break_even.count, 4);
    sentence_is(p, 0, "dot, team forkjoin: two threads pay from n ≈ 2.2k [1k 4k].");
    sentence_is(p, 3,
                "sum, team resident: two threads pay from n = 1k, the smallest size measured, or "
                "from a smaller n.");
    finish(p);
}

/* In weak scaling the ratio is a ratio of rates, because two workers do twice the work. */
static void in_weak_scaling_sizes_are_a_workers(void)
{
    plant *p = planted_sizes((size[]){ { 1000, .25, 0, 0 }, { 4000, .8, 0, 0 }, { 0 } });

    for (int i = 0; i < p->rows.count; i++)
        p->row[i].scaling = "weak";
    rxt_answers_free(&p->answers);
    answer(p);
    sentence_is(p, 0, "Two threads pay from n ≈ 2.2k per worker [1k 4k].");
    finish(p);
}

/* T(1) = 3 n and T(2) = 1.2 n + 1800 are equal at 1000 elements. */
static void overhead_that_is_constant_is_met_exactly(void)
{
    double at[] = { 3. * 10 / (12 + 1800), 3e6 / (1.2e6 + 1800) };

    CU_ASSERT_DOUBLE_EQUAL(rxt_break_even_between(10, at[0], 1000000, at[1]), 1000, 1e-6);
}

static void it_is_known_when_its_bracket_is_narrow(void)
{
    rxt_break_even found = { .pays = RXT_PAYS_FROM, .n = 1000, .low = 905, .high = 1095 };

    CU_ASSERT_TRUE(rxt_break_even_known(&found, 0.1));
    found.high = 1105;
    CU_ASSERT_FALSE(rxt_break_even_known(&found, 0.1));
    found = (rxt_break_even){ .pays = RXT_PAYS_FROM, .n = NAN, .low = -1, .high = 1000 };
    CU_ASSERT_FALSE(rxt_break_even_known(&found, 0.1));
    found.pays = RXT_PAYS_UNDECIDED;
    CU_ASSERT_FALSE(rxt_break_even_known(&found, 0.1));
    found.pays = RXT_PAYS_NOWHERE;
    CU_ASSERT_TRUE(rxt_break_even_known(&found, 0.1));
}

/* 100 and 1600 are measured. The next size must lie in the bracket, and its ratio to the nearest
 * measured size must be as large as possible. */
static void the_middle_of_the_widest_gap_is_next(void)
{
    const ptrdiff_t n[] = { 100, 1600, 200, 400, 800, 440 };
    bool measured[] = { true, true, false, false, false, false };
    rxt_break_even found = { .pays = RXT_PAYS_FROM, .n = 700, .low = 100, .high = 1600 };

    CU_ASSERT_EQUAL(rxt_break_even_next(&found, 0.1, 6, n, measured), 3);
    measured[3] = true;
    CU_ASSERT_EQUAL(rxt_break_even_next(&found, 0.1, 6, n, measured), 2);
    found.low = 400; /* 400 is decided: the new lower end of the bracket */
    CU_ASSERT_EQUAL(rxt_break_even_next(&found, 0.1, 6, n, measured), 4);
    CU_ASSERT_FALSE(rxt_break_even_within(&found, 0.1, 400));
    CU_ASSERT_TRUE(rxt_break_even_within(&found, 0.1, 440));
    measured[4] = measured[5] = true;
    CU_ASSERT_EQUAL(rxt_break_even_next(&found, 0.1, 6, n, measured), -1);
    measured[4] = false;
    found = (rxt_break_even){ .pays = RXT_PAYS_FROM, .n = 420, .low = 400, .high = 440 };
    CU_ASSERT_EQUAL(rxt_break_even_next(&found, 0.1, 6, n, measured), -1);
    found = (rxt_break_even){ .pays = RXT_PAYS_NOWHERE, .low = 1600, .high = -1 };
    CU_ASSERT_EQUAL(rxt_break_even_next(&found, 0.1, 6, n, measured), -1);
}

/* ---- does the interval contain the true size? ---- */

static const scatter noise = { .sigma = 0.02, .rounds = 30 };

/* The least number of successes to expect in `count` trials of a method that is right with
 * probability `right`: by chance there are fewer once in 10^6 (normal approximation). */
static int fewest(int count, double right)
{
    return (int)floor(count * right - 4.75 * sqrt(count * right * (1 - right)));
}

/* For every curve and grid, 93 of 100 intervals must contain the true size. */
static void planted_sizes_are_held(void)
{
    enum { SEEDS = 60 };

    for (int c = 0; c < CURVES; c++)
        for (int g = 0; g < GRIDS; g++) {
            int held = 0;

            for (int seed = 1; seed <= SEEDS; seed++) {
                rxt_break_even found = { 0 };
                double truth;

                held += study_on(&grids[g], &curves[c], &noise, (uint64_t)seed * 7919, &found,
                                 &truth) == HELD;
            }
            CU_ASSERT(held >= fewest(SEEDS, 0.93));
        }
}

static double same(double n, double even)
{
    return n + 0 * even;
}

/* Two threads are exactly as fast as one. A study may decide this only by chance, in 5 of 100
 * cases. */
static void what_makes_no_difference_is_undecided(void)
{
    enum { STUDIES = 400 };
    const curve tie = { "tie", same, same };
    int undecided = 0;

    for (int seed = 1; seed <= STUDIES; seed++) {
        planted_study *s = study_of((uint64_t)seed * 104729, &noise);
        rxt_break_even found = { 0 };

        for (double n = 1000; n < 2e6; n *= 2)
            plant_size(s, &tie, n, 1, &noise);
        CU_ASSERT_FATAL(found_in(s, &found));
        undecided += found.pays == RXT_PAYS_UNDECIDED;
        study_end(s);
    }
    CU_ASSERT(undecided >= fewest(STUDIES, 0.95));
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "threads and processes have each their own", threads_and_processes_have_each_their_own },
        { "one axis is said alone", one_axis_is_said_alone },
        { "ends are rounded outwards", ends_are_rounded_outwards },
        { "everywhere and nowhere are said", everywhere_and_nowhere_are_said },
        { "what is not sure opens the bracket", what_is_not_sure_opens_the_bracket },
        { "an unsure size at the crossing lies within the bracket",
          an_unsure_size_at_the_crossing_lies_within_the_bracket },
        { "an unsure size beyond the crossing is passed over",
          an_unsure_size_beyond_the_crossing_is_passed_over },
        { "sizes at which they pay no longer are named",
          sizes_at_which_they_pay_no_longer_are_named },
        { "a gap among sizes that pay is named", a_gap_among_sizes_that_pay_is_named },
        { "the order of sizes does not matter", the_order_of_sizes_does_not_matter },
        { "a size that comes twice counts once", a_size_that_comes_twice_counts_once },
        { "one size has no break-even", one_size_has_no_break_even },
        { "no rows have none", no_rows_have_none },
        { "fewer than six rounds decide nothing", fewer_than_six_rounds_decide_nothing },
        { "wrong rows and sizes without a baseline do not count",
          wrong_rows_and_sizes_without_a_baseline_do_not_count },
        { "the fewest threads are compared", the_fewest_threads_are_compared },
        { "it is against 1x1 whatever the baseline",
          it_is_against_one_by_one_whatever_the_baseline },
        { "kernels and teams are told apart", kernels_and_teams_are_told_apart },
        { "in weak scaling sizes are a worker's", in_weak_scaling_sizes_are_a_workers },
        { "overhead that is constant is met exactly", overhead_that_is_constant_is_met_exactly },
        { "it is known when its bracket is narrow", it_is_known_when_its_bracket_is_narrow },
        { "the middle of the widest gap is next", the_middle_of_the_widest_gap_is_next },
        { "planted sizes are held", planted_sizes_are_held },
        { "what makes no difference is undecided", what_makes_no_difference_is_undecided },
        CU_TEST_INFO_NULL,
    };

    return suite_run("break-even", tests);
}
