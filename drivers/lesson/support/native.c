/* native.c - the dot product by OpenBLAS, which NumPy has, too. */
#include "native.h"

#include <rxt/blas.h>

double rxt_native_dot(ptrdiff_t n, const double *x, const double *y)
{
    double sum = 0.0;

    for (; n > RXT_BLAS_PIECE; n -= RXT_BLAS_PIECE, x += RXT_BLAS_PIECE, y += RXT_BLAS_PIECE)
        sum += cblas_ddot(RXT_BLAS_PIECE, x, 1, y, 1);
    return sum + cblas_ddot((int)n, x, 1, y, 1);
}

rxt_status rxt_native_make(rxt_slab *slab)
{
    rxt_status st = rxt_blas_make(slab);

    return st ? st : rxt_lock_make(slab);
}
