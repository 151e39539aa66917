/* nrm2.c - Euclidean norm, r = sqrt(sum x[i]^2), for elements of any magnitude.
 *
 * First the squares are summed without scaling. In two cases the share is summed again with scaling
 * (norm.h), with the same number of partial sums: if the sum overflows, or if it is so small that
 * squares that underflowed could matter (each of them errs by at most the smallest normal number
 * times the unit roundoff). An infinity gives infinity, a NaN gives NaN. */
#include <rxt/norm.h>
#include <rxt/reduce.h>

#include <float.h>

#ifdef RXT_REAL_F32
static const double least = FLT_MIN;
#else
static const double least = DBL_MIN;
#endif

static inline rxt_vector step(rxt_vector sum, rxt_vector x, rxt_vector y)
{
    return rxt_fma(x, y, sum);
}

static void take_scaled(ptrdiff_t n, const rxt_real *x, rxt_norm *norm)
{
    rxt_norm part[RXT_SUMS] = { { 0 } };

    for (ptrdiff_t i = 0; i < n; i++)
        rxt_norm_take(&part[i % RXT_SUMS], x[i]);
    for (int p = 0; p < RXT_SUMS; p++) {
        norm->small += part[p].small;
        norm->medium += part[p].medium;
        norm->large += part[p].large;
    }
}

/* A sum above 2^1000 is computed again with scaling, too, so that the sums of up to 2^23 shares can
 * be added without overflow. */
static void loop(const rxt_share *share, void *partial)
{
    const rxt_real *x = share->v[0];
    rxt_norm *norm = partial;
    double sum = rxt_sum_lanes(rxt_reduce(share, x, x, 0, step, rxt_reduce_add));

    *norm = (rxt_norm){ .medium = sum };
    if (sum >= least * (double)share->n && sum <= 0x1p1000)
        return;
    *norm = (rxt_norm){ 0 };
    take_scaled(share->n, x, norm);
}

const rxt_kernel rxt_kernel_nrm2 = {
    .name = "nrm2",
    .type = RXT_TYPE,
    .formula = "r = sqrt(sum x[i]^2)",
    .arrays = 1,
    .loads = 1,
    .flops = 2,
    .factors = 2,
    .sums = RXT_SUMS,
    .merge = &rxt_norms,
    .proof = &rxt_proof_nrm2,
    .loop = loop,
};
