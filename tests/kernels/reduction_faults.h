/* reduction_faults.h - results of reductions that are wrong, each in one way. */
#ifndef REDUCTION_FAULTS_H
#define REDUCTION_FAULTS_H

#include "reduction_truth.h"

/* Gives the wrong result. The trial is a copy, so a fault may change its operands. If the fault
 * makes no difference for this trial, the result is the right one. */
typedef rxt_value faulty(trial t);

#define FAULT(name, ...)                  \
    static inline rxt_value name(trial t) \
    {                                     \
        __VA_ARGS__;                      \
    }

/* ---- wrong elements ---- */

static inline rxt_value first_n(trial *t, ptrdiff_t n)
{
    return plain(t, n > 0 ? n : 0, t->x, t->y);
}

static inline rxt_value from(trial *t, ptrdiff_t first)
{
    return t->n >= first ? plain(t, t->n - first, t->x + first, t->y + first) : t->right;
}

static inline rxt_value with_more(trial *t, double x, double y)
{
    t->x[t->n] = x;
    t->y[t->n] = y;
    return first_n(t, t->n + 1);
}

static inline rxt_value with_again(trial *t, ptrdiff_t i)
{
    return t->n > 0 ? with_more(t, t->x[i], t->y[i]) : t->right;
}

FAULT(loses_first, return from(&t, 1))
FAULT(loses_last, return first_n(&t, t.n - 1))
FAULT(takes_first_twice, return with_again(&t, 0))
FAULT(takes_last_twice, return with_again(&t, t.n - 1))
FAULT(loses_upper_half, return first_n(&t, t.n / 2))
FAULT(loses_lower_half, return from(&t, t.n / 2))
FAULT(shifts_one_operand, return t.n > 0 ? plain(&t, t.n - 1, t.x + 1, t.y) : t.right)
FAULT(reads_one_behind, return with_more(&t, 3, 3))
FAULT(takes_first_alone, return first_n(&t, t.n > 0))

/* ---- wrong values of elements ---- */

#define CHANGE(name, change)                  \
    static inline rxt_value name(trial t)     \
    {                                         \
        for (ptrdiff_t i = 0; i < t.n; i++) { \
            double x = t.x[i];                \
                                              \
            t.x[i] = (change);                \
        }                                     \
        return first_n(&t, t.n);              \
    }

CHANGE(takes_magnitudes, fabs(x))
CHANGE(takes_squares, rounded(t.type, x *x))
CHANGE(changes_signs, -x)
CHANGE(loses_negative_ones, x < 0 ? 0 : x)
CHANGE(loses_nan, isnan(x) ? 0 : x)
CHANGE(loses_infinities, isinf(x) ? 0 : x)
CHANGE(makes_infinities_finite, isinf(x) ? copysign(largest(t.type), x) : x)
CHANGE(makes_largest_infinite, fabs(x) == largest(t.type) ? copysign(INFINITY, x) : x)
CHANGE(flushes_subnormals, fabs(x) < normal(t.type) ? copysign(0, x) : x)

/* ---- wrong results ---- */

static inline rxt_value of_value(const trial *t, double value)
{
    return (rxt_value){ .value = rounded(t->type, value), .index = t->right.index };
}

#define GIVE(name, value) FAULT(name, return of_value(&t, value))

GIVE(gives_zero, 0.0)
GIVE(gives_minus_zero, -0.0)
GIVE(gives_nan, NAN)
GIVE(gives_infinity, INFINITY)
GIVE(gives_minus_infinity, -INFINITY)
GIVE(gives_largest, largest(t.type))
GIVE(gives_least, -largest(t.type))
GIVE(gives_smallest, smallest(t.type))
GIVE(gives_first_element, t.x[0])
GIVE(gives_count, (double)t.n)
GIVE(gives_largest_element, extreme(t.n, t.x, true))
GIVE(gives_least_element, extreme(t.n, t.x, false))
GIVE(gives_its_sign, t.right.index >= 0 ? t.x[t.right.index] : t.right.value)
GIVE(doubles, 2 * t.right.value)
GIVE(halves, t.right.value / 2)
GIVE(loses_sign, fabs(t.right.value))
GIVE(negates, -t.right.value)
GIVE(forgets_root, t.right.value *t.right.value)
GIVE(starts_from_one, is_sum(&t) ? t.right.value + 1 : fmax(1, t.right.value))
GIVE(starts_from_zero, fmax(0, t.right.value))
GIVE(starts_from_least, fmax(-largest(t.type), t.right.value))
GIVE(starts_from_largest, fmin(largest(t.type), t.right.value))
GIVE(adds_halves, first_n(&t, t.n / 2).value + from(&t, t.n / 2).value)

