/* add_openmp.c - c[i] = a[i] + b[i] as the loop that users write. */
#include <rxt/map.h>

static void run(const rxt_slab *slab, void *partial)
{
    const rxt_real *a = slab->v[0], *b = slab->v[1];
    rxt_real *c = slab->v[2];

    (void)partial;
#pragma omp parallel for num_threads(slab->threads)
    for (ptrdiff_t i = 0; i < slab->n; i++)
        c[i] = a[i] + b[i];
}

const rxt_kernel rxt_kernel_add_openmp = {
    .name = "add_openmp",
    .type = RXT_TYPE,
    .formula = "c[i] = a[i] + b[i]",
    .arrays = 3,
    .outputs = 1,
    .loads = 2,
    .stores = 1,
    .flops = 1,
    .proof = &rxt_proof_add,
    .run = run,
};
