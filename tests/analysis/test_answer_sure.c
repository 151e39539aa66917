/* test_answer_sure.c - the claims of an answer about several rows hold simultaneously. */
#include "plants.h"

#include "noises.h"
#include "random.h"
#include "suite.h"

static const double counter[10] = { -.5, .1, -.9, .9, .3, -.7, .5, .7, -.3, -.1 };

/* Gives every row but the first independent noise of 2 %. */
static void scatter(plant *p)
{
    noises z = { .state = 42 };

    for (int i = 1; i < p->rows.count; i++)
        for (int r = 0; r < p->rows.rounds; r++)
            p->seconds[i][r] *= exp(0.02 * random_normal(&z.state));
}

static void intervals_of_many_are_wider_than_of_one(void)
{
    plant *p = start();
    const rxt_answer *a;

    add(p, 1, 1, 1, flat, 0);
    add(p, 1, 2, 1.6, wave, 0.02);
    a = answer(p);
    CU_ASSERT_TRUE(a->simultaneous);
    CU_ASSERT_EQUAL(a->speedup[1].low, p->row[1].speedup.low);
    CU_ASSERT_EQUAL(a->speedup[1].high, p->row[1].speedup.high);
    rxt_answers_free(&p->answers);
    for (int i = 2; i < 10; i++)
        add(p, 1, 2 * i, 1.6 / i, flat, 0);
    scatter(p);
    a = answer(p);
    CU_ASSERT_TRUE(a->simultaneous);
    CU_ASSERT(a->speedup[1].low < p->row[1].speedup.low);
    CU_ASSERT(a->speedup[1].high > p->row[1].speedup.high);
    CU_ASSERT_EQUAL(a->speedup[1].median, p->row[1].speedup.median);
    CU_ASSERT_EQUAL(a->speedup[0].low, 1.0);
    finish(p);
}

/* With 6 rounds, even the intervals from the smallest to the largest ratio do not hold
 * simultaneously for three splits with noise. So the interval is that of the chosen split alone. */
static void with_few_rounds_the_interval_is_the_chosen_ones_own(void)
{
    plant *p = start();
    const rxt_answer *a;

    p->rows.rounds = 6;
    add(p, 1, 1, 1, flat, 0);
    add(p, 1, 2, 1.6, flat, 0);
    add(p, 1, 4, 1.2, flat, 0);
    add(p, 1, 8, 1.1, flat, 0);
    scatter(p);
    a = answer(p);
    CU_ASSERT_FALSE(a->simultaneous);
    CU_ASSERT_EQUAL(a->speedup[1].low, p->row[1].speedup.low);
    CU_ASSERT_PTR_NOT_NULL(strstr(a->text, "The interval is valid for this split alone"));
    finish(p);
}

static void the_fewest_workers_are_those_surely_within_two_percent(void)
{
    plant *p = start();
    const rxt_answer *a;

    add(p, 1, 1, 1, flat, 0);
    add(p, 1, 2, 1.85, wave, 0.2); /* maybe within 2 %, but not surely */
    add(p, 1, 4, 1.985, wave, 0.002);
    add(p, 4, 1, 1.98, counter, 0.002);
    add(p, 1, 8, 2, flat, 0);
    a = answer(p);
    CU_ASSERT_EQUAL(a->fastest, 4);
    CU_ASSERT_EQUAL(a->fewest, 2);
    CU_ASSERT(a->loss.high <= 1.02 && a->loss.median > 1);
    CU_ASSERT_PTR_NOT_NULL(
        strstr(a->text, "1×4 is within 2 % of the fastest with 4 workers instead of 8."));
    finish(p);
}

static void the_fastest_may_have_the_fewest_workers(void)
{
    plant *p = start();
    const rxt_answer *a;

    add(p, 1, 1, 1, flat, 0);
    add(p, 1, 2, 1.9, wave, 0.01);
    add(p, 1, 4, 1.8, wave, 0.01);
    a = answer(p);
    CU_ASSERT_EQUAL(a->fewest, 1);
    CU_ASSERT_EQUAL(a->loss.median, 1.0);
    CU_ASSERT_PTR_NULL(strstr(a->text, "within"));
    finish(p);
}

/* Among the splits with the same number of workers and of nodes, each is compared with the one that
 * has the fewest ranks. */
