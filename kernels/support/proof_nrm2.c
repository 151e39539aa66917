/* proof_nrm2.c - proofs of Euclidean norms.
 *
 * S, the sum of the squares, is computed accurately (reference.h), in three ranges as in norm.h, so
 * that no square overflows or underflows. The error of a result r follows from its square:
 * r - sqrt(S) = (r^2 - S) / (r + sqrt(S)), with the numerator computed in twice the working
 * precision. */
#include "support/reference.h"
#include <rxt/norm.h>

#include <float.h>
#include <math.h>

enum { CHUNK = 1024, SMALL = 0, MEDIUM = 1, LARGE = 2, RANGES = 3 };

typedef struct facts {
    rxt_reference sum[RANGES]; /* coverage is in the first */
} facts;

static void zero(void *partial)
{
    *(facts *)partial = (facts){ 0 };
}

static void merge(void *left, const void *right)
{
    for (int r = 0; r < RANGES; r++)
        rxt_reference_facts.merge(&((facts *)left)->sum[r], &((const facts *)right)->sum[r]);
}

static int range_of(double x)
{
    return fabs(x) > rxt_norm_large ? LARGE : fabs(x) < rxt_norm_small && x != 0 ? SMALL : MEDIUM;
}

/* Adds the squares of a chunk's elements in one range; elements outside it count as 0. */
static void add_range(facts *f, int range, ptrdiff_t n, const double *x)
{
    static const double scale[RANGES] = { 0x1p537, 1.0, 0x1p-538 };
    double scaled[CHUNK];
    bool any = false;

    for (ptrdiff_t i = 0; i < n; i++) {
        bool inside = range_of(x[i]) == range;

        scaled[i] = inside ? x[i] * scale[range] : 0.0;
        any = any || inside;
    }
    if (any)
        rxt_reference_add(&f->sum[range], n, scaled, scaled);
}

static void gather(const rxt_share *made, const rxt_share *found, void *partial)
{
    const double *x = made->v[0];
    facts *f = partial;

    (void)found;
    for (ptrdiff_t i = 0; i < made->n; i += CHUNK)
        for (int r = 0; r < RANGES; r++)
            add_range(f, r, made->n - i < CHUNK ? made->n - i : CHUNK, x + i);
    rxt_coverage_add(&f->sum[0].coverage, made);
}

/* The sum of all squares, high + low, in units of scale^-2. The scale is that of the range with the
 * largest squares; the sum of the next lower range is converted to it. The digits that the
 * conversion loses are negligible: if there are large squares, a medium square is multiplied by
 * 2^-1076. If there are no large squares, and the sum of the medium ones is below 2^-100, the scale
 * of the small range is used, so that both sums are exact. */
typedef struct total {
    double high, low, scale;
} total;

static total total_of(const facts *f)
{
    const rxt_reference *small = &f->sum[SMALL], *medium = &f->sum[MEDIUM], *large = &f->sum[LARGE];
    const rxt_reference *base = large->magnitude > 0 ? large : medium, *more = medium;
    double scale = rxt_norm_down, factor = 0x1p-538, sum, part;

    if (base == medium && medium->magnitude < 0x1p-100) {
        base = small;
        scale = rxt_norm_up;
        factor = 0x1p537;
    } else if (base == medium) {
        more = small;
        scale = 1.0;
        factor = 0x1p-537;
    }
    part = more->high * factor * factor;
    sum = base->high + part;
    return (total){ .high = sum,
                    .low = base->low + more->low * factor * factor + (part - (sum - base->high)) +
                           (base->high - (sum - (sum - base->high))),
                    .scale = scale };
}

static bool exact(const facts *f, rxt_type type)
{
    return f->sum[SMALL].magnitude + f->sum[LARGE].magnitude == 0 &&
           rxt_reference_exact(&f->sum[MEDIUM], type);
}

/* The sum of the squares that are infinite or NaN; 0 if there are none. */
static double special_of(const facts *f)
{
    return f->sum[SMALL].special + f->sum[MEDIUM].special + f->sum[LARGE].special;
}

/* The largest error of rounding a norm below the smallest normal number: half of the smallest
 * number. It is multiplied by 2^537, because small sums have that factor. If there are several
 * workers, their norms may be rounded, too, and these errors add up as squares do. */
