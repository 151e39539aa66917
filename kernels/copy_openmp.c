/* copy_openmp.c - c[i] = a[i] as the loop that users write; compilers call memcpy for it. */
#include <rxt/map.h>

static void run(const rxt_slab *slab, void *partial)
{
    const rxt_real *restrict a = slab->v[0];
    rxt_real *restrict c = slab->v[1];

    (void)partial;
#pragma omp parallel for num_threads(slab->threads)
    for (ptrdiff_t i = 0; i < slab->n; i++)
        c[i] = a[i];
}

const rxt_kernel rxt_kernel_copy_openmp = {
    .name = "copy_openmp",
    .type = RXT_TYPE,
    .formula = "c[i] = a[i]",
    .arrays = 2,
    .outputs = 1,
    .loads = 1,
    .stores = 1,
    .proof = &rxt_proof_copy,
    .run = run,
};
