/* axpy_blas.c - y[i] += s x[i] by OpenBLAS, cblas_daxpy on every worker's share.
 *
 * The workers are the team's: OpenBLAS must not start threads of its own. It does from 10,000
 * elements on, also in a team of one. Its lengths are int, so longer shares go in pieces. */
#include <rxt/blas.h>
#include <rxt/map.h>

#include <limits.h>

/* Whole cache lines, so that no piece starts in the middle of one. */
enum { PIECE = INT_MAX / 16 * 16 };

static void loop(const rxt_share *share, void *partial)
{
    const rxt_real *x = share->v[0];
    rxt_real *y = share->v[1];
    ptrdiff_t n = share->n;

    (void)partial;
    for (; n > PIECE; n -= PIECE, x += PIECE, y += PIECE)
        RXT_BLAS(axpy)(PIECE, RXT_MAP_SCALAR, x, 1, y, 1);
    RXT_BLAS(axpy)((int)n, RXT_MAP_SCALAR, x, 1, y, 1);
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
    .library = library,
    .make = make,
};
