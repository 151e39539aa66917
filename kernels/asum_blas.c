/* asum_blas.c - sum of the magnitudes by a CBLAS: each worker calls cblas_dasum on its share. */
#include <rxt/blas.h>

typedef rxt_real sum_function(int n, const rxt_real *x, int dx);

static void loop(const rxt_share *share, void *partial)
{
    sum_function *asum = (sum_function *)share->blas;
    const rxt_real *x = share->v[0];
    ptrdiff_t n = share->n;
    double sum = 0;

    for (; n > RXT_BLAS_PIECE; n -= RXT_BLAS_PIECE, x += RXT_BLAS_PIECE)
        sum += (double)asum(RXT_BLAS_PIECE, x, 1);
    *(double *)partial = sum + (double)asum((int)n, x, 1);
}

const rxt_kernel rxt_kernel_asum_blas = {
    .name = "asum_blas",
    .type = RXT_TYPE,
    .formula = "r = sum |x[i]|",
    .arrays = 1,
    .loads = 1,
    .flops = 1,
    .factors = 1,
    .merge = &rxt_sum,
    .proof = &rxt_proof_asum,
    .loop = loop,
    .blas = RXT_BLAS("asum"),
};
