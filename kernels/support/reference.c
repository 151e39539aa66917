/* reference.c - the accurate sum of products that results are compared with.
 *
 * Plain additions are used as long as they are exact, because they are eight times as fast as
 * accurate ones. */
#include "support/reference.h"

#include <float.h>
#include <math.h>

enum {
    CHUNK = 2048, /* elements that are summed by plain additions first; both operands fit L1 */
    SUMS = 4,
    WIDTH = 2,
    STEP = SUMS * WIDTH,
};

/* Vectors of 16 bytes: every processor with vectors has these; this file is compiled for the lowest
 * level. */
typedef double vector __attribute__((vector_size(WIDTH * 8), aligned(8), may_alias));
typedef int64_t bits __attribute__((vector_size(WIDTH * 8)));

/* Adds value to high; the rounding error goes to low (Knuth's TwoSum). */
static inline void add(double value, double *high, double *low)
{
    double sum = *high + value, part = sum - *high;

    *low += (*high - (sum - part)) + (value - part);
    *high = sum;
}

static void zero(void *partial)
{
    *(rxt_reference *)partial = (rxt_reference){ 0 };
}

static void merge(void *left, const void *right)
{
    rxt_reference *f = left;
    const rxt_reference *more = right;

    add(more->high, &f->high, &f->low);
    f->low += more->low;
    f->magnitude += more->magnitude;
    f->special += more->special;
    f->broken |= more->broken;
    for (int type = 0; type < RXT_TYPES; type++)
        f->inexact[type] += more->inexact[type];
    rxt_coverage_merge(&f->coverage, &more->coverage);
}

/* Is not 0 in a lane whose number is not an integer; may also be not 0 for an integer above 2^51.
 * Adding 1.5 · 2^52 rounds away all bits after the point. */
static inline bits fractions(vector x)
{
    const vector large = { 0x1.8p52, 0x1.8p52 };

    return (bits)((x + large) - large != x);
}

static inline vector absolute(vector x)
{
    const bits sign = { INT64_MAX, INT64_MAX };

    return (vector)((bits)x & sign);
}

/* Independent partial sums, which hide the latency of the addition. */
typedef struct sums {
    vector sum[SUMS], magnitude[SUMS];
    bits broken;
} sums;

static inline void step(const double *restrict x, const double *restrict y, sums *s)
{
    for (int k = 0; k < SUMS; k++) {
        vector a = ((const vector *)x)[k], b = ((const vector *)y)[k], product = a * b;

        s->sum[k] += product;
        s->magnitude[k] += absolute(product);
        s->broken |= fractions(a) | fractions(b);
    }
}

static rxt_reference plain(ptrdiff_t n, const double *restrict x, const double *restrict y)
{
    sums s = { 0 };
    rxt_reference f = { 0 };
    ptrdiff_t i = 0;

    for (; i + STEP <= n; i += STEP)
        step(x + i, y + i, &s);
    for (; i < n; i++) {
        f.high += x[i] * y[i];
        f.magnitude += fabs(x[i] * y[i]);
        f.broken |= rint(x[i]) != x[i] || rint(y[i]) != y[i];
    }
    for (int k = 0; k < STEP; k++) {
        f.high += s.sum[k / WIDTH][k % WIDTH];
        f.magnitude += s.magnitude[k / WIDTH][k % WIDTH];
        f.broken |= s.broken[k % WIDTH];
    }
    return f;
}

/* Does a small product still have all of its digits? It does if the product of the two fractions
 * (frexp) is exact, and if the small product, scaled back, has the same digits. */
static bool is_whole(double x, double y, double product)
{
    int of_x, of_y;
    double a = frexp(x, &of_x), b = frexp(y, &of_y), digits = a * b;

    return fma(a, b, -digits) == 0 && ldexp(product, -(of_x + of_y)) == digits;
}

/* Counts products that are too small to keep all digits, for each type. Below FLT_MIN an f32
 * product may lose digits. The product is exact in double, so converting it to float shows the
 * loss. The rounding error of an f64 product is not lost if the product is 2^-969 or more. */
static void note_small(double x, double y, double product, rxt_reference *f)
{
    if (fabs(product) < (double)FLT_MIN)
        f->inexact[RXT_F32] += product != (double)(float)product;
    if (fabs(product) < 0x1p-969)
        f->inexact[RXT_F64] += !is_whole(x, y, product);
}

/* fma gives the rounding error of a product exactly, unless this error underflows. On a processor
 * without an fma instruction, fma is a slow library function; so this function is called only for
 * chunks whose plain sum is not exact. */
