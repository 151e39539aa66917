/* dot_unproved.c - right, and without a proof: the results of all splits must agree. */
#include <rxt/kernel.h>

static void loop(const rxt_share *share, void *partial)
{
    const double *x = share->v[0], *y = share->v[1];
    double sum = 0.0;

    for (ptrdiff_t i = 0; i < share->n; i++)
        sum += x[i] * y[i];
    *(double *)partial = sum;
}

const rxt_kernel rxt_kernel_dot_unproved = {
    .name = "dot_unproved",
    .formula = "r = sum x[i] y[i]",
    .arrays = 2,
    .loads = 2,
    .flops = 2,
    .factors = 2,
    .merge = &rxt_sum,
    .loop = loop,
};
