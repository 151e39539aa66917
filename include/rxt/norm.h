/* norm.h - sums of squares that neither overflow nor underflow.
 *
 * Blue's algorithm (1978) with the constants of Anderson (2017): numbers whose squares could leave
 * the range of double are scaled by a power of two first, and summed apart. Which sum an element
 * goes to depends on itself alone, so partial results merge by addition, and splits differ by no
 * more than the rounding of sums. */
#ifndef RXT_NORM_H
#define RXT_NORM_H

#include <rxt/kernel.h>

/* Sums of squares: of numbers below 2^-511 times 2^537, of those between, and of those above 2^486
 * times 2^-538. A NaN is between. */
typedef struct rxt_norm {
    double small, medium, large;
} rxt_norm;

static const double rxt_norm_small = 0x1p-511, rxt_norm_large = 0x1p486, rxt_norm_up = 0x1p537,
                    rxt_norm_down = 0x1p-538;

/* One more number. */
static inline void rxt_norm_take(rxt_norm *norm, double x)
{
    double magnitude = x < 0 ? -x : x;

    if (magnitude > rxt_norm_large)
        norm->large += magnitude * rxt_norm_down * (magnitude * rxt_norm_down);
    else if (magnitude < rxt_norm_small)
        norm->small += magnitude * rxt_norm_up * (magnitude * rxt_norm_up);
    else
        norm->medium += magnitude * magnitude;
}

#endif