static void compensate(ptrdiff_t n, const double *restrict x, const double *restrict y,
                       rxt_reference *f)
{
    double high[SUMS] = { 0 }, low[SUMS] = { 0 };

    f->magnitude = 0.0;
    for (ptrdiff_t i = 0; i < n; i++) {
        double product = x[i] * y[i];

        if (!isfinite(x[i]) || !isfinite(y[i])) {
            f->special += product;
            continue;
        }
        f->magnitude += fabs(product);
        note_small(x[i], y[i], product, f);
        low[i % SUMS] += fma(x[i], y[i], -product);
        add(product, &high[i % SUMS], &low[i % SUMS]);
    }
    f->high = f->low = 0.0;
    for (int k = 0; k < SUMS; k++) {
        add(high[k], &f->high, &f->low);
        f->low += low[k];
    }
}

/* Sums of integers are exact below 2^53 (f32: 2^24). The first sum of magnitudes beyond 2^53 is
 * rounded to at least 2^53, and the sum never becomes smaller again. So the last sum is enough for
 * this check. */
bool rxt_reference_exact(const rxt_reference *f, rxt_type type)
{
    return !f->broken && f->magnitude < (type == RXT_F64 ? 0x1p53 : 0x1p24);
}

void rxt_reference_add(rxt_reference *f, ptrdiff_t total, const double *x, const double *y)
{
    for (ptrdiff_t i = 0; i < total; i += CHUNK) {
        ptrdiff_t n = total - i < CHUNK ? total - i : CHUNK;
        rxt_reference chunk = plain(n, x + i, y + i);

        if (!rxt_reference_exact(&chunk, RXT_F64))
            compensate(n, x + i, y + i, &chunk);
        merge(f, &chunk);
    }
}

double rxt_reference_gamma(rxt_type type, double roundings, double terms)
{
    double u = (type == RXT_F64 ? DBL_EPSILON : (double)FLT_EPSILON) / 2, cu = roundings * u;

    return cu < 0.5 ? cu / (1.0 - cu) : (terms + 1.0) * u;
}

/* The largest error of a right result. S = sum |x y|; terms that pass through c roundings err by at
 * most gamma S. S itself is summed in double, v = 2^-53, and may be too small by the relative error
 * n v. The reference errs by v |r| when it is rounded for the comparison, and also by at most
 * (2 n v)^2 S: twice the figure of Ogita, Rump & Oishi (Prop. 5.5), because blocks and ranks are
 * merged. A product that is inexact because it is small errs by half of the smallest number, in the
 * kernel and again in the reference; sums of such small numbers are exact. The bound is infinite if
 * S is more than a quarter of the largest number; below that, no partial sum overflows. */
double rxt_reference_bound(const void *facts, const rxt_case *of)
{
    const rxt_reference *f = facts;
    bool wide = of->type == RXT_F64;
    double n = (double)f->coverage.count, v = DBL_EPSILON / 2;
    double gamma = rxt_reference_gamma(of->type, (double)of->chain, n);
    double sum = f->magnitude / (1.0 - 2.0 * n * v);

    if (!(f->magnitude <= (wide ? DBL_MAX : (double)FLT_MAX) / 4))
        return INFINITY;
    if (f->special != 0.0 || rxt_reference_exact(f, of->type))
        return 0.0;
    return (gamma + 4.0 * n * v * n * v) * sum + v * fabs(f->high + f->low) +
           (double)f->inexact[of->type] * (wide ? DBL_TRUE_MIN : (double)FLT_TRUE_MIN);
}

bool rxt_reference_same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

double rxt_reference_mean(const void *facts)
{
    const rxt_reference *f = facts;

    return f->magnitude / (double)f->coverage.count;
}

double rxt_reference_judge(const void *facts, const rxt_case *of, rxt_value result)
{
    const rxt_reference *f = facts;
    double distance = fabs((result.value - f->high) - f->low), most = rxt_reference_bound(f, of);

    if (!rxt_coverage_whole(&f->coverage, of->total) || isinf(most))
        return INFINITY;
    if (f->special != 0.0)
        return rxt_reference_same(result.value, f->special) ? 0.0 : (double)INFINITY;
    if (distance == 0.0)
        return 0.0;
    return most > 0.0 ? distance / most : fmax(2.0, distance / 0.5);
}

const rxt_merge rxt_reference_facts = {
    .size = sizeof(rxt_reference),
    .commutes = true,
    .zero = zero,
    .merge = merge,
};
