/* max.c - the largest element, r = max x[i].
 *
 * NaN is ignored, as by C's fmax: if an operand is a NaN, the processor's instruction returns its
 * second operand, which is the result so far. Without elements, or with only NaN, the result is
 * -Inf. A result of zero is +0, whatever the signs of the elements. */
#include <rxt/reduce.h>

#include <math.h>

static inline rxt_vector step(rxt_vector largest, rxt_vector x, rxt_vector y)
{
    (void)y;
    return rxt_larger(x, largest);
}

static void loop(const rxt_share *share, void *partial)
{
    const rxt_real *x = share->v[0];

    *(double *)partial =
        rxt_largest_lane(rxt_reduce(share, x, x, (rxt_real)-INFINITY, step, rxt_larger));
}

const rxt_kernel rxt_kernel_max = {
    .name = "max",
    .type = RXT_TYPE,
    .formula = "r = max x[i]",
    .arrays = 1,
    .loads = 1,
    .flops = 1,
    .factors = 1,
    .merge = &rxt_max,
    .proof = &rxt_proof_max,
    .loop = loop,
};
