/* square_referenced_shifts_one.c - wrong on purpose: the second worker uses its neighbour's x for
 * its first element; the proof by reference must find this. */
#include <rxt/kernel.h>

static void loop(const rxt_share *share, void *partial)
{
    const double *x = share->v[0];
    double *y = share->v[1];
    ptrdiff_t off = share->worker == 1 && share->n > 1;

    (void)partial;
    for (ptrdiff_t i = 0; i < share->n; i++)
        y[i] = x[i] * x[i];
    if (off)
        y[0] = x[off] * x[off];
}

static void reference(ptrdiff_t n, const double *const v[RXT_ARRAYS], long double *right)
{
    for (ptrdiff_t i = 0; i < n; i++)
        right[i] = (long double)v[0][i] * v[0][i];
}

const rxt_kernel rxt_kernel_square_referenced_shifts_one = {
    .name = "square_referenced_shifts_one",
    .formula = "y[i] = x[i]^2, but one",
    .arrays = 2,
    .outputs = 1,
    .loads = 1,
    .stores = 1,
    .flops = 1,
    .reference = reference,
    .loop = loop,
};
