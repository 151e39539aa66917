/* min.c - the smallest element, r = min x[i].
 *
 * NaN is ignored, as by C's fmin: if an operand is a NaN, the processor's instruction returns its
 * second operand, which is the result so far. Without elements, or with only NaN, the result is
 * +Inf. A result of zero is +0, whatever the signs of the elements. */
#include <rxt/reduce.h>

#include <math.h>

static inline rxt_vector step(rxt_vector least, rxt_vector x, rxt_vector y)
{
    (void)y;
    return rxt_smaller(x, least);
}

static void loop(const rxt_share *share, void *partial)
{
    const rxt_real *x = share->v[0];

    *(double *)partial =
        -rxt_largest_lane(-rxt_reduce(share, x, x, (rxt_real)INFINITY, step, rxt_smaller));
}

const rxt_kernel rxt_kernel_min = {
    .name = "min",
    .type = RXT_TYPE,
    .formula = "r = min x[i]",
    .arrays = 1,
    .loads = 1,
    .flops = 1,
    .factors = 1,
    .merge = &rxt_min,
    .proof = &rxt_proof_min,
    .loop = loop,
};
