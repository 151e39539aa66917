/* ladder_judge.c - finds the steps of a ladder, and which of them contradict the reported sizes. */
#include "host/ladder.h"

#include <math.h>
#include <string.h>

static const double rise = 1.5, /* least ratio of the time of a step's first slow rung to the time
                                   of the quick rungs before it */
    flat = 1.25,   /* if the ratio of times over an octave is smaller, the times do not rise */
    even_so = 1.4, /* a rung with at least this multiple of the quick time is slow in any case */
    apart = 1.5;   /* a measured size contradicts the reported one if they differ by more than this
                      factor */

/* ---- steps ---- */

/* Removes disturbances: a larger footprint is never faster. So if a larger footprint has a shorter
 * time, the measurement of the smaller one was disturbed, and the shorter time replaces its
 * time. */
static void clean(const rxt_ladder *ladder, double seconds[RXT_RUNGS])
{
    double least = HUGE_VAL;

    for (int r = ladder->rungs - 1; r >= 0; r--) {
        least = fmin(least, ladder->rung[r].seconds);
        seconds[r] = least;
    }
}

/* The footprint, interpolated between two rungs, at which the time reaches `value`. */
static double where(const rxt_ladder *ladder, const double seconds[], int from, double value)
{
    int r = from;
    double part;

    while (seconds[r + 1] < value)
        r++;
    part = (value - seconds[r]) / (seconds[r + 1] - seconds[r]);
    return ladder->rung[r].bytes * pow(ladder->rung[r + 1].bytes / ladder->rung[r].bytes, part);
}

/* The rung at the end of a step: the first rung whose time is little more than the time at half its
 * footprint (less than `flat` times), or else the last rung. */
static int top_of(const double seconds[], int rungs, int from)
{
    int r = from;

    while (r + 2 < rungs && seconds[r + 2] >= flat * seconds[r])
        r++;
    return r + 2 < rungs ? r + 2 : rungs - 1;
}

/* A cache of C bytes serves the part C / F of random loads in a footprint F, and all loads if F <
 * C. So the time has risen by a fifth of the way to the next level's time soon after C (this is
 * `low`), and by half of the way between C and 2 C (this is `high`). But `low` is never more than
 * the footprint at which the time is 1.4 times the quick time. Such a rise may be caused by a level
 * in between that is less than twice as slow. A single slow rung at the end is no step. */
int rxt_ladder_steps(const rxt_ladder *ladder, rxt_step step[RXT_STEPS])
{
    double seconds[RXT_RUNGS];
    int steps = 0, at = 0;

    clean(ladder, seconds);
    while (steps < RXT_STEPS && at < ladder->rungs) {
        double quick = seconds[at], slow;
        int first = at, top;

        while (first < ladder->rungs && seconds[first] < rise * quick)
            first++;
        if (first >= ladder->rungs - 1)
            return steps;
        top = top_of(seconds, ladder->rungs, first);
        slow = seconds[top];
        step[steps++] = (rxt_step){
            .low = where(ladder, seconds, at, fmin(quick + 0.2 * (slow - quick), even_so * quick)),
            .high = where(ladder, seconds, at, quick + 0.5 * (slow - quick)),
        };
        at = top;
    }
    return steps;
}

/* ---- which step is which level's ---- */

bool rxt_ladder_near(double said, const rxt_step *step)
{
    return said <= apart * step->high && apart * said >= step->low;
}

/* Assigns steps to levels: of[l] is the step of level l, or -1. All assignments are tried, and the
 * best is kept. */
typedef struct deal {
    const double *said;
    const rxt_step *step;
    int steps;
    int of[RXT_LEVELS], best[RXT_LEVELS];
    int most; /* levels near their step, in the best assignment */
    int even; /* levels whose step is clear (see alone), in the best assignment */
} deal;

/* Is it clear which step belongs to level l? Looks for the nearest level below l and the nearest
 * level above l whose reported sizes are near their steps. It is clear if there are as many steps
 * as levels between these two levels. */
static bool alone(const deal *d, const int of[], int l)
{
    int below = l, above = l;

    while (below >= 0 && !(of[below] >= 0 && rxt_ladder_near(d->said[below], &d->step[of[below]])))
        below--;
    while (above < RXT_LEVELS && d->said[above] > 0 &&
           !(of[above] >= 0 && rxt_ladder_near(d->said[above], &d->step[of[above]])))
        above++;
    return above - below == (above < RXT_LEVELS && d->said[above] > 0 ? of[above] : d->steps) -
                                (below >= 0 ? of[below] : -1);
}

