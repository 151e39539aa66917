/* log_unproved.c - right, and without a proof: the result is NaN for operands below 0. */
#include <rxt/kernel.h>

#include <math.h>

static void loop(const rxt_share *share, void *partial)
{
    const double *x = share->v[0];
    double *y = share->v[1];

    (void)partial;
    for (ptrdiff_t i = 0; i < share->n; i++)
        y[i] = log(x[i]);
}

const rxt_kernel rxt_kernel_log_unproved = {
    .name = "log_unproved",
    .formula = "y[i] = log x[i]",
    .arrays = 2,
    .outputs = 1,
    .loads = 1,
    .stores = 1,
    .flops = 1,
    .loop = loop,
};
