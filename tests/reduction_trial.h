/* reduction_trial.h - the operands of one reduction, in classes of special numbers. */
#ifndef REDUCTION_TRIAL_H
#define REDUCTION_TRIAL_H

#include <rxt/kernel.h>

#include <float.h>
#include <math.h>

#include <mpfr.h>

enum { MOST = 101 };

typedef enum reduction { SUM, ASUM, DOT, NRM2, NRM2_SCALED, MAX, MIN, IAMAX, REDUCTIONS } reduction;

typedef struct trial {
    reduction of;
    rxt_type type;
    ptrdiff_t n;
    double x[MOST + 1], y[MOST + 1]; /* one element more, for faults that use one twice         */
    rxt_value right;                 /* result of a plain loop                                  */
    bool refused;                    /* sums may overflow: the proof accepts no result          */
    double special;                  /* sum of the terms that are not finite; 0: all are finite */
    mpfr_t sum, bound;               /* of the finite terms                                     */
} trial;

static inline bool is_sum(const trial *t)
{
    return t->of < MAX;
}

static inline bool is_norm(const trial *t)
{
    return t->of == NRM2 || t->of == NRM2_SCALED;
}

/* ---- the type ---- */

static inline double rounded(rxt_type type, double value)
{
    return type == RXT_F64 ? value : (double)(float)value;
}

static inline double largest(rxt_type type)
{
    return type == RXT_F64 ? DBL_MAX : (double)FLT_MAX;
}

static inline double smallest(rxt_type type)
{
    return type == RXT_F64 ? DBL_TRUE_MIN : (double)FLT_TRUE_MIN;
}

static inline double normal(rxt_type type)
{
    return type == RXT_F64 ? DBL_MIN : (double)FLT_MIN;
}

static inline double half_unit(rxt_type type)
{
    return (type == RXT_F64 ? DBL_EPSILON : (double)FLT_EPSILON) / 2;
}

/* ---- classes of operands ---- */

/* Values of the elements that are not special. */
enum filling {
    REALS,
    WHOLE,
    LARGE_WHOLE, /* their sums have too many digits to be exact */
    ZEROS,
    MINUS_ZEROS,
    BOTH_ZEROS,
    SUBNORMAL,
    SQUARES_ARE_LARGE,
    SQUARES_ARE_SMALL,
    ABOUT_LARGE, /* on both sides of the limits of norm.h */
    ABOUT_SMALL,
    OVERFLOWING,
    CANCELLING,
    EQUAL
};

/* `specials` elements have special values: with 1, `one`; with 2, also `other` at the opposite end.
 * Each has a value for f64 and one for f32. */
struct operands {
    const char *name;
    enum filling filling;
    int specials;
    double one[RXT_TYPES], other[RXT_TYPES];
};

