/* exp_openmp.c - y[i] = e^x[i] as the loop that users write: a call of libm for each element. */
#include <rxt/map.h>

#include <tgmath.h>

static void run(const rxt_slab *slab, void *partial)
{
    const rxt_real *x = slab->v[0];
    rxt_real *y = slab->v[1];

    (void)partial;
#pragma omp parallel for num_threads(slab->threads)
    for (ptrdiff_t i = 0; i < slab->n; i++)
        y[i] = exp(x[i]);
}

const rxt_kernel rxt_kernel_exp_openmp = {
    .name = "exp_openmp",
    .type = RXT_TYPE,
    .formula = "y[i] = e^x[i]",
    .arrays = 2,
    .outputs = 1,
    .loads = 1,
    .stores = 1,
    .flops = 1,
    .proof = &rxt_proof_exp,
    .fill = RXT_TYPE == RXT_F64 ? rxt_fill_exp_f64 : rxt_fill_exp_f32,
    .run = run,
};
