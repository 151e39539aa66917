/* sum_openmp.c - sum of the elements as OpenMP textbooks write it: each thread has a single chain
 * of additions. */
#include <rxt/kernel.h>

static void run(const rxt_slab *slab, void *partial)
{
    const rxt_real *x = slab->v[0];
    rxt_real sum = 0;

#pragma omp parallel for reduction(+ : sum) num_threads(slab->threads)
    for (ptrdiff_t i = 0; i < slab->n; i++)
        sum += x[i];
    *(double *)partial = sum;
}

const rxt_kernel rxt_kernel_sum_openmp = {
    .name = "sum_openmp",
    .type = RXT_TYPE,
    .formula = "r = sum x[i]",
    .arrays = 1,
    .loads = 1,
    .flops = 1,
    .factors = 1,
    .merge = &rxt_sum,
    .proof = &rxt_proof_sum,
    .run = run,
};
