/* iamax_openmp.c - the first element of the largest magnitude as OpenMP textbooks write it: each
 * thread finds its own largest, and a critical section merges them. */
#include <rxt/kernel.h>

#include <math.h>

static void run(const rxt_slab *slab, void *partial)
{
    const rxt_real *x = slab->v[0];

    rxt_max_at.zero(partial);
#pragma omp parallel num_threads(slab->threads)
    {
        rxt_real most = -1;
        rxt_value own = { .index = -1 };

#pragma omp for nowait
        for (ptrdiff_t i = 0; i < slab->n; i++)
            if ((rxt_real)fabs((double)x[i]) > most) {
                most = (rxt_real)fabs((double)x[i]);
                own = (rxt_value){ .value = most, .index = slab->first + i };
            }
#pragma omp critical
        rxt_max_at.merge(partial, &own);
    }
}

const rxt_kernel rxt_kernel_iamax_openmp = {
    .name = "iamax_openmp",
    .type = RXT_TYPE,
    .formula = "r = first i of max |x[i]|",
    .arrays = 1,
    .loads = 1,
    .flops = 1,
    .factors = 1,
    .merge = &rxt_max_at,
    .proof = &rxt_proof_iamax,
    .run = run,
};
