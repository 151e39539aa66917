/* dot_doubles_one.c - wrong on purpose: the element at the border of two threads' shares is added
 * by both threads. */
#include "support/slab.h"
#include <rxt/kernel.h>

static double share_sum(const rxt_slab *slab, int thread)
{
    rxt_range whole = { .n = slab->n }, mine = rxt_range_part(whole, thread, slab->threads, 1);
    const double *x = slab->v[0], *y = slab->v[1];
    double sum = 0.0;

    if (mine.first > 0 && mine.n > 0) {
        mine.first--;
        mine.n++;
    }
    for (ptrdiff_t i = mine.first; i < mine.first + mine.n; i++)
        sum += x[i] * y[i];
    return sum;
}

static void run(const rxt_slab *slab, void *partial)
{
    double sum = 0.0;

#pragma omp parallel for reduction(+ : sum) num_threads(slab->threads) schedule(static, 1)
    for (int t = 0; t < slab->threads; t++)
        sum += share_sum(slab, t);
    *(double *)partial = sum;
}

const rxt_kernel rxt_kernel_dot_doubles_one = {
    .name = "dot_doubles_one",
    .formula = "r = sum x[i] y[i], and one",
    .arrays = 2,
    .loads = 2,
    .flops = 2,
    .factors = 2,
    .merge = &rxt_sum,
    .proof = &rxt_proof_dot,
    .run = run,
};
