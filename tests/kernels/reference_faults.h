/* reference_faults.h - changes of elements that make a kernel wrong, each in one way. */
#ifndef REFERENCE_FAULTS_H
#define REFERENCE_FAULTS_H

#include "reference_story.h"

/* The value that stands for an element that the kernel leaves out. For stored elements this is NaN,
 * in place of the poison. */
static inline double left_out(const story *s)
{
    return s->kind == STORED     ? NAN
           : s->kind == MOST_OF  ? -(double)INFINITY
           : s->kind == LEAST_OF ? (double)INFINITY
                                 : 0.0;
}

/* Gives the wrong value of element i of n; v is the right one. */
typedef double changed(const story *s, ptrdiff_t i, ptrdiff_t n, double v);

#define CHANGE(name, change)                                                      \
    static inline double name(const story *s, ptrdiff_t i, ptrdiff_t n, double v) \
    {                                                                             \
        (void)s, (void)i, (void)n, (void)v;                                       \
        return change;                                                            \
    }

CHANGE(loses_first, i == 0 ? left_out(s) : v)
CHANGE(loses_last, i == n - 1 ? left_out(s) : v)
CHANGE(loses_upper_half, i >= n / 2 ? left_out(s) : v)
CHANGE(takes_neighbour, s->value[i + 1 < n ? i + 1 : 0])
CHANGE(takes_first_twice, i == 1 ? s->value[0] : v)
CHANGE(takes_last_first, i == 0 ? s->value[n - 1] : v)
CHANGE(turns_order, s->value[n - 1 - i])
CHANGE(makes_infinities_finite, isinf(v) ? copysign(largest(s->t.type), v) : v)
CHANGE(makes_one_infinity_finite, isinf(v) && i % 2 ? copysign(largest(s->t.type), v) : v)
CHANGE(makes_largest_infinite, fabs(v) == largest(s->t.type) ? copysign(INFINITY, v) : v)
CHANGE(loses_infinities, isinf(v) ? 0 : v)
CHANGE(changes_infinities, isinf(v) ? -v : v)
CHANGE(loses_nan, isnan(v) ? 0 : v)
CHANGE(makes_nan_of_infinities, isinf(v) ? NAN : v)
CHANGE(makes_infinities_of_nan, isnan(v) ? INFINITY : v)
CHANGE(flushes_subnormals, fabs(v) < normal(s->t.type) ? copysign(0, v) : v)
CHANGE(changes_zeros, v == 0 ? -v : v)
CHANGE(makes_zeros_smallest, v == 0 ? smallest(s->t.type) : v)
CHANGE(makes_zeros_nan, v == 0 ? NAN : v)
CHANGE(takes_magnitudes, fabs(v))
CHANGE(changes_signs, -v)
CHANGE(changes_first_sign, i == 0 ? -v : v)
CHANGE(changes_last_sign, i == n - 1 ? -v : v)
CHANGE(doubles_first, i == 0 ? rounded(s->t.type, 2 * v) : v)
CHANGE(doubles_last, i == n - 1 ? rounded(s->t.type, 2 * v) : v)
CHANGE(halves, rounded(s->t.type, v / 2))
CHANGE(is_off_by_a_thousandth, rounded(s->t.type, v * 1.001))
CHANGE(is_off_in_few_digits, rounded(s->t.type, v *(1 + 16 * half_unit(s->t.type))))
CHANGE(gives_infinities, INFINITY)
CHANGE(gives_largest, largest(s->t.type))
CHANGE(gives_nan, NAN)
CHANGE(gives_zeros, 0.0)
CHANGE(gives_smallest, smallest(s->t.type))
CHANGE(gives_operand, s->t.x[i])
CHANGE(ends_at_largest, fmax(-largest(s->t.type), fmin(largest(s->t.type), v)))

#define NAMED(fault)  \
    {                 \
#fault, fault \
    }
static const struct fault {
    const char *name;
    changed *change;
} faults[] = {
    NAMED(loses_first),
    NAMED(loses_last),
    NAMED(loses_upper_half),
    NAMED(takes_neighbour),
    NAMED(takes_first_twice),
    NAMED(takes_last_first),
    NAMED(turns_order),
    NAMED(makes_infinities_finite),
    NAMED(makes_one_infinity_finite),
    NAMED(makes_largest_infinite),
    NAMED(loses_infinities),
    NAMED(changes_infinities),
    NAMED(loses_nan),
    NAMED(makes_nan_of_infinities),
    NAMED(makes_infinities_of_nan),
    NAMED(flushes_subnormals),
    NAMED(changes_zeros),
    NAMED(makes_zeros_smallest),
    NAMED(makes_zeros_nan),
    NAMED(takes_magnitudes),
    NAMED(changes_signs),
    NAMED(changes_first_sign),
    NAMED(changes_last_sign),
    NAMED(doubles_first),
    NAMED(doubles_last),
    NAMED(halves),
    NAMED(is_off_by_a_thousandth),
    NAMED(is_off_in_few_digits),
    NAMED(gives_infinities),
    NAMED(gives_largest),
    NAMED(gives_nan),
    NAMED(gives_zeros),
    NAMED(gives_smallest),
    NAMED(gives_operand),
    NAMED(ends_at_largest),
};
enum { FAULTS = sizeof faults / sizeof faults[0] };

#endif
