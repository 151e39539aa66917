/* native.c - the dot product by a CBLAS library, as in NumPy. */
#include "native.h"

#include <rxt/blas.h>

typedef double dot_function(int n, const double *x, int dx, const double *y, int dy);

double rxt_native_dot(const rxt_share *share)
{
    dot_function *dot = (dot_function *)share->blas;
    const double *x = share->v[0], *y = share->v[1];
    ptrdiff_t n = share->n;
    double sum = 0.0;

    for (; n > RXT_BLAS_PIECE; n -= RXT_BLAS_PIECE, x += RXT_BLAS_PIECE, y += RXT_BLAS_PIECE)
        sum += dot(RXT_BLAS_PIECE, x, 1, y, 1);
    return sum + dot((int)n, x, 1, y, 1);
}
