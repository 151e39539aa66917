/* root_referenced.c - right, and proved by a reference. */
#include <rxt/kernel.h>

#include <math.h>

static void loop(const rxt_share *share, void *partial)
{
    const rxt_real *x = share->v[0];
    double sum = 0.0;

    for (ptrdiff_t i = 0; i < share->n; i++)
        sum += sqrt(fabs((double)x[i]));
    *(double *)partial = sum;
}

static void reference(ptrdiff_t n, const double *const v[RXT_ARRAYS], long double *right)
{
    for (ptrdiff_t i = 0; i < n; i++)
        right[i] = sqrtl(fabsl((long double)v[0][i]));
}

const rxt_kernel rxt_kernel_root_referenced = {
    .name = "root_referenced",
    .type = RXT_TYPE,
    .formula = "r = sum sqrt |x[i]|",
    .arrays = 1,
    .loads = 1,
    .flops = 3,
    .factors = 1,
    .merge = &rxt_sum,
    .reference = reference,
    .loop = loop,
};
