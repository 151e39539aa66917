/* best.h - which of several candidates may be the fastest: multiple comparisons over the rounds
 * that all candidates have. Pure.
 *
 * The units are those of rxt_groups_take, the coarsest of all candidates: the rounds of an epoch or
 * of a stretch share a sign, and runs are compared by Student's t.
 *
 * The smallest of many times is often small by chance. Hsu (1981; 1996, ch. 4) tests for every
 * candidate whether it may be the best, all at one level. Here candidates that are surely slower
 * are removed and the test is repeated with the rest (Hansen, Lunde & Nason 2011). */
#ifndef RXT_BEST_H
#define RXT_BEST_H

#include <stdbool.h>

#include "stats/groups.h"

/* least number of such rounds for a decision */
enum { RXT_BEST_ROUNDS = 6 };

/* The candidates; a candidate is better if it takes less time per work. */
typedef struct rxt_best_candidates {
    int count;
    rxt_rounds rounds;
    const double *const *seconds; /* [count]: [rounds] times, NAN: not visited; NULL: the candidate
                                     is not compared */
    const double *work;           /* [count]: work done in that time, in the same unit for all */
} rxt_best_candidates;

/* Sets may[i] if candidate i may be the best. With a probability of 95 %, every candidate that is
 * as good as the best one is among them. Sets may[i] to false if another candidate is surely
 * faster, or if candidate i has no time.
 *
 * A candidate takes part if it has at least half as many rounds as the candidate with the most
 * rounds. Only rounds that all these candidates have are compared. may[i] stays true for a
 * candidate that has times but does not take part, and for all candidates with a time if fewer than
 * 6 rounds can be compared. Returns the number of rounds compared; 0 if it is below 6; -1 without
 * memory. The same input always gives the same result. */
int rxt_best_of(const rxt_best_candidates *candidates, bool may[]);

/* Where rounds are alike: with RXT_SAMPLE_RUNS runs or more, runs are compared by Student's t
 * instead of rounds by random signs; epochs that differ share a sign. */

/* The coverage that each interval of several ratios over[i] / under[i] needs, so that all of them
 * hold at once with RXT_SAMPLE_COVERAGE. Correlated ratios, such as ratios to one baseline, need a
 * lower coverage than the same number of independent ratios. NAN without memory. */
double rxt_best_coverage(int ratios, const rxt_rounds *rounds, const double *const over[],
                         const double *const under[]);

#endif
