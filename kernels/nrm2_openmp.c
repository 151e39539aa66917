/* nrm2_openmp.c - Euclidean norm as OpenMP textbooks write it.
 *
 * The squares of very large and very small numbers overflow or underflow; the result is then wrong.
 */
#include <rxt/kernel.h>
#include <rxt/norm.h>

static void run(const rxt_slab *slab, void *partial)
{
    const rxt_real *x = slab->v[0];
    rxt_real sum = 0;

#pragma omp parallel for reduction(+ : sum) num_threads(slab->threads)
    for (ptrdiff_t i = 0; i < slab->n; i++)
        sum += x[i] * x[i];
    *(rxt_norm *)partial = (rxt_norm){ .medium = sum };
}

const rxt_kernel rxt_kernel_nrm2_openmp = {
    .name = "nrm2_openmp",
    .type = RXT_TYPE,
    .formula = "r = sqrt(sum x[i]^2)",
    .arrays = 1,
    .loads = 1,
    .flops = 2,
    .factors = 2,
    .merge = &rxt_norms,
    .proof = &rxt_proof_nrm2,
    .run = run,
};
