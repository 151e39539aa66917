/* nrm2_blas.c - Euclidean norm by a CBLAS: each worker calls cblas_dnrm2 on its share.
 *
 * The library returns a rounded norm. To be merged, this norm is squared again, so the results of
 * different splits differ in the last bits. */
#include <rxt/blas.h>
#include <rxt/norm.h>

typedef rxt_real norm_function(int n, const rxt_real *x, int dx);

static void loop(const rxt_share *share, void *partial)
{
    norm_function *nrm2 = (norm_function *)share->blas;
    const rxt_real *x = share->v[0];
    ptrdiff_t n = share->n;
    rxt_norm *norm = partial;

    *norm = (rxt_norm){ 0 };
    for (; n > RXT_BLAS_PIECE; n -= RXT_BLAS_PIECE, x += RXT_BLAS_PIECE)
        rxt_norm_take(norm, (double)nrm2(RXT_BLAS_PIECE, x, 1));
    rxt_norm_take(norm, (double)nrm2((int)n, x, 1));
}

const rxt_kernel rxt_kernel_nrm2_blas = {
    .name = "nrm2_blas",
    .type = RXT_TYPE,
    .formula = "r = sqrt(sum x[i]^2)",
    .arrays = 1,
    .loads = 1,
    .flops = 2,
    .factors = 2,
    .merge = &rxt_norms,
    .proof = &rxt_proof_nrm2_scaled,
    .loop = loop,
    .blas = RXT_BLAS("nrm2"),
};
