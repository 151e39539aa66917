/* sqrt_openmp.c - y[i] = the square root of x[i] as the loop that users write. Without -ffast-math
 * the compiler must set errno for negative numbers, so it does not vectorise the loop. */
#include <rxt/map.h>

#include <tgmath.h>

static void run(const rxt_slab *slab, void *partial)
{
    const rxt_real *x = slab->v[0];
    rxt_real *y = slab->v[1];

    (void)partial;
#pragma omp parallel for num_threads(slab->threads)
    for (ptrdiff_t i = 0; i < slab->n; i++)
        y[i] = sqrt(x[i]);
}

const rxt_kernel rxt_kernel_sqrt_openmp = {
    .name = "sqrt_openmp",
    .type = RXT_TYPE,
    .formula = "y[i] = sqrt x[i]",
    .arrays = 2,
    .outputs = 1,
    .loads = 1,
    .stores = 1,
    .flops = 1,
    .proof = &rxt_proof_sqrt,
    .fill = rxt_fill_positive,
    .run = run,
};
