/* square_unproved.c - right, and without a proof: it stores its results, and all splits store the
 * same. */
#include <rxt/kernel.h>

static void loop(const rxt_share *share, void *partial)
{
    const double *x = share->v[0];
    double *y = share->v[1];

    (void)partial;
    for (ptrdiff_t i = 0; i < share->n; i++)
        y[i] = x[i] * x[i];
}

const rxt_kernel rxt_kernel_square_unproved = {
    .name = "square_unproved",
    .formula = "y[i] = x[i]^2",
    .arrays = 2,
    .outputs = 1,
    .loads = 1,
    .stores = 1,
    .flops = 1,
    .loop = loop,
};
