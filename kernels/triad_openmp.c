/* triad_openmp.c - a[i] = b[i] + s c[i] as in STREAM: the loop that users write. Its stores read
 * each line before they write it (write-allocate). */
#include <rxt/map.h>

static void run(const rxt_slab *slab, void *partial)
{
    const rxt_real *b = slab->v[0], *c = slab->v[1];
    rxt_real *a = slab->v[2];

    (void)partial;
#pragma omp parallel for num_threads(slab->threads)
    for (ptrdiff_t i = 0; i < slab->n; i++)
        a[i] = b[i] + RXT_MAP_SCALAR * c[i];
}

const rxt_kernel rxt_kernel_triad_openmp = {
    .name = "triad_openmp",
    .type = RXT_TYPE,
    .formula = "a[i] = b[i] + s c[i]",
    .arrays = 3,
    .outputs = 1,
    .loads = 2,
    .stores = 1,
    .flops = 2,
    .proof = &rxt_proof_triad,
    .run = run,
};
