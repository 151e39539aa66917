/* operands.h - where a slab's numbers come from.
 *
 * The default operands are non-zero integers hashed from (seed, operand, index) and so bounded that
 * every partial sum of a kernel is exact: the result must be equal to the proof's, and a lost,
 * doubled or misplaced element shows. */
#ifndef RXT_OPERANDS_H
#define RXT_OPERANDS_H

#include <rxt/kernel.h>

/* The largest magnitude of a default operand: floor((2^53 / total)^(1 / factors)), at least 1. */
double rxt_operands_limit(int factors, ptrdiff_t total);

/* Where all operands of a study come from. */
typedef struct rxt_operands {
    uint64_t seed;
} rxt_operands;

/* Elements [first, first + n) of operand `operand` of a kernel at size `total`, by the kernel's own
 * fill or, without one, hashed integers in ±[1, limit]. The same arguments give the same numbers on
 * every machine. Local; threads may fill at once. */
rxt_status rxt_operands_fill(const rxt_kernel *kernel, const rxt_operands *operands, int operand,
                             ptrdiff_t first, ptrdiff_t n, ptrdiff_t total, double *block);

#endif
