/* min_openmp.c - the smallest element as OpenMP textbooks write it. */
#include <rxt/kernel.h>

#include <math.h>

static void run(const rxt_slab *slab, void *partial)
{
    const rxt_real *x = slab->v[0];
    rxt_real least = (rxt_real)INFINITY;

#pragma omp parallel for reduction(min : least) num_threads(slab->threads)
    for (ptrdiff_t i = 0; i < slab->n; i++)
        least = x[i] < least ? x[i] : least;
    *(double *)partial = least;
}

const rxt_kernel rxt_kernel_min_openmp = {
    .name = "min_openmp",
    .type = RXT_TYPE,
    .formula = "r = min x[i]",
    .arrays = 1,
    .loads = 1,
    .flops = 1,
    .factors = 1,
    .merge = &rxt_min,
    .proof = &rxt_proof_min,
    .run = run,
};
