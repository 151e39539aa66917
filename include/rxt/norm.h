/* norm.h - sums of squares that neither overflow nor underflow.
 *
 * Blue's algorithm (1978) with the constants of Anderson (2017): numbers whose squares could leave
 * the range of double are first scaled by a power of two, and their squares are summed separately.
 * The range of an element depends on the element alone. So partial results are merged by addition,
 * and splits differ by no more than the rounding of sums. */
#ifndef RXT_NORM_H
#define RXT_NORM_H

#include <rxt/kernel.h>

/* Sums of squares. small: of numbers below 2^-511, times 2^537; large: of numbers above 2^486,
 * times 2^-538; medium: of all others, and of NaN. Each number is scaled before it is squared. */
typedef struct rxt_norm {
    double small, medium, large;
} rxt_norm;

static const double rxt_norm_small = 0x1p-511, rxt_norm_large = 0x1p486, rxt_norm_up = 0x1p537,
                    rxt_norm_down = 0x1p-538;

/* Adds the square of one number. */
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
