/* best.h - which of several candidates may be the best: multiple comparisons over whole rounds.
 * Pure.
 *
 * Who picks the smallest of many times picks luck as often as merit. Hsu (1981; 1996, ch. 4) asks
 * of every candidate whether it may be the best, all questions at one level. Here they are asked
 * again of those that are left, as the first answers thin them out (Hansen, Lunde & Nason 2011). */
#ifndef RXT_BEST_H
#define RXT_BEST_H

#include <stdbool.h>

/* Below so many whole rounds nothing is told. */
enum { RXT_BEST_ROUNDS = 6 };

/* What is compared: the less time for its work the better. */
typedef struct rxt_best_candidates {
    int count, rounds;
    const double *const *seconds; /* [count]: [rounds] times, NAN where not visited; NULL: a
                                     candidate that takes no part */
    const double *work;           /* [count]: what is done in that time, in one unit       */
} rxt_best_candidates;

/* Sets may[i] where candidate i may be the best: with 95 % every candidate that is as good as the
 * best is among them. A candidate is out once another is surely faster; one without a time is out.
 *
 * Compared are the rounds that have all candidates with at least half as many rounds as the most
 * visited one. The other candidates stay in, and all do where there are fewer than 6 such rounds.
 * Returns the number of rounds compared, 0 where that is below 6, -1 without memory. The same
 * candidates give the same answer every time. */
int rxt_best_of(const rxt_best_candidates *candidates, bool may[]);

/* The coverage that the interval of each of several ratios over[i] / under[i] needs, so that all of
 * them hold at once as surely as one alone does with RXT_SAMPLE_COVERAGE. Ratios that rise and fall
 * together, as those against one baseline, count as fewer. NAN without memory. */
double rxt_best_coverage(int ratios, int rounds, const double *const over[],
                         const double *const under[]);

#endif
