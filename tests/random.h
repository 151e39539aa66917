/* random.h - pseudo-random numbers, the same on every machine. */
#ifndef RXT_TEST_RANDOM_H
#define RXT_TEST_RANDOM_H

#include "base/random.h"

#include <math.h>

/* Uniformly distributed in (0, 1). */
static inline double random_uniform(uint64_t *state)
{
    return ((double)(rxt_random_next(state) >> 11) + 0.5) * 0x1p-53;
}

/* Normally distributed, mean 0 and variance 1 (Box & Muller). */
static inline double random_normal(uint64_t *state)
{
    double radius = sqrt(-2.0 * log(random_uniform(state)));

    return radius * cos(6.283185307179586 * random_uniform(state));
}

#endif
