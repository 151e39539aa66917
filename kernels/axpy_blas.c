/* axpy_blas.c - y[i] += s x[i] by a CBLAS: each worker calls cblas_daxpy on its share. */
#include <rxt/blas.h>
#include <rxt/map.h>

typedef void axpy_function(int n, rxt_real s, const rxt_real *x, int dx, rxt_real *y, int dy);

static void loop(const rxt_share *share, void *partial)
{
    axpy_function *axpy = (axpy_function *)share->blas;
    const rxt_real *x = share->v[0];
    rxt_real *y = share->v[1];
    ptrdiff_t n = share->n;

    (void)partial;
    for (; n > RXT_BLAS_PIECE; n -= RXT_BLAS_PIECE, x += RXT_BLAS_PIECE, y += RXT_BLAS_PIECE)
        axpy(RXT_BLAS_PIECE, RXT_MAP_SCALAR, x, 1, y, 1);
    axpy((int)n, RXT_MAP_SCALAR, x, 1, y, 1);
}

const rxt_kernel rxt_kernel_axpy_blas = {
    .name = "axpy_blas",
    .type = RXT_TYPE,
    .formula = "y[i] += s x[i]",
    .arrays = 2,
    .loads = 2,
    .stores = 1,
    .flops = 2,
    .proof = &rxt_proof_axpy,
    .loop = loop,
    .blas = RXT_BLAS("axpy"),
};
