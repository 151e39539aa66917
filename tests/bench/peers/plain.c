/* plain.c - loops as users write them: OpenMP's pragmas, STREAM's loops, libm.
 *
 * The build compiles this file twice (PEERS_TABLE is the name of the table), without the kernels'
 * flags. Each loop exists with and without a parallel region: a region costs 200 ns even with one
 * thread, and a user without threads writes no region. `simd` allows the compiler to reorder sums
 * and maxima; users who want speed use it. */
#include "plain.h"

#include <math.h>
#include <string.h>

#define PRAGMA(x) _Pragma(#x)

#define REDUCE(name, operator, start, statement)                                   \
    static double name(const double *x, const double *y, ptrdiff_t n, int threads) \
    {                                                                              \
        double r = start;                                                          \
                                                                                   \
        (void)y;                                                                   \
        if (threads == 1) {                                                        \
            PRAGMA(omp simd reduction(operator: r))                                \
            for (ptrdiff_t i = 0; i < n; i++)                                      \
                statement;                                                         \
            return r;                                                              \
        }                                                                          \
        PRAGMA(omp parallel for simd reduction(operator : r) num_threads(threads)) \
        for (ptrdiff_t i = 0; i < n; i++)                                          \
            statement;                                                             \
        return r;                                                                  \
    }

#define MAP(name, statement)                                                                  \
    static void name(double *out, const double *x, const double *y, ptrdiff_t n, int threads) \
    {                                                                                         \
        (void)y;                                                                              \
        if (threads == 1) {                                                                   \
            for (ptrdiff_t i = 0; i < n; i++)                                                 \
                statement;                                                                    \
            return;                                                                           \
        }                                                                                     \
        PRAGMA(omp parallel for num_threads(threads))                                         \
        for (ptrdiff_t i = 0; i < n; i++)                                                     \
            statement;                                                                        \
    }

REDUCE(dot, +, 0.0, r += x[i] * y[i])
REDUCE(sum, +, 0.0, r += x[i])
REDUCE(asum, +, 0.0, r += fabs(x[i]))
REDUCE(largest, max, -INFINITY, r = x[i] > r ? x[i] : r)

MAP(copy, out[i] = x[i])
MAP(scale, out[i] = peers_scalar * x[i])
MAP(add, out[i] = x[i] + y[i])
MAP(triad, out[i] = x[i] + peers_scalar * y[i])
MAP(exps, out[i] = exp(x[i]))
MAP(roots, out[i] = sqrt(x[i]))

static ptrdiff_t iamax_of(const double *x, ptrdiff_t from, ptrdiff_t to)
{
    ptrdiff_t at = from;
    double most = -1.0;

    for (ptrdiff_t i = from; i < to; i++)
        if (fabs(x[i]) > most) {
            most = fabs(x[i]);
            at = i;
        }
    return at;
}

/* OpenMP has no reduction for an index: each thread searches its part, and a critical section
 * compares the results. */
static double iamax(const double *x, const double *y, ptrdiff_t n, int threads)
{
    ptrdiff_t best = 0;

    (void)y;
    if (threads == 1)
        return (double)iamax_of(x, 0, n);
#pragma omp parallel for num_threads(threads)
    for (int t = 0; t < threads; t++) {
        ptrdiff_t at = iamax_of(x, n * t / threads, n * (t + 1) / threads);

#pragma omp critical
        if (fabs(x[at]) > fabs(x[best]) || (fabs(x[at]) == fabs(x[best]) && at < best))
            best = at;
    }
    return (double)best;
}

static void copy_by_memcpy(double *out, const double *x, const double *y, ptrdiff_t n, int threads)
{
    (void)y;
    if (threads == 1) {
        memcpy(out, x, (size_t)n * sizeof *x);
        return;
    }
#pragma omp parallel for num_threads(threads)
    for (int t = 0; t < threads; t++) {
        ptrdiff_t from = n * t / threads, to = n * (t + 1) / threads;

        memcpy(out + from, x + from, (size_t)(to - from) * sizeof *x);
    }
}

static void region(int threads)
{
#pragma omp parallel num_threads(threads)
    __asm__ volatile(""); /* the compiler would remove an empty region */
}

const peers_plain PEERS_TABLE = {
    .dot = dot,
    .sum = sum,
    .asum = asum,
    .max = largest,
    .iamax = iamax,
    .copy = copy,
    .scale = scale,
    .add = add,
    .triad = triad,
    .exp = exps,
    .sqrt = roots,
    .memcpy = copy_by_memcpy,
    .region = region,
};
