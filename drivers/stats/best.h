/* best.h - which of several candidates may be the best: multiple comparisons over whole rounds.
 * Pure.
 *
 * The smallest of many times is often only the luckiest. Hsu (1981; 1996, ch. 4) tests for every
 * candidate whether it may be the best, all at one level. Here the test is repeated with the
 * remaining candidates (Hansen, Lunde & Nason 2011). */
#ifndef RXT_BEST_H
#define RXT_BEST_H

#include <stdbool.h>

/* The fewest whole rounds for a decision. */
enum { RXT_BEST_ROUNDS = 6 };

/* The candidates: less time per work is better. */
typedef struct rxt_best_candidates {
    int count, rounds;
    const double *const *seconds; /* [count]: [rounds] times, NAN: not visited; NULL: a candidate
                                     that is not compared */
    const double *work;           /* [count]: work done in that time, in any common unit       */
} rxt_best_candidates;

/* Sets may[i] where candidate i may be the best: with 95 % every candidate that is as good as the
 * best is among them. A candidate is out once another is surely faster; one without a time is out.
 *
 * Compared are the rounds that have all candidates with at least half as many rounds as the most
 * visited one. The other candidates stay in, and all do where there are fewer than 6 such rounds.
 * Returns the number of rounds compared, 0 where that is below 6, -1 without memory. The same
 * candidates give the same answer every time. */
int rxt_best_of(const rxt_best_candidates *candidates, bool may[]);

/* The coverage that each interval of several ratios over[i] / under[i] needs, so that all hold
 * at once with RXT_SAMPLE_COVERAGE. Correlated ratios, such as those against one baseline, count
 * as fewer. NAN without memory. */
double rxt_best_coverage(int ratios, int rounds, const double *const over[],
                         const double *const under[]);

#endif
