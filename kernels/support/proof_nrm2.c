/* proof_nrm2.c - how Euclidean norms are shown to be right.
 *
 * The squares are summed by the reference, in three ranges as norm.h has them, so that none
 * overflows or underflows. The result is compared squared: r - sqrt(S) = (r^2 - S) / (r + sqrt(S)),
 * whose numerator is had in twice the working precision. */
#include <rxt/norm.h>
#include <rxt/reference.h>

#include <float.h>
#include <math.h>

enum { CHUNK = 1024, SMALL = 0, MEDIUM = 1, LARGE = 2, RANGES = 3 };

typedef struct facts {
    rxt_reference sum[RANGES]; /* the cover is in the first */
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

/* Adds the squares of a chunk's elements in one range, the others being 0. */
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
    rxt_cover_add(&f->sum[0].cover, made);
}

/* The sum of all squares in units of scale^-2, high + low. What lies below a range and is too small
 * to be had there exactly does not count: a medium square beside large ones, 2^-1076 of it; and
 * beside medium ones that are not small themselves, small ones. */
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

/* A sum of squares that pass through c roundings errs by gamma of it, which the root halves: to
 * first order (and 1 - sqrt(1 - g) <= (g + g^2) / 2). Then come the ranges' sum, root and result. A
 * norm that is no normal number errs by the smallest there is; none may overflow. */
static double bound_of(const facts *f, rxt_type type, double roundings, double terms)
{
    total t = total_of(f);
    double norm = sqrt(t.high) / t.scale;
    double gamma = rxt_reference_gamma(type, roundings, terms);
    bool wide = type == RXT_F64;
    double u = (wide ? DBL_EPSILON : (double)FLT_EPSILON) / 2;

    if (t.high == 0)
        return 0;
    if (!(norm <= (wide ? DBL_MAX : (double)FLT_MAX) / 2))
        return INFINITY;
    return norm * (gamma * (1 + gamma) / 2 + 2 * u) + (wide ? DBL_TRUE_MIN : (double)FLT_TRUE_MIN);
}

/* A worker's part may be a norm that was rounded and squared again, three roundings more. Where all
 * sums of squares are exact, only the merges of such parts round. */
static double bound(const void *partial, const rxt_case *of)
{
    const facts *f = partial;

    return bound_of(f, of->type, 6.0 + (double)(exact(f, of->type) ? of->workers : of->chain),
                    (double)f->sum[0].cover.count);
}

/* Reference BLAS sums (x[i] / m)^2, m the largest so far, and OpenBLAS does so on aarch64: the
 * quotient is rounded and squared, the sum multiplied by (m / x[i])^2 when m gives way. That is at
 * most 5 roundings an element on the longest chain, and no sum is exact. */
static double bound_scaled(const void *partial, const rxt_case *of)
{
    double roundings = 6.0 + 5.0 * (double)of->chain;

    return bound_of(partial, of->type, roundings, roundings);
}

static double mean(const void *partial)
{
    const facts *f = partial;
    total t = total_of(f);

    return sqrt(t.high) / t.scale / (2 * (double)f->sum[0].cover.count);
}

static double judge_by(double most, const facts *f, const rxt_case *of, double result)
{
    total t = total_of(f);
    double r = result * t.scale, square = r * r;
    double above = (square - t.high) + fma(r, r, -square) - t.low;

    if (!rxt_cover_whole(&f->sum[0].cover, of->total) || isinf(most) || !(result >= 0))
        return INFINITY;
    if (above == 0)
        return 0;
    return most > 0 ? fabs(above) / (r + sqrt(t.high)) / t.scale / most : INFINITY;
}

static double judge(const void *partial, const rxt_case *of, rxt_value result)
{
    return judge_by(bound(partial, of), partial, of, result.value);
}

static double judge_scaled(const void *partial, const rxt_case *of, rxt_value result)
{
    return judge_by(bound_scaled(partial, of), partial, of, result.value);
}

static const rxt_merge merge_facts = {
    .size = sizeof(facts),
    .commutes = true,
    .zero = zero,
    .merge = merge,
};

const rxt_proof rxt_proof_nrm2 = {
    .facts = &merge_facts,
    .gather = gather,
    .bound = bound,
    .mean = mean,
    .judge = judge,
};

const rxt_proof rxt_proof_nrm2_scaled = {
    .facts = &merge_facts,
    .gather = gather,
    .bound = bound_scaled,
    .mean = mean,
    .judge = judge_scaled,
};
