/* fill.h - generated operands. */
#ifndef RXT_FILL_H
#define RXT_FILL_H

#include <rxt/kernel.h>

/* The largest magnitude of a default operand: floor((2^53 / total)^(1 / factors)), for f32 with
 * 2^24, at least 1. This is for kernels with factors, which add terms up; rxt_fill_of uses 2^50 or
 * 2^21 at any size for the others. Pure. */
double rxt_fill_limit(rxt_type type, int factors, ptrdiff_t total);

/* Makes elements [first, first + n) of operand `operand` at size `total`: by the kernel's own fill,
 * or as non-zero integers up to the limit, hashed from (seed, operand, index). They are not rounded
 * to the type. Pure. */
void rxt_fill_of(const rxt_kernel *kernel, uint64_t seed, int operand, ptrdiff_t first, ptrdiff_t n,
                 ptrdiff_t total, double *block);

#endif
