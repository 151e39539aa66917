/* proof_map.c - proofs of element-wise kernels: each element is checked.
 *
 * Each element in memory is compared with the formula of the operands generated again; the largest
 * error counts, in units of the kernel's error bound. Before the proved call all outputs are set to
 * a special NaN (poison.h), so an element that was not written is found. A misplaced element is
 * found because it has the value of another index. */
#include "support/coverage.h"
#include "support/poison.h"
#include <rxt/map.h>

#include <float.h>
#include <math.h>
#include <string.h>

/* The error of an element that has no finite distance, such as a NaN instead of a number. */
static const double no_number = 0x1p53;

typedef struct facts {
    rxt_coverage seen;
    double worst; /* the largest error of an element, in units of its bound */
} facts;

static void zero(void *partial)
{
    *(facts *)partial = (facts){ 0 };
}

static void merge(void *left, const void *right)
{
    facts *f = left;
    const facts *more = right;

    rxt_coverage_merge(&f->seen, &more->seen);
    f->worst = fmax(f->worst, more->worst);
}

static double judge(const void *partial, const rxt_case *of, rxt_value result)
{
    const facts *f = partial;

    (void)result;
    return rxt_coverage_whole(&f->seen, of->total) ? f->worst : (double)INFINITY;
}

static double rounded(double value, rxt_type type)
{
    return type == RXT_F64 ? value : (double)(float)value;
}

/* Equal bit for bit, so that 0 and -0 differ. Any NaN equals any other, unless the element was
 * never written. */
static bool same(double found, double right)
{
    if (isnan(found))
        return isnan(right) && !rxt_poison_stands(found);
    return !memcmp(&found, &right, sizeof found);
}

/* Distance of two adjacent numbers of the type, at `value` (one unit in the last place). */
static double unit(double value, rxt_type type)
{
    int digits = type == RXT_F64 ? DBL_MANT_DIG : FLT_MANT_DIG;
    int least = (type == RXT_F64 ? DBL_MIN_EXP : FLT_MIN_EXP) - digits, exponent;

    if (value == 0.0)
        return ldexp(1.0, least);
    frexp(fmin(fabs(value), type == RXT_F64 ? DBL_MAX : (double)FLT_MAX), &exponent);
    return ldexp(1.0, exponent - digits > least ? exponent - digits : least);
}

/* The error of an element that must be equal to `right`: 0, or at least 2. */
static double unless_same(double found, double right, rxt_type type)
{
    double units;

    if (same(found, right))
        return 0.0;
    units = fabs(found - right) / unit(right, type);
    return units < no_number ? fmax(2.0, units) : no_number;
}

/* The error of one element, in units of the bound. x and y are its operands 0 and 1. */
typedef double element(double x, double y, double found, rxt_type type);

static double copied(double x, double y, double found, rxt_type type)
{
    (void)y;
    return unless_same(found, x, type);
}

static double filled(double x, double y, double found, rxt_type type)
{
    (void)x, (void)y;
    return unless_same(found, RXT_MAP_SCALAR, type);
}

/* One f32 operation computed in double and rounded to f32 is correctly rounded, because 53 digits
 * are more than 2 · 24 + 1 (Figueroa 1995). */
static double scaled(double x, double y, double found, rxt_type type)
{
    (void)y;
    return unless_same(found, rounded(RXT_MAP_SCALAR * x, type), type);
}

static double added(double x, double y, double found, rxt_type type)
{
    return unless_same(found, rounded(x + y, type), type);
}

/* x + s y, rounded twice, or once if the processor has a fused multiply-add. */
static double added_scaled(double x, double y, double found, rxt_type type)
{
    double twice = rounded(x + rounded(RXT_MAP_SCALAR * y, type), type);

    if (same(found, twice))
        return 0.0;
    return unless_same(found,
                       type == RXT_F64 ? fma(RXT_MAP_SCALAR, y, x)
                                       : (double)fmaf(RXT_MAP_SCALAR, (float)y, (float)x),
                       type);
}

static double scaled_added(double x, double y, double found, rxt_type type)
{
    return added_scaled(y, x, found, type);
}

/* Correctly rounded, as IEEE 754 requires of sqrt. */
static double rooted(double x, double y, double found, rxt_type type)
{
    (void)y;
    return unless_same(found, rounded(sqrt(x), type), type);
}

/* e^x must be within one unit in the last place, and not negative. NaN must be where libm has it,
 * and an infinite x must give libm's infinity or 0. An f32 is compared with libm's double. A double
 * passes if it is equal to libm's (off by 0.511 units at most); otherwise it is compared with long
 * double, which is slow. Long double also gives the distance if e^x is beyond the type's largest
 * number: that number is right if e^x lies just above it, and wrong for e^1000. An infinity must be
 * where libm has it, because no x has an e^x just below the limit. */
static double raised(double x, double y, double found, rxt_type type)
{
    double near = exp(x);
    long double right = near, units;

    (void)y;
    if (same(found, rounded(near, type)))
        return 0.0;
    if (isnan(found) || isnan(near) || isinf(x) || signbit(found))
        return no_number;
    if (type == RXT_F64)
        right = expl((long double)x);
    units = fabsl((long double)found - right) / unit((double)right, type);
    return units < no_number ? (double)units : no_number;
}

/* `made` has no arrays for operands that the kernel does not read. The result is in operand
 * `output` of `found`, the kernel's last operand. */
static inline void gather(const rxt_share *made, const rxt_share *found, facts *f, int inputs,
                          int output, element *error)
{
    const double *x = made->v[0], *y = made->v[1], *z = found->v[output];
    double worst = f->worst;

    for (ptrdiff_t i = 0; i < made->n; i++) {
        double e = error(inputs > 0 ? x[i] : 0.0, inputs > 1 ? y[i] : 0.0, z[i], made->type);

        worst = e > worst ? e : worst;
    }
    f->worst = worst;
    rxt_coverage_add(&f->seen, made);
}

static const rxt_merge merge_facts = {
    .size = sizeof(facts),
    .commutes = true,
    .zero = zero,
    .merge = merge,
};

#define PROOF(name, inputs, output, error)                                                  \
    static void gather_##name(const rxt_share *made, const rxt_share *found, void *partial) \
    {                                                                                       \
        gather(made, found, partial, inputs, output, error);                                \
    }                                                                                       \
                                                                                            \
    const rxt_proof rxt_proof_##name = {                                                    \
        .facts = &merge_facts,                                                              \
        .gather = gather_##name,                                                            \
        .judge = judge,                                                                     \
    };

PROOF(fill, 0, 0, filled)
PROOF(copy, 1, 1, copied)
PROOF(scale, 1, 1, scaled)
PROOF(add, 2, 2, added)
PROOF(triad, 2, 2, added_scaled)
PROOF(axpy, 2, 1, scaled_added)
PROOF(sqrt, 1, 1, rooted)
PROOF(exp, 1, 1, raised)