static void threads_are_held_against_processes(void)
{
    plant *p = start();
    const rxt_answer *a;
    char text[RXT_SENTENCE];

    add(p, 1, 1, 1, flat, 0);
    add(p, 1, 2, 1.5, wave, 0.01);
    add(p, 2, 1, 1.5, wave, 0.01);
    add(p, 1, 4, 1.6, flat, 0);
    add(p, 2, 2, 1.7, flat, 0);
    add(p, 4, 1, 2, flat, 0);
    add(p, 4, 1, 2.2, flat, 0)->split.nodes = 2;
    a = answer(p);
    CU_ASSERT_EQUAL_FATAL(a->contrasts, 3);
    for (int c = 0; c < 3; c++) {
        CU_ASSERT_EQUAL(a->contrast[c].threads, c == 0 ? 1 : 3);
        CU_ASSERT_EQUAL(a->contrast[c].ranks, c == 0 ? 2 : 3 + c);
    }
    CU_ASSERT_DOUBLE_EQUAL(a->contrast[2].gain.median, 0.8, 1e-9);
    rxt_answer_contrasts_text(a, text);
    CU_ASSERT_STRING_EQUAL(text, "1×2 1.00× [1.00 1.00] as fast as 2×1, 2×2 1.06× [1.06 1.06] as "
                                 "fast as 1×4, 4×1 1.25× [1.25 1.25] as fast as 1×4");
    CU_ASSERT_PTR_NULL(strstr(a->text, "With the same")); /* only 4×1@2 has 4 workers on 2 nodes */
    finish(p);
}

static void a_difference_of_the_same_workers_is_said(void)
{
    plant *p = start();

    add(p, 1, 1, 1, flat, 0);
    add(p, 1, 4, 1.6, flat, 0);
    add(p, 2, 2, 1.7, flat, 0);
    add(p, 4, 1, 2, flat, 0);
    said(answer(p), "n = 10M   4×1 is fastest: 2.00× [2.00 2.00] against 1×1. With the same 4 "
                    "workers, 4×1 is 1.25× [1.25 1.25] as fast as 1×4.");
    finish(p);
}

/* Two workers do twice the work in 1.25 times the time, so their rate is 1.6 times as high. */
static void weak_scaling_compares_rates(void)
{
    plant *p = start();
    const rxt_answer *a;

    add(p, 1, 1, 1, flat, 0)->scaling = "weak";
    add(p, 1, 2, 0.8, wave, 0.02)->scaling = "weak";
    add(p, 2, 1, 0.7, wave, 0.02)->scaling = "weak";
    a = answer(p);
    CU_ASSERT(!a->tied[0] && a->tied[1] && !a->tied[2]);
    CU_ASSERT_DOUBLE_EQUAL(a->speedup[1].median, 1.6, 0.01);
    CU_ASSERT(a->speedup[1].low > 1.5 && a->speedup[1].high < 1.7);
    CU_ASSERT_DOUBLE_EQUAL(a->contrast[0].gain.median, 0.8 / 0.7, 1e-6);
    finish(p);
}

/* The interval and the set of ties must agree: the baseline is a tie unless the speedup of another
 * split is surely above 1. */
static void the_baseline_is_tied_unless_it_is_beaten(void)
{
    plant *p = start();
    const rxt_answer *a;

    for (double speedup = 0.98; speedup < 1.04; speedup += 0.002) {
        bool beaten = false;

        p->rows.count = 0;
        add(p, 1, 1, 1, flat, 0);
        add(p, 1, 2, speedup, wave, 0.03);
        add(p, 2, 1, 1.001, counter, 0.03);
        a = answer(p);
        for (int i = 1; i < 3; i++)
            beaten = beaten || a->speedup[i].low > 1.0;
        CU_ASSERT_EQUAL(a->tied[0], !beaten);
        CU_ASSERT_EQUAL(a->nothing_beats + a->undecided + beaten, 1);
        rxt_answers_free(&p->answers);
    }
    finish(p);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "intervals of many are wider than of one", intervals_of_many_are_wider_than_of_one },
        { "with few rounds the interval is the chosen one's own",
          with_few_rounds_the_interval_is_the_chosen_ones_own },
        { "the fewest workers are those surely within 2 %",
          the_fewest_workers_are_those_surely_within_two_percent },
        { "the fastest may have the fewest workers", the_fastest_may_have_the_fewest_workers },
        { "threads are held against processes", threads_are_held_against_processes },
        { "a difference of the same workers is said", a_difference_of_the_same_workers_is_said },
        { "weak scaling compares rates", weak_scaling_compares_rates },
        { "the baseline is tied unless it is beaten", the_baseline_is_tied_unless_it_is_beaten },
        CU_TEST_INFO_NULL,
    };

    return suite_run("answers about several rows", tests);
}
