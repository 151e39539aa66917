/* sum_blas.c - sum of the elements by a CBLAS that has cblas_dsum, an extension: each worker calls
 * it on its share.
 *
 * Only for f64, because cblas_ssum of OpenBLAS 0.3.21 gives wrong sums on processors with AVX-512.
 */
#include <rxt/blas.h>

typedef double sum_function(int n, const double *x, int dx);

static void loop(const rxt_share *share, void *partial)
{
    sum_function *all = (sum_function *)share->blas;
    const double *x = share->v[0];
    ptrdiff_t n = share->n;
    double sum = 0;

    for (; n > RXT_BLAS_PIECE; n -= RXT_BLAS_PIECE, x += RXT_BLAS_PIECE)
        sum += all(RXT_BLAS_PIECE, x, 1);
    *(double *)partial = sum + all((int)n, x, 1);
}

const rxt_kernel rxt_kernel_sum_blas = {
    .name = "sum_blas",
    .formula = "r = sum x[i]",
    .arrays = 1,
    .loads = 1,
    .flops = 1,
    .factors = 1,
    .merge = &rxt_sum,
    .proof = &rxt_proof_sum,
    .loop = loop,
    .blas = "cblas_dsum",
};
