/* nrm2_adds_norms.c - wrong on purpose: it adds the workers' norms instead of their squares. */
#include <rxt/kernel.h>

#include <math.h>

static void loop(const rxt_share *share, void *partial)
{
    const double *x = share->v[0];
    double sum = 0.0;

    for (ptrdiff_t i = 0; i < share->n; i++)
        sum += x[i] * x[i];
    *(double *)partial = sqrt(sum);
}

const rxt_kernel rxt_kernel_nrm2_adds_norms = {
    .name = "nrm2_adds_norms",
    .formula = "r = sum of norms",
    .arrays = 1,
    .loads = 1,
    .flops = 2,
    .factors = 2,
    .merge = &rxt_sum,
    .proof = &rxt_proof_nrm2,
    .loop = loop,
};
