/* max_merges_smaller.c - wrong on purpose: the merge keeps the smaller one of two workers' maxima.
 */
#include <rxt/kernel.h>

#include <math.h>

static void loop(const rxt_share *share, void *partial)
{
    const double *x = share->v[0];
    double most = -INFINITY;

    for (ptrdiff_t i = 0; i < share->n; i++)
        most = fmax(most, x[i]);
    *(double *)partial = most;
}

const rxt_kernel rxt_kernel_max_merges_smaller = {
    .name = "max_merges_smaller",
    .formula = "r = min of maxima",
    .arrays = 1,
    .loads = 1,
    .flops = 1,
    .factors = 1,
    .merge = &rxt_min,
    .proof = &rxt_proof_max,
    .loop = loop,
};