static double small_error(const rxt_case *of)
{
    double half = (of->type == RXT_F64 ? DBL_TRUE_MIN : (double)FLT_TRUE_MIN) * rxt_norm_up / 2;

    return half * (of->workers > 1 ? 1 + sqrt(of->workers) : 1);
}

/* The bound in units of 1 / scale. A sum of squares that passes through c roundings has a relative
 * error of at most gamma; to first order, its root has half of this error
 * (1 - sqrt(1 - g) <= (g + g^2) / 2). The roundings of the ranges' sum, of the root and of the
 * result are added. If the norm is so large that the result may overflow, the bound is infinite. */
static double bound_by(double roundings, double terms, const facts *f, const rxt_case *of)
{
    total t = total_of(f);
    double root = sqrt(t.high), gamma = rxt_reference_gamma(of->type, roundings, terms);
    bool wide = of->type == RXT_F64;
    double u = (wide ? DBL_EPSILON : (double)FLT_EPSILON) / 2;

    if (!(root / t.scale <= (wide ? DBL_MAX : (double)FLT_MAX) / 2))
        return INFINITY;
    if (root == 0 || special_of(f) != 0)
        return 0;
    return root * (gamma * (1 + gamma) / 2 + 2 * u) + small_error(of) * (t.scale / rxt_norm_up);
}

/* A worker may give a norm that was rounded and squared again: three more roundings. If all sums of
 * squares are exact, only the merges of such squares round. */
static double bound_plain(const facts *f, const rxt_case *of)
{
    return bound_by(6.0 + (double)(exact(f, of->type) ? of->workers : of->chain),
                    (double)f->sum[0].coverage.count, f, of);
}

/* Reference BLAS, and OpenBLAS on aarch64, compute the sum of (x[i] / m)^2, where m is the largest
 * magnitude so far. The quotient is rounded and squared; when x[i] becomes the new m, the sum is
 * multiplied by (m / x[i])^2. So each element on the longest chain adds at most 5 roundings, and no
 * sum is exact. */
static double bound_scaled(const facts *f, const rxt_case *of)
{
    double roundings = 6.0 + 5.0 * (double)of->chain;

    return bound_by(roundings, roundings, f, of);
}

static double mean(const void *partial)
{
    const facts *f = partial;
    total t = total_of(f);

    return sqrt(t.high) / t.scale / (2 * (double)f->sum[0].coverage.count);
}

/* Divides the bound by the scale of the sum. A positive bound must stay positive: if it underflows,
 * it becomes the smallest number. */
static double unscaled(const facts *f, double bound)
{
    double plain = bound / total_of(f).scale;

    return bound > 0 ? fmax(plain, DBL_TRUE_MIN) : plain;
}

static double judge_by(double most, const facts *f, const rxt_case *of, double result)
{
    total t = total_of(f);
    double r = result * t.scale, square = r * r, special = special_of(f);
    double above = (square - t.high) + fma(r, r, -square) - t.low;

    if (!rxt_coverage_whole(&f->sum[0].coverage, of->total) || isinf(most))
        return INFINITY;
    if (special != 0)
        return rxt_reference_same(result, special) ? 0 : INFINITY;
    if (!(result >= 0) || signbit(result))
        return INFINITY;
    if (above == 0)
        return 0;
    return most > 0 ? fabs(above) / (r + sqrt(t.high)) / most : INFINITY;
}

#define PROOF(how)                                                                 \
    static double bound_of_##how(const void *f, const rxt_case *of)                \
    {                                                                              \
        return unscaled(f, bound_##how(f, of));                                    \
    }                                                                              \
                                                                                   \
    static double judge_##how(const void *f, const rxt_case *of, rxt_value result) \
    {                                                                              \
        return judge_by(bound_##how(f, of), f, of, result.value);                  \
    }

PROOF(plain)
PROOF(scaled)

static const rxt_merge merge_facts = {
    .size = sizeof(facts),
    .commutes = true,
    .zero = zero,
    .merge = merge,
};

const rxt_proof rxt_proof_nrm2 = {
    .facts = &merge_facts,
    .gather = gather,
    .bound = bound_of_plain,
    .mean = mean,
    .judge = judge_plain,
};

const rxt_proof rxt_proof_nrm2_scaled = {
    .facts = &merge_facts,
    .gather = gather,
    .bound = bound_of_scaled,
    .mean = mean,
    .judge = judge_scaled,
};
