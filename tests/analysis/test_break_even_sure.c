/* test_break_even_sure.c - no measured interval contradicts the sentence about a break-even size,
 * for any shape of the curve and any number of rounds. */
#include "break_even_curves.h"

#include <stdio.h>
#include <string.h>

#include "analysis/answer.h"

#include "suite.h"

/* For even = 1e5: two workers are slower up to n = 3.2e4, faster up to 3.2e7, and slower again. */
static double crosses_twice(double n, double even)
{
    double x = log(n / 1e3) / log(even / 1e3);

    return n * (1.0 + 0.05 * cos(3.14159265358979323846 * 2.0 * x / 3.0));
}

/* Two workers are faster except near n = `even`. */
static double dips(double n, double even)
{
    double x = log(n / even);

    return n / 1.06 * (1.0 + 0.1 * exp(-x * x));
}

static double at_one(double n, double even)
{
    (void)even;
    return n;
}

static const curve odd[] = {
    { "crosses twice", linear, crosses_twice },
    { "dips once", linear, dips },
    { "lies at 1", linear, at_one },
    { "overhead", linear, halved },
};
enum { ODD = sizeof odd / sizeof odd[0], SIZES = 6 };

/* For each size, the interval of the paired ratio: 1, it lies above 1; -1, below 1; 0, it contains
 * 1. A reader sees these intervals next to the sentence. */
static int sides(const planted_study *s, int side[])
{
    int sizes = s->rows.count / 2;

    for (int i = 0; i < sizes; i++) {
        rxt_sample gain =
            rxt_row_ratio(s->rows.rounds, &s->rows.row[2 * i], &s->rows.row[2 * i + 1]);

        side[i] = gain.low > 1.0 ? 1 : gain.high < 1.0 ? -1 : 0;
    }
    return sizes;
}

/* What the sentence says about size n: 1, more workers pay; -1, more workers do not pay; 0,
 * nothing. */
static int said_of(const rxt_break_even *found, ptrdiff_t n)
{
    if (found->pays == RXT_PAYS_UNDECIDED || found->pays == RXT_PAYS_NOWHERE)
        return found->pays == RXT_PAYS_NOWHERE || n <= found->low ? -1 : 0;
    if (n == found->also || (n >= found->high && n <= found->until))
        return 1;
    if (n == found->beyond)
        return found->lost ? -1 : 0;
    if (n > found->until || n <= found->low)
        return -1;
    return found->low >= 0 && (double)n < found->n ? -1 : 0;
}

/* The sentence says nothing about size n: must it name the interval there as an exception? Yes if
 * the sentence is "undecided", or if more workers are slower at n. If they are faster: only if the
 * sentence says "at the latest" (low < 0), and more workers are slower at a larger size, and the
 * sentence does not name n as `beyond`. */
static bool is_news(const rxt_break_even *found, ptrdiff_t n, int side)
{
    if (found->pays == RXT_PAYS_UNDECIDED || side < 0)
        return true;
    return n != found->beyond && found->low < 0 && n < found->slower;
}

/* Must the list of exceptions name this size, because its interval contradicts the sentence, or
 * shows something that the sentence does not say? */
static bool is_exception(const rxt_break_even *found, ptrdiff_t n, int side)
{
    int said = said_of(found, n);

    return side != 0 && side != said && (said != 0 || is_news(found, n, side));
}

/* If the sentence names a size as not paying, the interval there must lie below 1; if the sentence
 * names it as paying, above 1. An exception could not correct such a sentence. */
static bool is_named_wrongly(const rxt_break_even *found, ptrdiff_t n, int side)
{
    bool named = n == found->low || n == found->between || (found->lost && n == found->beyond) ||
                 found->pays == RXT_PAYS_NOWHERE;

    return (named && side >= 0) || (n == found->also && side <= 0) ||
           (said_of(found, n) > 0 && side < 0);
}

/* Does the sentence contradict an interval, or does it have other exceptions than expected? */
static bool contradicted(const planted_study *s, const rxt_break_even *found)
{
    int side[CURVE_SIZES], sizes = sides(s, side), fasters = 0, slowers = 0;
    ptrdiff_t faster = -1, slower = -1;
    bool wrongly = false;

    for (int i = 0; i < sizes; i++) {
        ptrdiff_t n = s->rows.row[2 * i].n;

        wrongly = wrongly || is_named_wrongly(found, n, side[i]);
        if (!is_exception(found, n, side[i]))
            continue;
        fasters += side[i] > 0;
        slowers += side[i] < 0;
        *(side[i] > 0 ? &faster : &slower) = n;
    }
    return wrongly || faster != found->faster || fasters != found->fasters ||
           slower != found->slower || slowers != found->slowers;
}

static bool one_study(const curve *c, int rounds, double sigma, uint64_t seed)
{
    const scatter noise = { .sigma = sigma, .rounds = rounds, .often = 0.1, .spike = 1.3 };
    planted_study *s = study_of(seed, &noise);
    rxt_break_even found = { 0 };
    bool right;

    CU_ASSERT_FATAL(s && s->seconds);
    for (int i = 0; i < SIZES; i++)
        plant_size(s, c, 1e3 * pow(10.0, i), 1e5, &noise);
    right = !found_in(s, &found) || !contradicted(s, &found);
    study_end(s);
    return right;
}

static void no_interval_contradicts_what_is_said(void)
{
    static const double sigmas[] = { 0.003, 0.01, 0.03 };
    int wrong = 0;

    for (int c = 0; c < ODD; c++)
        for (int rounds = 6; rounds <= 40; rounds++)
            for (int k = 0; k < 3; k++)
                for (int seed = 1; seed <= 12; seed++)
                    if (!one_study(&odd[c], rounds, sigmas[k], (uint64_t)seed * 15485863u)) {
                        printf("\n    %s, %d rounds, sigma %g, seed %d", odd[c].name, rounds,
                               sigmas[k], seed);
                        wrong++;
                    }
    CU_ASSERT_EQUAL(wrong, 0);
}

