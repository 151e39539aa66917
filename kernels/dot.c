/* dot.c - dot product of two vectors, r = sum x[i] y[i].
 *
 * Eight vectors of partial sums hide the latency of the addition: one would run at a fraction of
 * L1's speed. The vectors are as wide as the level that this file is compiled for. */
#include <rxt/kernel.h>

#if defined __AVX512F__
enum { WIDTH = 8 };
#elif defined __AVX__
enum { WIDTH = 4 };
#else
enum { WIDTH = 2 };
#endif

enum { SUMS = 8, STEP = SUMS * WIDTH };

typedef double vector __attribute__((vector_size(WIDTH * 8), aligned(8), may_alias));

static inline void step(const double *restrict x, const double *restrict y, vector sum[SUMS])
{
    for (int k = 0; k < SUMS; k++)
        sum[k] += ((const vector *)x)[k] * ((const vector *)y)[k];
}

/* Adds the vectors pairwise, then their lanes. */
static inline double total(vector sum[SUMS])
{
    double result = 0.0;

    for (int width = SUMS / 2; width > 0; width /= 2)
        for (int k = 0; k < width; k++)
            sum[k] += sum[k + width];
    for (int lane = 0; lane < WIDTH; lane++)
        result += sum[0][lane];
    return result;
}

static void loop(const rxt_share *share, void *partial)
{
    const double *restrict x = share->v[0], *restrict y = share->v[1];
    vector sum[SUMS] = { 0 };
    ptrdiff_t i = 0, n = share->n;
    double rest = 0.0;

    for (; i + STEP <= n; i += STEP)
        step(x + i, y + i, sum);
    for (; i + WIDTH <= n; i += WIDTH)
        sum[0] += *(const vector *)(x + i) * *(const vector *)(y + i);
    for (; i < n; i++)
        rest += x[i] * y[i];
    *(double *)partial = total(sum) + rest;
}

const rxt_kernel rxt_kernel_dot = {
    .name = "dot",
    .formula = "r = sum x[i] y[i]",
    .arrays = 2,
    .loads = 2,
    .flops = 2,
    .factors = 2,
    .sums = STEP, /* vectors left over all go to the first sum: SUMS - 1 more; then 3 + WIDTH + 1 */
    .merge = &rxt_sum,
    .proof = &rxt_proof_dot,
    .loop = loop,
};
