/* fill.h - generated operands. */
#ifndef RXT_FILL_H
#define RXT_FILL_H

#include <rxt/kernel.h>

/* The largest magnitude of a default operand of a kernel with factors: floor((2^53 /
 * total)^(1 / factors)), for f32 with 2^24 instead of 2^53, but at least 1. A kernel without
 * factors adds no terms up; for it rxt_fill_of uses 2^50 (f32: 2^21) at any size. Pure. */
double rxt_fill_limit(rxt_type type, int factors, ptrdiff_t total);

/* Makes elements [first, first + n) of operand `operand` at size `total`: by the kernel's own fill,
 * or as non-zero integers up to the limit, hashed from (seed, operand, index). The elements are not
 * rounded to the type. Pure. */
void rxt_fill_of(const rxt_kernel *kernel, uint64_t seed, int operand, ptrdiff_t first, ptrdiff_t n,
                 ptrdiff_t total, double *block);

#endif
