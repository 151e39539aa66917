/* dot_unproved_loses_one.c - wrong on purpose, and without a proof: rank 1 loses its last element,
 * so splits with several ranks disagree with those of one rank. */
#include <rxt/kernel.h>

static void run(const rxt_slab *slab, void *partial)
{
    const double *x = slab->v[0], *y = slab->v[1];
    ptrdiff_t n = slab->rank == 1 && slab->n > 0 ? slab->n - 1 : slab->n;
    double sum = 0.0;

#pragma omp parallel for reduction(+ : sum) num_threads(slab->threads)
    for (ptrdiff_t i = 0; i < n; i++)
        sum += x[i] * y[i];
    *(double *)partial = sum;
}

const rxt_kernel rxt_kernel_dot_unproved_loses_one = {
    .name = "dot_unproved_loses_one",
    .formula = "r = sum x[i] y[i], less one",
    .arrays = 2,
    .loads = 2,
    .flops = 2,
    .factors = 2,
    .merge = &rxt_sum,
    .run = run,
};
