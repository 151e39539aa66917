/* break_even_curves.h - synthetic studies from curves with a known break-even size; they check
 * whether the interval that is found contains that size. */
#ifndef RXT_TESTS_BREAK_EVEN_CURVES_H
#define RXT_TESTS_BREAK_EVEN_CURVES_H

#include "analysis/break_even.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "random.h"

enum { CURVE_SIZES = 128 };

/* Times of one worker and of two, as functions of n, in a common arbitrary unit. Without other
 * effects the two curves cross at n = `even`. */
typedef struct curve {
    const char *name;
    double (*one)(double n, double even);
    double (*two)(double n, double even);
} curve;

/* Sizes from `first` to `last`; each is `factor` times the one before. */
typedef struct grid {
    const char *name;
    double first, last, factor;
} grid;

/* Noise of the times: lognormal with `sigma`; with probability `often` a visit takes `spike` times
 * as long. */
typedef struct scatter {
    double sigma, often, spike;
    int rounds;
} scatter;

/* ---- curves ---- */

static inline double linear(double n, double even)
{
    (void)even;
    return n;
}

static inline double halved(double n, double even)
{
    return n / 2 + even / 2;
}

/* The cost of n elements. Beyond the cache size `cache`, in elements, each element costs up to four
 * times as much. `stepped` has a cache of twice the break-even size. */
static inline double beyond_cache(double n, double cache)
{
    return n * (1 + 3 / (1 + pow(cache / n, 8)));
}

static inline double stepped(double n, double even)
{
    return beyond_cache(n, 2 * even);
}

static inline double halved_stepped(double n, double even)
{
    return beyond_cache(n / 2, 2 * even) + even / 2;
}

/* Two workers share a memory that gives them only 1.1 times the bandwidth of one. */
static inline double shared(double n, double even)
{
    return n / 1.1 + even * (1 - 1 / 1.1);
}

/* A fixed cost of every call, also for one worker. */
static inline double started(double n, double even)
{
    return n + even;
}

static inline double halved_started(double n, double even)
{
    return n / 2 + 1.5 * even;
}

/* From about 150 times the break-even size on, two workers are slower than one again. */
static inline double spoiled(double n, double even)
{
    return (n / 2 + even / 2) * (1 + 1.2 / (1 + pow(100 * even / n, 4)));
}

static const curve curves[] = {
    { "overhead", linear, halved },      { "cache step", stepped, halved_stepped },
    { "shared memory", linear, shared }, { "costly call", started, halved_started },
    { "falls again", linear, spoiled },
};
enum { CURVES = sizeof curves / sizeof curves[0] };

static const grid grids[] = {
    { "x100", 1e3, 1e7, 100 },
    { "x10", 1e3, 1e8, 10 },
    { "x2", 1e3, 1e7, 2 },
    { "x1.1", 1e4, 1e7, 1.1 },
};
enum { GRIDS = sizeof grids / sizeof grids[0] };

/* The size from which on two workers are faster, found by bisection. */
static inline double truth_of(const curve *c, double even)
{
    double low = even / 100, high = even * 1.5;

    for (int i = 0; i < 100; i++) {
        double middle = sqrt(low * high);

        if (c->two(middle, even) >= c->one(middle, even))
            low = middle;
        else
            high = middle;
    }
    return high;
}

/* ---- studies ---- */

typedef struct planted_study {
    uint64_t state;
    rxt_rows rows;
    rxt_row row[2 * CURVE_SIZES];
    double *seconds; /* [rows × rounds] */
} planted_study;

/* A time with noise. */
static inline double scattered(uint64_t *state, const scatter *noise, double seconds)
{
    seconds *= exp(noise->sigma * random_normal(state));
    return seconds * (random_uniform(state) < noise->often ? noise->spike : 1);
}

static inline void plant_row(planted_study *s, double n, int threads, const scatter *noise,
                             double seconds)
{
    int i = s->rows.count++;
    double *times = s->seconds + (size_t)i * (size_t)noise->rounds;

    for (int r = 0; r < noise->rounds; r++)
        times[r] = scattered(&s->state, noise, seconds);
    s->row[i] = (rxt_row){ .kernel = "dot",
                           .team = threads > 1 ? "forkjoin" : "-",
                           .combine = threads > 1 ? "mpi" : "-",
                           .bind = "hybrid",
                           .n = (ptrdiff_t)n,
                           .split = { 1, 1, threads },
                           .baseline = { 1, 1, 1 },
                           .seconds = times,
                           .verified = true };
}

static inline void plant_size(planted_study *s, const curve *c, double n, double even,
                              const scatter *noise)
{
    plant_row(s, floor(n), 1, noise, c->one(floor(n), even));
    plant_row(s, floor(n), 2, noise, c->two(floor(n), even));
}

static inline planted_study *study_of(uint64_t seed, const scatter *noise)
{
    planted_study *s = calloc(1, sizeof *s);

    if (!s)
        return NULL;
    s->state = seed;
    s->seconds = malloc(2 * CURVE_SIZES * (size_t)noise->rounds * sizeof *s->seconds);
    s->rows = (rxt_rows){ .rounds = noise->rounds, .row = s->row };
    return s;
}

static inline void study_end(planted_study *s)
{
    free(s->seconds);
    free(s);
}

/* ---- the interval that was found ---- */

/* HELD: the interval contains the true size; OPEN: it does, too, but it has no upper or no lower
 * end. */
typedef enum verdict { HELD, OPEN, MISSED } verdict;

static inline verdict judge_found(const rxt_break_even *found, double truth)
{
    bool above = found->low < 0 || truth > (double)found->low,
         below = found->high < 0 || truth <= (double)found->high;

    if (!above || !below)
        return MISSED;
    return found->low < 0 || found->high < 0 ? OPEN : HELD;
}

/* The break-even size of threads; false if memory is short. */
static inline bool found_in(const planted_study *s, rxt_break_even *found)
{
    rxt_break_even_list list;
    rxt_status st = rxt_break_even_of(&s->rows, &list);

    if (st || list.count != 1 || !list.of[0].has_threads) {
        rxt_status_free(st);
        return false;
    }
    *found = list.of[0].threads;
    rxt_break_even_free(&list);
    return true;
}

/* One study on a grid; its break-even size is random, at 10 to 80 % of the grid (logarithmically).
 */
static inline verdict study_on(const grid *g, const curve *c, const scatter *noise, uint64_t seed,
                               rxt_break_even *found, double *truth)
{
    planted_study *s = study_of(seed, noise);
    double even;
    verdict v;

    if (!s || !s->seconds)
        abort();
    even = g->first * pow(g->last / g->first, 0.1 + 0.7 * random_uniform(&s->state));
    for (double n = g->first; n < g->last * 1.001; n *= g->factor)
        plant_size(s, c, n, even, noise);
    *truth = truth_of(c, even);
    if (!found_in(s, found))
        abort();
    v = judge_found(found, *truth);
    study_end(s);
    return v;
}

#endif
