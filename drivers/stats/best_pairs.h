/* best_pairs.h - compares candidates two by two; for best.c. */
#ifndef RXT_BEST_PAIRS_H
#define RXT_BEST_PAIRS_H

#include <stdbool.h>

/* All pairs (i, j), i < j, of some candidates, in that order. The score of a pair says how far the
 * differences between i and j lie on one side of 0, in units that are the same for all pairs. */
typedef struct rxt_best_pairs {
    int candidates, count, draws;
    float *score; /* [count]; positive: i is slower than j */
    float *drawn; /* [count][draws]: magnitude of the score in each draw of random signs */
} rxt_best_pairs;

/* Compares all pairs. log[candidates × rounds]: the logarithms of the candidates' times. Needs
 * rounds >= 1. False without memory. Free the pairs in any case. */
bool rxt_best_pairs_of(int candidates, int rounds, const double *log, rxt_best_pairs *pairs);
void rxt_best_pairs_free(rxt_best_pairs *pairs);

#endif
