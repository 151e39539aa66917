/* reference_truth.h - the range of right results of a kernel that is proved by a reference, on
 * special operands.
 *
 * MPFR computes the values. How much they change with their operands is computed here independently
 * of the proof. */
#ifndef REFERENCE_TRUTH_H
#define REFERENCE_TRUTH_H

#include "reduction_trial.h"

#include <stdbool.h>

enum { BITS = 4500 };

/* ---- formulas ---- */

/* The value of one element, and how much it changes relative to a change of its operands. */
typedef void truth(double x, double y, mpfr_t value, mpfr_t moves);

typedef struct formula {
    const char *name;
    int inputs;
    double flops;
    double (*plain)(double x, double y); /* the formula of a right kernel, in double */
    void (*reference)(ptrdiff_t n, const double *const v[RXT_ARRAYS], long double *right);
    truth *truth;
} formula;

#define FORMULA(name, kernels, references)                                              \
    static inline double plain_##name(double x, double y)                               \
    {                                                                                   \
        (void)y;                                                                        \
        return kernels;                                                                 \
    }                                                                                   \
                                                                                        \
    static inline void reference_##name(ptrdiff_t n, const double *const v[RXT_ARRAYS], \
                                        long double *right)                             \
    {                                                                                   \
        for (ptrdiff_t i = 0; i < n; i++) {                                             \
            long double x = v[0][i], y = v[1] ? v[1][i] : 0;                            \
                                                                                        \
            (void)y;                                                                    \
            right[i] = references;                                                      \
        }                                                                               \
    }

FORMULA(square, x *x, x *x)
FORMULA(reciprocal, 1 / x, 1 / x)
FORMULA(difference, x - y, x - y)
FORMULA(product, x *y, x *y)
FORMULA(ramp, x > 0 ? x : 0, x > 0 ? x : 0)

static inline void truth_square(double x, double y, mpfr_t value, mpfr_t moves)
{
    (void)y;
    mpfr_set_d(value, x, MPFR_RNDN);
    mpfr_sqr(value, value, MPFR_RNDN);
    mpfr_mul_ui(moves, value, 2, MPFR_RNDN);
}

static inline void truth_reciprocal(double x, double y, mpfr_t value, mpfr_t moves)
{
    (void)y;
    mpfr_set_d(value, x, MPFR_RNDN);
    mpfr_ui_div(value, 1, value, MPFR_RNDN);
    mpfr_abs(moves, value, MPFR_RNDN);
}

static inline void truth_difference(double x, double y, mpfr_t value, mpfr_t moves)
{
    mpfr_set_d(value, x, MPFR_RNDN);
    mpfr_sub_d(value, value, y, MPFR_RNDN);
    mpfr_set_d(moves, fabs(x), MPFR_RNDN);
    mpfr_add_d(moves, moves, fabs(y), MPFR_RNDN);
}

static inline void truth_product(double x, double y, mpfr_t value, mpfr_t moves)
{
    mpfr_set_d(value, x, MPFR_RNDN);
    mpfr_mul_d(value, value, y, MPFR_RNDN);
    mpfr_mul_ui(moves, value, 2, MPFR_RNDN);
    mpfr_abs(moves, moves, MPFR_RNDN);
}

static inline void truth_ramp(double x, double y, mpfr_t value, mpfr_t moves)
{
    (void)y;
    mpfr_set_d(value, x > 0 ? x : 0, MPFR_RNDN);
    mpfr_set(moves, value, MPFR_RNDN);
}

#define NAMED_FORMULA(name, inputs, flops)                                 \
    {                                                                      \
#name, inputs, flops, plain_##name, reference_##name, truth_##name \
    }
static const formula formulas[] = { NAMED_FORMULA(square, 1, 1), NAMED_FORMULA(reciprocal, 1, 1),
                                    NAMED_FORMULA(difference, 2, 1), NAMED_FORMULA(product, 2, 1),
                                    NAMED_FORMULA(ramp, 1, 0) };
enum { FORMULAS = sizeof formulas / sizeof formulas[0] };

/* ---- the range of right results ---- */

/* Numbers in low … high must be accepted; numbers outside of far_low … far_high must be refused.
 * For numbers between these ranges the errors of the proof's own arithmetic decide. If `alone` is
 * set, exactly one value is right instead. */
typedef struct zone {
    bool alone; /* only `value` is right, with its sign */
    double value;
    mpfr_t low, high, far_low, far_high;
} zone;

static inline void zone_init(zone *z)
{
    mpfr_inits2(BITS, z->low, z->high, z->far_low, z->far_high, (mpfr_ptr)0);
}

static inline void zone_clear(zone *z)
{
    mpfr_clears(z->low, z->high, z->far_low, z->far_high, (mpfr_ptr)0);
}

static inline void zone_about(zone *z, mpfr_t value, mpfr_t error, mpfr_t far)
{
    z->alone = false;
    mpfr_sub(z->low, value, error, MPFR_RNDN);
    mpfr_add(z->high, value, error, MPFR_RNDN);
    mpfr_sub(z->far_low, value, far, MPFR_RNDN);
    mpfr_add(z->far_high, value, far, MPFR_RNDN);
}

