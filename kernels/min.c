/* min.c - the least element, r = min x[i].
 *
 * A NaN is passed over, as C's fmin does: the processor's own instruction gives its second operand
 * then, which is the result so far. The min of nothing, or of NaN alone, is +Inf; a result of zero
 * is +0, whatever the elements' signs. */
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
