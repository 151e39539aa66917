/* dot_blas.c - dot product by a CBLAS: each worker calls cblas_ddot on its share. */
#include <rxt/blas.h>
#include <rxt/kernel.h>

typedef rxt_real dot_function(int n, const rxt_real *x, int dx, const rxt_real *y, int dy);

static double pieces(dot_function *dot, ptrdiff_t n, const rxt_real *x, const rxt_real *y,
                     ptrdiff_t piece)
{
    double sum = 0.0;

    for (; n > piece; n -= piece, x += piece, y += piece)
        sum += dot((int)piece, x, 1, y, 1);
    return sum + dot((int)n, x, 1, y, 1);
}

static void loop(const rxt_share *share, void *partial)
{
    *(double *)partial =
        pieces((dot_function *)share->blas, share->n, share->v[0], share->v[1], RXT_BLAS_PIECE);
}

const rxt_kernel rxt_kernel_dot_blas = {
    .name = "dot_blas",
    .type = RXT_TYPE,
    .formula = "r = sum x[i] y[i]",
    .arrays = 2,
    .loads = 2,
    .flops = 2,
    .factors = 2,
    .merge = &rxt_sum,
    .proof = &rxt_proof_dot,
    .loop = loop,
    .blas = RXT_BLAS("dot"),
};
