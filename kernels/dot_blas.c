/* dot_blas.c - dot product by OpenBLAS, cblas_ddot on every worker's share.
 *
 * The workers are the team's: OpenBLAS must not start threads of its own. It does from 10,000
 * elements on, also in a team of one. Its lengths are int, so longer shares go in pieces. */
#include <rxt/blas.h>
#include <rxt/kernel.h>

#include <limits.h>

/* Whole cache lines, so that no piece starts in the middle of one. */
enum { PIECE = INT_MAX / 8 * 8 };

static double pieces(ptrdiff_t n, const rxt_real *x, const rxt_real *y, ptrdiff_t piece)
{
    double sum = 0.0;

    for (; n > piece; n -= piece, x += piece, y += piece)
        sum += RXT_BLAS(dot)((int)piece, x, 1, y, 1);
    return sum + RXT_BLAS(dot)((int)n, x, 1, y, 1);
}

static void loop(const rxt_share *share, void *partial)
{
    *(double *)partial = pieces(share->n, share->v[0], share->v[1], PIECE);
}

/* With the OpenMP build of OpenBLAS this also sets omp_get_max_threads() to 1, which is why the
 * team asks for its threads in every region. */
static rxt_status make(rxt_slab *slab)
{
    (void)slab;
    openblas_set_num_threads(1);
    return RXT_OK;
}

/* "OpenBLAS 0.3.21 …": how it was built follows. */
static const char *library(void)
{
    return openblas_get_config();
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
    .library = library,
    .make = make,
};
