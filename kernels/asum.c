/* asum.c - sum of the magnitudes, r = sum |x[i]|.
 *
 * The loop is the same as in sum.c, with one more instruction per vector for the magnitude. An
 * infinity gives infinity, a NaN gives NaN. */
#include <rxt/reduce.h>

static inline rxt_vector step(rxt_vector sum, rxt_vector x, rxt_vector y)
{
    (void)y;
    return sum + rxt_abs(x);
}

static void loop(const rxt_share *share, void *partial)
{
    const rxt_real *x = share->v[0];

    *(double *)partial = rxt_sum_lanes(rxt_reduce(share, x, x, 0, step, rxt_reduce_add));
}

const rxt_kernel rxt_kernel_asum = {
    .name = "asum",
    .type = RXT_TYPE,
    .formula = "r = sum |x[i]|",
    .arrays = 1,
    .loads = 1,
    .flops = 1,
    .factors = 1,
    .sums = RXT_SUMS,
    .merge = &rxt_sum,
    .proof = &rxt_proof_asum,
    .loop = loop,
};
