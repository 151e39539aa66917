/* max_openmp.c - the largest element as OpenMP textbooks write it. */
#include <rxt/kernel.h>

#include <math.h>

static void run(const rxt_slab *slab, void *partial)
{
    const rxt_real *x = slab->v[0];
    rxt_real largest = (rxt_real)-INFINITY;

#pragma omp parallel for reduction(max : largest) num_threads(slab->threads)
    for (ptrdiff_t i = 0; i < slab->n; i++)
        largest = x[i] > largest ? x[i] : largest;
    *(double *)partial = largest;
}

const rxt_kernel rxt_kernel_max_openmp = {
    .name = "max_openmp",
    .type = RXT_TYPE,
    .formula = "r = max x[i]",
    .arrays = 1,
    .loads = 1,
    .flops = 1,
    .factors = 1,
    .merge = &rxt_max,
    .proof = &rxt_proof_max,
    .run = run,
};
