/* dot.c - dot product of two vectors, r = sum x[i] y[i].
 *
 * The vectors have the width of the instruction set level that this file is compiled for. The loop
 * has four vectors of partial sums (reduce.h). This is enough to be limited by the loads from L1,
 * two elements for each multiplication. Operands in memory are prefetched. */
#include <rxt/reduce.h>

static inline rxt_vector step(rxt_vector sum, rxt_vector x, rxt_vector y)
{
    return rxt_fma(x, y, sum);
}

static void loop(const rxt_share *share, void *partial)
{
    const rxt_real *x = share->v[0], *y = share->v[1];

    *(double *)partial = rxt_sum_lanes(rxt_reduce(share, x, y, 0, step, rxt_reduce_add));
}

const rxt_kernel rxt_kernel_dot = {
    .name = "dot",
    .type = RXT_TYPE,
    .formula = "r = sum x[i] y[i]",
    .arrays = 2,
    .loads = 2,
    .flops = 2,
    .factors = 2,
    .sums = RXT_SUMS,
    .merge = &rxt_sum,
    .proof = &rxt_proof_dot,
    .loop = loop,
};
