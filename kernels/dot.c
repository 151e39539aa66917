/* dot.c - dot product of two vectors, r = sum x[i] y[i].
 *
 * Eight vectors of partial sums hide the latency of the addition: one would run at a fraction of
 * L1's speed. The vectors are as wide as the level that this file is compiled for. */
#include <rxt/vector.h>

enum { SUMS = 8, STEP = SUMS * RXT_LANES };

static inline void step(const rxt_real *restrict x, const rxt_real *restrict y,
                        rxt_vector sum[SUMS])
{
    for (int k = 0; k < SUMS; k++)
        sum[k] += ((const rxt_vector *)x)[k] * ((const rxt_vector *)y)[k];
}

/* Adds the vectors pairwise, then their lanes. */
static inline double total(rxt_vector sum[SUMS])
{
    double result = 0.0;

    for (int width = SUMS / 2; width > 0; width /= 2)
        for (int k = 0; k < width; k++)
            sum[k] += sum[k + width];
    for (int lane = 0; lane < RXT_LANES; lane++)
        result += sum[0][lane];
    return result;
}

static void loop(const rxt_share *share, void *partial)
{
    const rxt_real *restrict x = share->v[0], *restrict y = share->v[1];
    rxt_vector sum[SUMS] = { 0 };
    ptrdiff_t i = 0, n = share->n;
    double rest = 0.0;

    for (; i + STEP <= n; i += STEP)
        step(x + i, y + i, sum);
    for (; i + RXT_LANES <= n; i += RXT_LANES)
        sum[0] += *(const rxt_vector *)(x + i) * *(const rxt_vector *)(y + i);
    for (; i < n; i++)
        rest += x[i] * y[i];
    *(double *)partial = total(sum) + rest;
}

const rxt_kernel rxt_kernel_dot = {
    .name = "dot",
    .type = RXT_TYPE,
    .formula = "r = sum x[i] y[i]",
    .arrays = 2,
    .loads = 2,
    .flops = 2,
    .factors = 2,
    .sums = STEP, /* vectors left over all go to the first sum: SUMS - 1 more; then 3 + LANES + 1 */
    .merge = &rxt_sum,
    .proof = &rxt_proof_dot,
    .loop = loop,
};