static void weigh(deal *d)
{
    int near_ones = 0, even = 0;

    for (int l = 0; l < RXT_LEVELS; l++)
        near_ones += d->of[l] >= 0 && rxt_ladder_near(d->said[l], &d->step[d->of[l]]);
    for (int l = 0; l < RXT_LEVELS; l++)
        even += d->of[l] >= 0 && alone(d, d->of, l);
    if (near_ones < d->most || (near_ones == d->most && even <= d->even))
        return;
    d->most = near_ones;
    d->even = even;
    memcpy(d->best, d->of, sizeof d->best);
}

static void deal_from(deal *d, int level, int next)
{
    if (level == RXT_LEVELS) {
        weigh(d);
        return;
    }
    d->of[level] = -1;
    deal_from(d, level + 1, next);
    for (int s = next; d->said[level] > 0 && s < d->steps; s++) {
        d->of[level] = s;
        deal_from(d, level + 1, s + 1);
    }
    d->of[level] = -1;
}

/* ---- the judgement ---- */

/* Nearly all caches have 2^k or 3 × 2^k bytes. */
static double rounded(double bytes)
{
    double power = pow(2, floor(log2(bytes)));
    const double sizes[] = { power, 1.5 * power, 2 * power };
    double best = power;

    for (int i = 1; i < 3; i++)
        if (fabs(log(bytes / sizes[i])) < fabs(log(bytes / best)))
            best = sizes[i];
    return best;
}

/* The size of the cache that causes a step. By the model of rxt_ladder_steps, `low` is C to 1.25 C
 * and `high` is 1.3 C to 2 C for a cache of C bytes. */
static double size_of(const rxt_step *step)
{
    return rounded(sqrt(step->low * step->high) / 1.3);
}

/* Gives sizes to the levels that the system does not report, if these are the last levels, if each
 * level before them has its own step, and if there are not more steps than levels. If there is only
 * one step, it is not known which level causes it, so no level gets a size. */
static void name_rest(const deal *d, double counts[RXT_LEVELS])
{
    int l = 0, next;

    while (l < RXT_LEVELS && d->said[l] > 0 && d->best[l] == l)
        l++;
    next = l;
    for (int rest = l; rest < RXT_LEVELS; rest++)
        if (d->said[rest] > 0)
            return;
    if (d->steps > RXT_LEVELS || d->steps < 2)
        return;
    for (; next < d->steps; next++)
        counts[next] = size_of(&d->step[next]);
}

static void judge(const rxt_ladder *ladder, const double said[RXT_LEVELS],
                  double counts[RXT_LEVELS])
{
    rxt_step step[RXT_STEPS];
    deal d = { .said = said, .step = step, .steps = rxt_ladder_steps(ladder, step), .most = -1 };

    deal_from(&d, 0, 0);
    for (int l = 0; l < RXT_LEVELS; l++) {
        int s = d.best[l];

        counts[l] = s >= 0 && !rxt_ladder_near(said[l], &step[s]) && alone(&d, d.best, l)
                        ? size_of(&step[s])
                        : 0;
    }
    name_rest(&d, counts);
}

rxt_ladder rxt_ladder_merge(int climbs, const rxt_ladder ladder[])
{
    rxt_ladder all = ladder[0];

    for (int c = 1; c < climbs; c++)
        for (int r = 0; r < all.rungs && r < ladder[c].rungs; r++)
            all.rung[r].seconds = fmin(all.rung[r].seconds, ladder[c].rung[r].seconds);
    return all;
}

void rxt_ladder_judge(int climbs, const rxt_ladder ladder[], const double said[RXT_LEVELS],
                      double counts[RXT_LEVELS])
{
    rxt_ladder all = rxt_ladder_merge(climbs, ladder);
    double one[RXT_LEVELS];

    judge(&all, said, counts);
    for (int c = 0; c < climbs; c++) {
        judge(&ladder[c], said, one);
        for (int l = 0; l < RXT_LEVELS; l++)
            if (!(one[l] > 0) || counts[l] > 2 * one[l] || one[l] > 2 * counts[l])
                counts[l] = 0;
    }
}