/* ---- the sentence ---- */

/* The sizes are 1k, 10k and so on. Two threads have this speedup, but in `against` of the rounds
 * its reciprocal. */
typedef struct size {
    double speedup;
    int against;
} size;

static void tells(int rounds, int sizes, const size of[], const char *text)
{
    const scatter still = { .sigma = 0, .rounds = rounds };
    planted_study *s = study_of(1, &still);
    rxt_break_even_list list;
    char found[RXT_SENTENCE];

    CU_ASSERT_FATAL(s && s->seconds);
    for (int i = 0; i < sizes; i++) {
        double n = 1e3 * pow(10.0, i), *one = s->seconds + (size_t)(2 * i) * (size_t)rounds;

        plant_row(s, n, 1, &still, n);
        plant_row(s, n, 2, &still, n / of[i].speedup);
        for (int r = 0; r < rounds; r++)
            one[r] *=
                r < of[i].against ? 1 / of[i].speedup / of[i].speedup : 1.0 + 1e-4 * ((7 * r) % 10);
    }
    CU_ASSERT_PTR_NULL_FATAL(rxt_break_even_of(&s->rows, &list));
    rxt_break_even_text(&s->rows, list.of, found);
    CU_ASSERT_STRING_EQUAL(found, text);
    if (strcmp(found, text) != 0)
        printf("\n    said \"%s\"", found);
    rxt_break_even_free(&list);
    study_end(s);
}

/* Two threads are slower in 9 of 10 rounds at 10k. The interval there lies below 1, although a test
 * of three sizes together would not be sure. */
static void a_size_that_lost_by_its_own_interval_is_named(void)
{
    tells(10, 3, (size[]){ { 1.2, 0 }, { 0.97, 1 }, { 1.5, 0 } },
          "Two threads pay from n = 100k at the latest, though faster at n = 1k and slower at n = "
          "10k.");
    tells(10, 3, (size[]){ { 1.001, 4 }, { 0.97, 1 }, { 1.5, 0 } },
          "Two threads pay from n = 100k at the latest, though slower at n = 10k.");
    tells(10, 4, (size[]){ { 1.001, 4 }, { 0.97, 1 }, { 0.97, 1 }, { 1.5, 0 } },
          "Two threads pay from n = 1M at the latest, though slower at 2 sizes, the largest n = "
          "100k.");
    tells(10, 4, (size[]){ { 0.8, 0 }, { 1.001, 4 }, { 0.97, 1 }, { 1.5, 0 } },
          "Two threads pay from n ≈ 108k [1k 1M], though slower at n = 100k.");
}

/* Two threads are faster in 9 of 10 rounds at one size. The interval there lies above 1; at the
 * next size they surely do not pay. */
static void a_size_that_won_by_its_own_interval_is_named(void)
{
    tells(10, 3, (size[]){ { 1.03, 1 }, { 0.8, 0 }, { 1.5, 0 } },
          "Two threads pay from n ≈ 16.3k [10k 100k], though faster at n = 1k.");
    tells(10, 5, (size[]){ { 0.8, 0 }, { 1.5, 0 }, { 0.8, 0 }, { 1.03, 1 }, { 1.001, 4 } },
          "Two threads pay from n ≈ 1630 [1k 10k] up to n = 10k but not at n = 100k, though faster "
          "at n = 1M.");
}

/* At the middle one of three sizes two threads are faster, or slower, in 6 of 6 rounds: enough to
 * be sure of one size alone, but not of three sizes together. */
static void a_size_that_is_sure_alone_is_no_undecided_one(void)
{
    static const double speedup[][3] = { { 1, 1.5, 1 }, { 1, .7, 1 }, { .5, 1.5, 1 } };
    static const char *const said[] = {
        "Two threads may pay or not, though faster at n = 10k.",
        "Two threads may pay or not, though slower at n = 10k.",
        "Two threads do not pay up to n = 1k and may pay or not beyond, though faster at n = 10k.",
    };
    const scatter still = { .sigma = 0, .rounds = 6 };
    char text[RXT_SENTENCE];

    for (int c = 0; c < 3; c++) {
        planted_study *s = study_of(1, &still);
        rxt_break_even_list list;

        CU_ASSERT_FATAL(s && s->seconds);
        for (int i = 0; i < 3; i++) {
            double n = 1e3 * pow(10.0, i);

            plant_row(s, n, 1, &still, n);
            plant_row(s, n, 2, &still, n / speedup[c][i]);
        }
        for (int r = 0; r < 6; r++)
            for (int i = 0; i < 3; i++)
                s->seconds[6 * (2 * i) + r] *= r % 2 ? 1.01 : 0.99;
        CU_ASSERT_PTR_NULL_FATAL(rxt_break_even_of(&s->rows, &list));
        rxt_break_even_text(&s->rows, list.of, text);
        CU_ASSERT_STRING_EQUAL(text, said[c]);
        if (strcmp(text, said[c]) != 0)
            printf("\n    said \"%s\"", text);
        rxt_break_even_free(&list);
        study_end(s);
    }
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "no interval contradicts what is said", no_interval_contradicts_what_is_said },
        { "a size that lost by its own interval is named",
          a_size_that_lost_by_its_own_interval_is_named },
        { "a size that won by its own interval is named",
          a_size_that_won_by_its_own_interval_is_named },
        { "a size that is sure alone is no undecided one",
          a_size_that_is_sure_alone_is_no_undecided_one },
        CU_TEST_INFO_NULL,
    };

    return suite_run("break_even_sure", tests);
}
