/* iamax_blas.c - the first element of the largest magnitude by a CBLAS: each worker calls
 * cblas_idamax on its share. The library decides how NaN is treated. */
#include <rxt/blas.h>

#include <math.h>

#ifdef RXT_REAL_F32
#define IAMAX "cblas_isamax"
#else
#define IAMAX "cblas_idamax"
#endif

typedef size_t at_function(int n, const rxt_real *x, int dx);

static void loop(const rxt_share *share, void *partial)
{
    at_function *iamax = (at_function *)share->blas;
    const rxt_real *x = share->v[0];

    rxt_max_at.zero(partial);
    for (ptrdiff_t i = 0; i < share->n; i += RXT_BLAS_PIECE) {
        ptrdiff_t n = share->n - i < RXT_BLAS_PIECE ? share->n - i : RXT_BLAS_PIECE;
        ptrdiff_t at = i + (ptrdiff_t)iamax((int)n, x + i, 1);
        rxt_value found = { .value = fabs((double)x[at]), .index = share->first + at };

        rxt_max_at.merge(partial, &found);
    }
}

const rxt_kernel rxt_kernel_iamax_blas = {
    .name = "iamax_blas",
    .type = RXT_TYPE,
    .formula = "r = first i of max |x[i]|",
    .arrays = 1,
    .loads = 1,
    .flops = 1,
    .factors = 1,
    .merge = &rxt_max_at,
    .proof = &rxt_proof_iamax,
    .loop = loop,
    .blas = IAMAX,
};
