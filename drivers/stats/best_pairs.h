/* best_pairs.h - between best.c and best_pairs.c: candidates compared two by two. */
#ifndef RXT_BEST_PAIRS_H
#define RXT_BEST_PAIRS_H

#include <stdbool.h>

/* All pairs (i, j), i < j, of some candidates, in that order. A score is how far a pair's
 * deviations lie to one side, in units that do not depend on the pair. */
typedef struct rxt_best_pairs {
    int candidates, count, draws;
    float *score; /* [count]: positive: i is slower                         */
    float *drawn; /* [count][draws]: the magnitude that chance would give it */
} rxt_best_pairs;

/* Makes the pairs of candidates × rounds logarithms. False without memory; free them also then. */
bool rxt_best_pairs_of(int candidates, int rounds, const double *log, rxt_best_pairs *pairs);
void rxt_best_pairs_free(rxt_best_pairs *pairs);

#endif
