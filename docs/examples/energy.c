/* energy.c - your own formula: the kinetic energy of n bodies, r = sum m[i] v[i]^2 / 2.
 *
 * The kernel needs no proof of its own. `reference` computes the formula again, by a plain loop in
 * the widest type, and the kit compares every result with the result of `reference`. Four sums hide
 * the latency of the addition. */
#include <rxt/kernel.h>

enum { SUMS = 4 };

static void loop(const rxt_share *share, void *partial)
{
    const rxt_real *m = share->v[0], *v = share->v[1];
    double sum[SUMS] = { 0 };
    ptrdiff_t i = 0;

    for (; i + SUMS <= share->n; i += SUMS)
        for (int s = 0; s < SUMS; s++)
            sum[s] += 0.5 * (double)m[i + s] * (double)v[i + s] * (double)v[i + s];
    for (; i < share->n; i++)
        sum[0] += 0.5 * (double)m[i] * (double)v[i] * (double)v[i];
    *(double *)partial = (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

static void reference(ptrdiff_t n, const double *const v[RXT_ARRAYS], long double *right)
{
    for (ptrdiff_t i = 0; i < n; i++)
        right[i] = 0.5L * (long double)v[0][i] * (long double)v[1][i] * (long double)v[1][i];
}

const rxt_kernel rxt_kernel_energy = {
    .name = "energy",
    .type = RXT_TYPE,
    .formula = "r = sum m[i] v[i]^2 / 2",
    .arrays = 2,
    .loads = 2,
    .flops = 4,
    .factors = 3,
    .sums = SUMS,
    .merge = &rxt_sum,
    .reference = reference,
    .loop = loop,
};