static inline rxt_value squares_in_the_type(trial t)
{
    double sum = 0;

    for (ptrdiff_t i = 0; i < t.n; i++)
        sum = rounded(t.type, sum + rounded(t.type, t.x[i] * t.x[i]));
    return of_value(&t, sqrt(sum));
}

/* The nearest wrong result on one side. For extremes: the adjacent number; for sums: the first
 * number beyond 1.002 times the bound. */
static inline rxt_value next_to(const trial *t, int side)
{
    mpfr_t edge;
    double value = t->right.value;

    if (is_sum(t) && t->special == 0) {
        mpfr_init2(edge, BITS);
        mpfr_mul_d(edge, t->bound, side * 1.002, MPFR_RNDN);
        mpfr_add(edge, t->sum, edge, MPFR_RNDN);
        value = mpfr_get_d(edge, side > 0 ? MPFR_RNDU : MPFR_RNDD);
        mpfr_clear(edge);
    }
    return (rxt_value){ .value = nextafter(value, side * (double)INFINITY),
                        .index = t->right.index };
}

FAULT(is_just_above, return next_to(&t, 1))
FAULT(is_just_below, return next_to(&t, -1))

/* ---- wrong indices ---- */

static inline rxt_value at(const trial *t, ptrdiff_t index)
{
    return (rxt_value){ .value = t->right.value, .index = t->of == IAMAX ? index : -1 };
}

FAULT(is_one_before, return at(&t, t.right.index - 1))
FAULT(is_one_behind, return at(&t, t.right.index + 1))
FAULT(counts_from_its_share, return at(&t, t.right.index - t.n / 2))
FAULT(has_no_index, return at(&t, -1))
FAULT(is_at_first, return at(&t, 0))

static inline rxt_value is_last_of_ties(trial t)
{
    ptrdiff_t i = t.n - 1;

    while (i >= 0 && !equal(fabs(t.x[i]), t.right.value))
        i--;
    return at(&t, i);
}

/* ---- the table of faults ---- */

#define NAMED(fault)  \
    {                 \
#fault, fault \
    }

static const struct named_fault {
    const char *name;
    faulty *give;
} faults[] = {
    NAMED(loses_first),
    NAMED(loses_last),
    NAMED(takes_first_twice),
    NAMED(takes_last_twice),
    NAMED(loses_upper_half),
    NAMED(loses_lower_half),
    NAMED(shifts_one_operand),
    NAMED(reads_one_behind),
    NAMED(takes_first_alone),
    NAMED(takes_magnitudes),
    NAMED(takes_squares),
    NAMED(changes_signs),
    NAMED(loses_negative_ones),
    NAMED(loses_nan),
    NAMED(loses_infinities),
    NAMED(makes_infinities_finite),
    NAMED(makes_largest_infinite),
    NAMED(flushes_subnormals),
    NAMED(gives_zero),
    NAMED(gives_minus_zero),
    NAMED(gives_nan),
    NAMED(gives_infinity),
    NAMED(gives_minus_infinity),
    NAMED(gives_largest),
    NAMED(gives_least),
    NAMED(gives_smallest),
    NAMED(gives_first_element),
    NAMED(gives_count),
    NAMED(gives_largest_element),
    NAMED(gives_least_element),
    NAMED(gives_its_sign),
    NAMED(doubles),
    NAMED(halves),
    NAMED(loses_sign),
    NAMED(negates),
    NAMED(forgets_root),
    NAMED(starts_from_one),
    NAMED(starts_from_zero),
    NAMED(starts_from_least),
    NAMED(starts_from_largest),
    NAMED(adds_halves),
    NAMED(squares_in_the_type),
    NAMED(is_just_above),
    NAMED(is_just_below),
    NAMED(is_one_before),
    NAMED(is_one_behind),
    NAMED(counts_from_its_share),
    NAMED(has_no_index),
    NAMED(is_at_first),
    NAMED(is_last_of_ties),
};
enum { FAULTS = sizeof faults / sizeof faults[0] };

#endif
