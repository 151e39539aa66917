/* scale_openmp.c - b[i] = s c[i] as the loop that users write. */
#include <rxt/map.h>

static void run(const rxt_slab *slab, void *partial)
{
    const rxt_real *c = slab->v[0];
    rxt_real *b = slab->v[1];

    (void)partial;
#pragma omp parallel for num_threads(slab->threads)
    for (ptrdiff_t i = 0; i < slab->n; i++)
        b[i] = RXT_MAP_SCALAR * c[i];
}

const rxt_kernel rxt_kernel_scale_openmp = {
    .name = "scale_openmp",
    .type = RXT_TYPE,
    .formula = "b[i] = s c[i]",
    .arrays = 2,
    .outputs = 1,
    .loads = 1,
    .stores = 1,
    .flops = 1,
    .proof = &rxt_proof_scale,
    .run = run,
};