/* Can long double hold numbers below the smallest number of the type? */
static inline bool holds_small(rxt_type type)
{
    return LDBL_TRUE_MIN < (long double)smallest(type);
}

/* error := (1 + flops) (u (|value| + moves) + half of the smallest number); epsilon = 2 u. */
static inline void error_of(mpfr_t error, const formula *f, double epsilon, double least,
                            mpfr_t value, mpfr_t moves)
{
    mpfr_abs(error, value, MPFR_RNDN);
    mpfr_add(error, error, moves, MPFR_RNDN);
    mpfr_mul_d(error, error, epsilon, MPFR_RNDN);
    mpfr_add_d(error, error, least, MPFR_RNDN);
    mpfr_mul_d(error, error, (1 + f->flops) / 2, MPFR_RNDN);
}

/* The zone of a value. The far ends add twice the reference's own error to the kernel's error: the
 * reference may be off by this error, and the proof adds it to the kernel's bound. */
static inline void zone_of(zone *z, const formula *f, rxt_type type, mpfr_t value, mpfr_t moves)
{
    mpfr_t error, own;

    mpfr_inits2(BITS, error, own, (mpfr_ptr)0);
    error_of(error, f, 2 * half_unit(type), smallest(type), value, moves);
    error_of(own, f, (double)LDBL_EPSILON, holds_small(type) ? 0 : smallest(type), value, moves);
    mpfr_mul_ui(own, own, 2, MPFR_RNDN);
    mpfr_add(own, own, error, MPFR_RNDN);
    mpfr_mul_d(own, own, 1.001, MPFR_RNDN);
    zone_about(z, value, error, own);
    mpfr_clears(error, own, (mpfr_ptr)0);
}

/* The zone of one element. If an operand is not finite, or is at a pole, only the value that IEEE
 * 754 gives is right. */
static inline void zone_at(zone *z, const formula *f, rxt_type type, double x, double y,
                           mpfr_t value, mpfr_t moves)
{
    double plain = f->plain(x, y);
    bool pole = !isfinite(plain) && x == 0;

    y = f->inputs > 1 ? y : 0;
    if (!isfinite(x) || !isfinite(y) || pole) {
        mpfr_set_zero(value, 1);
        mpfr_set_zero(moves, 1);
    } else {
        f->truth(x, y, value, moves);
    }
    zone_of(z, f, type, value, moves);
    z->alone = mpfr_zero_p(value) && mpfr_zero_p(moves);
    z->value = plain;
}

/* ---- verdicts ---- */

typedef enum verdict { RIGHT, AT_EDGE, WRONG, VERDICTS } verdict;

/* Is `end` rounded to an infinity of that sign: at least half a unit beyond the largest number? */
static inline bool reaches(rxt_type type, mpfr_t end, int sign)
{
    int digits = type == RXT_F64 ? DBL_MANT_DIG : FLT_MANT_DIG,
        most = type == RXT_F64 ? DBL_MAX_EXP : FLT_MAX_EXP;
    bool beyond;
    mpfr_t threshold;

    mpfr_init2(threshold, BITS);
    mpfr_set_ui_2exp(threshold, 1, most - digits - 1, MPFR_RNDN);
    mpfr_add_d(threshold, threshold, largest(type), MPFR_RNDN);
    beyond = sign * mpfr_sgn(end) > 0 && mpfr_cmpabs(end, threshold) >= 0;
    mpfr_clear(threshold);
    return beyond;
}

static inline bool between(rxt_type type, double found, mpfr_t low, mpfr_t high)
{
    if (isinf(found))
        return reaches(type, found > 0 ? high : low, found > 0 ? 1 : -1);
    return mpfr_cmp_d(low, found) <= 0 && mpfr_cmp_d(high, found) >= 0;
}

/* If long double has no smaller numbers than the type: is the value so small that it may lose its
 * sign, or become 0? */
static inline bool lost(const zone *z, rxt_type type, double found)
{
    return !holds_small(type) && mpfr_cmp_d(z->far_low, -8 * smallest(type)) > 0 &&
           mpfr_cmp_d(z->far_high, 8 * smallest(type)) < 0 && fabs(found) <= smallest(type);
}

static inline verdict verdict_on(const zone *z, rxt_type type, double found)
{
    if (z->alone && z->value == found && signbit(z->value) == signbit(found))
        return RIGHT;
    if (z->alone && isnan(z->value) && isnan(found))
        return RIGHT;
    if (z->alone)
        return z->value == 0 && found != 0 && lost(z, type, found) ? AT_EDGE : WRONG;
    if (isnan(found))
        return WRONG;
    if (between(type, found, ((zone *)z)->low, ((zone *)z)->high))
        return found == 0 && lost(z, type, found) ? AT_EDGE : RIGHT;
    return between(type, found, ((zone *)z)->far_low, ((zone *)z)->far_high) ? AT_EDGE : WRONG;
}

#endif
