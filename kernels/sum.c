/* sum.c - sum of the elements, r = sum x[i].
 *
 * In f32 the partial sums are floats, in 4 independent vectors. If all elements are 1, each partial
 * sum is exact up to 2^24, so a share of 2^28 elements is summed exactly even with the narrowest
 * vectors. Infinities and NaN propagate as in IEEE 754. */
#include <rxt/reduce.h>

static inline rxt_vector step(rxt_vector sum, rxt_vector x, rxt_vector y)
{
    (void)y;
    return sum + x;
}

static void loop(const rxt_share *share, void *partial)
{
    const rxt_real *x = share->v[0];

    *(double *)partial = rxt_sum_lanes(rxt_reduce(share, x, x, 0, step, rxt_reduce_add));
}

const rxt_kernel rxt_kernel_sum = {
    .name = "sum",
    .type = RXT_TYPE,
    .formula = "r = sum x[i]",
    .arrays = 1,
    .loads = 1,
    .flops = 1,
    .factors = 1,
    .sums = RXT_SUMS,
    .merge = &rxt_sum,
    .proof = &rxt_proof_sum,
    .loop = loop,
};
