/* axpy_openmp.c - y[i] += s x[i] as the loop that users write. */
#include <rxt/map.h>

static void run(const rxt_slab *slab, void *partial)
{
    const rxt_real *x = slab->v[0];
    rxt_real *y = slab->v[1];

    (void)partial;
#pragma omp parallel for num_threads(slab->threads)
    for (ptrdiff_t i = 0; i < slab->n; i++)
        y[i] += RXT_MAP_SCALAR * x[i];
}

const rxt_kernel rxt_kernel_axpy_openmp = {
    .name = "axpy_openmp",
    .type = RXT_TYPE,
    .formula = "y[i] += s x[i]",
    .arrays = 2,
    .loads = 2,
    .stores = 1,
    .flops = 2,
    .proof = &rxt_proof_axpy,
    .run = run,
};
