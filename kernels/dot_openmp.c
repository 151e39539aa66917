/* dot_openmp.c - dot product as OpenMP textbooks write it: the version that users know.
 *
 * The compiler may not reorder the additions of a plain sum, so each thread has a single chain of
 * additions. Because of this chain, and not because of OpenMP, the kernel is slower than dot while
 * the operands fit the cache. */
#include <rxt/kernel.h>

static void run(const rxt_slab *slab, void *partial)
{
    const rxt_real *x = slab->v[0], *y = slab->v[1];
    rxt_real sum = 0;

#pragma omp parallel for reduction(+ : sum) num_threads(slab->threads)
    for (ptrdiff_t i = 0; i < slab->n; i++)
        sum += x[i] * y[i];
    *(double *)partial = sum;
}

const rxt_kernel rxt_kernel_dot_openmp = {
    .name = "dot_openmp",
    .type = RXT_TYPE,
    .formula = "r = sum x[i] y[i]",
    .arrays = 2,
    .loads = 2,
    .flops = 2,
    .factors = 2,
    .merge = &rxt_sum,
    .proof = &rxt_proof_dot,
    .run = run,
};
