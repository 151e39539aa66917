/* best_pairs.h - compares candidates two by two; for best.c. */
#ifndef RXT_BEST_PAIRS_H
#define RXT_BEST_PAIRS_H

#include <stdbool.h>

/* The times that are compared: logarithms, for the rounds that all candidates have. */
typedef struct rxt_best_times {
    int candidates, rounds;
    const double *log; /* [candidates × rounds] */
    int units;         /* numbers of units in `unit` */
    const int *unit;   /* [rounds]: from 0, in order. Rounds of a unit share a sign */
} rxt_best_times;

/* All pairs (i, j), i < j, of some candidates, in that order. The score of a pair says how far the
 * differences between i and j lie on one side of 0, in units that are the same for all pairs. */
typedef struct rxt_best_pairs {
    int candidates, count, draws;
    float *score; /* [count]; positive: i is slower than j */
    float *drawn; /* [count][draws]: magnitude of the score in each draw of random signs */
    int freedom;  /* above 0: scores are Student's t with so many degrees of freedom, and there are
                     no draws */
} rxt_best_pairs;

/* Compares all pairs by random signs. Needs rounds >= 1. False without memory. Free the pairs in
 * any case. */
bool rxt_best_pairs_of(const rxt_best_times *times, rxt_best_pairs *pairs);

/* Compares all pairs by the units' medians, with Student's t. Needs at least two units. Else as
 * rxt_best_pairs_of. */
bool rxt_best_pairs_of_few(const rxt_best_times *times, rxt_best_pairs *pairs);
void rxt_best_pairs_free(rxt_best_pairs *pairs);

#endif
