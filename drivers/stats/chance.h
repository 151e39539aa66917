/* chance.h - how likely chance alone puts a ratio where it lies. Pure. */
#ifndef RXT_CHANCE_H
#define RXT_CHANCE_H

#include "stats/groups.h"

/* The probabilities of what was measured, or more of it, if the median of `times` × over[i] /
 * under[i] were 1: of so many units (rxt_sample_of_rounds) above 1, and of so many below 1. With
 * few runs, of such a mean of the runs by Student's t. */
typedef struct rxt_chance {
    int pairs;           /* rounds with both times */
    double above, below; /* 1 without memory, or if there is no unit */
} rxt_chance;

rxt_chance rxt_chance_of(const rxt_rounds *rounds, const double over[], const double under[],
                         double times);

#endif