static const struct operands classes[] = {
    { "reals", REALS, 0, { 0 }, { 0 } },
    { "integers", WHOLE, 0, { 0 }, { 0 } },
    { "large integers", LARGE_WHOLE, 0, { 0 }, { 0 } },
    { "+Inf", REALS, 1, { INFINITY, INFINITY }, { 0 } },
    { "-Inf", WHOLE, 1, { -INFINITY, -INFINITY }, { 0 } },
    { "+Inf and -Inf", REALS, 2, { INFINITY, INFINITY }, { -INFINITY, -INFINITY } },
    { "+Inf twice", WHOLE, 2, { INFINITY, INFINITY }, { INFINITY, INFINITY } },
    { "NaN", WHOLE, 1, { NAN, NAN }, { 0 } },
    { "NaN twice", REALS, 2, { NAN, NAN }, { NAN, NAN } },
    { "NaN and Inf", REALS, 2, { NAN, NAN }, { INFINITY, INFINITY } },
    { "0", ZEROS, 0, { 0 }, { 0 } },
    { "-0", MINUS_ZEROS, 0, { 0 }, { 0 } },
    { "0 and -0", BOTH_ZEROS, 0, { 0 }, { 0 } },
    { "subnormal", SUBNORMAL, 0, { 0 }, { 0 } },
    { "smallest beside 0", ZEROS, 1, { DBL_TRUE_MIN, (double)FLT_TRUE_MIN }, { 0 } },
    { "one subnormal", REALS, 1, { 0x1p-1030, 0x1p-130 }, { 0 } },
    { "largest beside 0", ZEROS, 1, { DBL_MAX, (double)FLT_MAX }, { 0 } },
    { "a fifth of it", REALS, 1, { DBL_MAX / 5, (double)FLT_MAX / 5 }, { 0 } },
    { "sum overflows", OVERFLOWING, 0, { 0 }, { 0 } },
    { "squares overflow", SQUARES_ARE_LARGE, 0, { 0 }, { 0 } },
    { "squares underflow", SQUARES_ARE_SMALL, 0, { 0 }, { 0 } },
    { "about 2^486", ABOUT_LARGE, 0, { 0 }, { 0 } },
    { "about 2^-511", ABOUT_SMALL, 0, { 0 }, { 0 } },
    { "sum is 0", CANCELLING, 0, { 0 }, { 0 } },
    { "ties", EQUAL, 0, { 0 }, { 0 } },
    { "one above ties", EQUAL, 1, { 1e6, 1e6 }, { 0 } },
    { "ties of two signs", EQUAL, 2, { -1e6, -1e6 }, { 1e6, 1e6 } },
};
enum { CLASSES = sizeof classes / sizeof classes[0] };

static inline double element(enum filling filling, rxt_type type, ptrdiff_t i)
{
    double sign = i % 3 == 1 ? -1 : 1, real = sign * (0.6 + 1.0 / ((double)i + 1.3));
    double value[] = { [REALS] = real,
                       [WHOLE] = (double)((i * 37 + 11) % 19 - 9),
                       [LARGE_WHOLE] = ldexp(sign, type == RXT_F64 ? 50 : 21) + (double)i,
                       [MINUS_ZEROS] = -0.0,
                       [BOTH_ZEROS] = i % 2 ? -0.0 : 0.0,
                       [SUBNORMAL] = (double)(i % 5 + 1) * sign * smallest(type),
                       [SQUARES_ARE_LARGE] = ldexp(real, type == RXT_F64 ? 600 : 80),
                       [SQUARES_ARE_SMALL] = ldexp(real, type == RXT_F64 ? -560 : -90),
                       [ABOUT_LARGE] = ldexp(real, type == RXT_F64 ? 486 : 60),
                       [ABOUT_SMALL] = ldexp(real, type == RXT_F64 ? -511 : -62),
                       [OVERFLOWING] = 0.9 * sign * largest(type),
                       [CANCELLING] = real,
                       [EQUAL] = 0.75 };

    return rounded(type, value[filling]);
}

/* The filling of a dot product's second operand. For squares it is the same, so that the products
 * are as large as squares. Otherwise integers (WHOLE) are multiplied by reals, and all other
 * numbers by integers: a sum must not count as exact if only one operand has integers. */
static inline enum filling second(enum filling first)
{
    bool squares = first == SQUARES_ARE_LARGE || first == SQUARES_ARE_SMALL;

    return squares ? first : first == WHOLE ? REALS : WHOLE;
}

static inline void lay(trial *t, const struct operands *of, ptrdiff_t at)
{
    for (ptrdiff_t i = 0; i < t->n; i++) {
        t->x[i] = element(of->filling, t->type, i);
        t->y[i] = element(second(of->filling), t->type, i + 5);
        if (of->filling != CANCELLING)
            continue;
        if (i % 2)
            t->y[i] = t->y[i - 1];
        t->x[i] = i % 2 ? -t->x[i - 1] : i == t->n - 1 ? 0 : t->x[i];
    }
    if (of->specials > 0 && t->n > 0)
        t->x[at] = rounded(t->type, of->one[t->type]);
    if (of->specials > 1 && t->n > 0)
        t->x[t->n - 1 - at] = rounded(t->type, of->other[t->type]);
}

#endif
