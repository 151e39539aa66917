/* reduction_truth.h - the right result of a reduction, and which results a proof must accept.
 *
 * MPFR adds with so many bits that nothing is rounded. The bounds are computed here independently
 * of the proofs. */
#ifndef REDUCTION_TRUTH_H
#define REDUCTION_TRUTH_H

#include "reduction_trial.h"

enum { BITS = 4500 };

static inline bool equal(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* ---- a plain loop in the type ---- */

static inline rxt_value first_largest(ptrdiff_t n, const double *x)
{
    rxt_value best = { .index = -1 };

    for (ptrdiff_t i = 0; i < n; i++)
        if (best.index < 0 || (!isnan(best.value) && (isnan(x[i]) || fabs(x[i]) > best.value)))
            best = (rxt_value){ .value = fabs(x[i]), .index = i };
    return best;
}

static inline double extreme(ptrdiff_t n, const double *x, bool most)
{
    double best = most ? -INFINITY : INFINITY;

    for (ptrdiff_t i = 0; i < n; i++)
        best = most ? fmax(best, x[i]) : fmin(best, x[i]);
    return best + 0.0;
}

/* The squares of norms are summed in long double: no square exceeds the range of this type. */
static inline rxt_value plain(const trial *t, ptrdiff_t n, const double *x, const double *y)
{
    double sum = 0;
    long double squares = 0;

    if (t->of == IAMAX)
        return first_largest(n, x);
    if (!is_sum(t))
        return (rxt_value){ .value = extreme(n, x, t->of == MAX), .index = -1 };
    for (ptrdiff_t i = 0; i < n; i++) {
        double term = t->of == ASUM ? fabs(x[i]) : t->of == DOT ? x[i] * y[i] : x[i];

        sum = rounded(t->type, sum + rounded(t->type, term));
        squares += (long double)x[i] * x[i];
    }
    if (is_norm(t))
        sum = rounded(t->type, (double)sqrtl(squares));
    return (rxt_value){ .value = sum, .index = -1 };
}

/* ---- sums and bounds ---- */

/* Is this product too small for a normal number of the type, so that it is rounded? */
static inline bool underflows(rxt_type type, mpfr_t product)
{
    double nearest = rounded(type, mpfr_get_d(product, MPFR_RNDN));

    return mpfr_cmp_d(product, normal(type)) < 0 && mpfr_cmp_d(product, -normal(type)) > 0 &&
           mpfr_cmp_d(product, nearest) != 0;
}

typedef struct terms {
    bool whole;          /* all operands are integers         */
    unsigned long small; /* number of products that underflow */
} terms;

/* Sets t->sum to the sum of the terms, t->bound to that of their magnitudes. */
static inline terms add_up(trial *t)
{
    terms all = { .whole = true };
    mpfr_t term;

    mpfr_init2(term, BITS);
    mpfr_set_zero(t->sum, 1);
    mpfr_set_zero(t->bound, 1);
    for (ptrdiff_t i = 0; i < t->n; i++) {
        double x = t->of == ASUM ? fabs(t->x[i]) : t->x[i], y = is_norm(t)     ? x
                                                                : t->of == DOT ? t->y[i]
                                                                               : 1;

        if (!isfinite(x)) {
            t->special += x * y;
            continue;
        }
        all.whole = all.whole && rint(x) == x && rint(y) == y;
        mpfr_set_d(term, x, MPFR_RNDN);
        mpfr_mul_d(term, term, y, MPFR_RNDN);
        all.small += underflows(t->type, term);
        mpfr_add(t->sum, t->sum, term, MPFR_RNDN);
        mpfr_abs(term, term, MPFR_RNDN);
        mpfr_add(t->bound, t->bound, term, MPFR_RNDN);
    }
    mpfr_clear(term);
    return all;
}

/* The largest relative error after c roundings. */
static inline double gamma_of(const trial *t, double c)
{
    double cu = c * half_unit(t->type);

    return cu / (1 - cu);
}

/* bound += factor |number| */
static inline void widen(trial *t, double factor, mpfr_t number)
{
    mpfr_t part;

    mpfr_init2(part, BITS);
    mpfr_abs(part, number, MPFR_RNDN);
    mpfr_mul_d(part, part, factor, MPFR_RNDN);
    mpfr_add(t->bound, t->bound, part, MPFR_RNDN);
    mpfr_clear(part);
}

/* The bound of a sum. It adds the error of n roundings, which is relative to the sum of magnitudes,
 * the rounding of the reference, and the errors of products that underflow. Sums of small integers
 * are exact. */
static inline void bound_sum(trial *t)
{
    terms all = add_up(t);
    mpfr_t small;

    t->refused = mpfr_cmp_d(t->bound, largest(t->type) / 4) > 0;
    if (all.whole && mpfr_cmp_d(t->bound, 1 / half_unit(t->type)) < 0) {
        mpfr_set_zero(t->bound, 1);
        return;
    }
    mpfr_init2(small, BITS);
    mpfr_set_d(small, smallest(t->type), MPFR_RNDN);
    mpfr_mul_d(t->bound, t->bound, gamma_of(t, (double)t->n), MPFR_RNDN);
    widen(t, DBL_EPSILON / 2, t->sum);
    widen(t, (double)all.small, small);
    mpfr_clear(small);
}

/* The bound of a norm. Relative to the norm it adds half of the bound of the sum, and the roundings
 * of root and result; to this it adds half of the smallest number. If sums of integers are exact,
 * only the merge of one worker's part rounds. */
static inline void bound_norm(trial *t)
{
    bool whole = add_up(t).whole && mpfr_cmp_d(t->sum, 1 / half_unit(t->type)) < 0;
    double c = t->of == NRM2_SCALED ? 6 + 5 * (double)t->n
               : whole              ? 7
                                    : 6 + (double)t->n,
           g = gamma_of(t, c);
    mpfr_t small;

    mpfr_init2(small, BITS);
    mpfr_set_d(small, smallest(t->type), MPFR_RNDN);
    mpfr_sqrt(t->sum, t->sum, MPFR_RNDN);
    t->refused = mpfr_cmp_d(t->sum, largest(t->type) / 2) > 0;
    mpfr_set_zero(t->bound, 1);
    widen(t, g * (1 + g) / 2 + 2 * half_unit(t->type), t->sum);
    widen(t, mpfr_zero_p(t->sum) ? 0 : 0.5, small);
    mpfr_clear(small);
}

static inline void find_truth(trial *t)
{
    t->right = plain(t, t->n, t->x, t->y);
    t->special = 0;
    t->refused = false;
    if (is_norm(t))
        bound_norm(t);
    else if (is_sum(t))
        bound_sum(t);
}

/* ---- verdicts ---- */

typedef enum verdict {
    SAME,
    OTHER_ZERO, /* 0 instead of -0, or -0 instead of 0, where both are right */
    WITHIN,     /* within the bound */
    AT_EDGE,    /* beyond the bound by up to 0.1 %: a proof, which works in double, may accept or
                   refuse it */
    WRONG,
    VERDICTS
} verdict;

/* The sign of a zero matters for magnitudes: asum, iamax and norms. */
static inline verdict verdict_on_zero(const trial *t, double found, double right)
{
    bool differ = found == 0 && signbit(found) != signbit(right);

    return !differ ? SAME : t->of == ASUM || t->of == IAMAX || is_norm(t) ? WRONG : OTHER_ZERO;
}

static inline verdict verdict_on_sum(const trial *t, double found)
{
    mpfr_t away, edge;
    verdict is;

    if (t->special != 0)
        return equal(found, t->special) ? SAME : WRONG;
    if (!isfinite(found))
        return WRONG;
    mpfr_inits2(BITS, away, edge, (mpfr_ptr)0);
    mpfr_d_sub(away, found, t->sum, MPFR_RNDN);
    mpfr_abs(away, away, MPFR_RNDN);
    mpfr_mul_d(edge, t->bound, 1.001, MPFR_RNDN);
    is = mpfr_zero_p(away)               ? verdict_on_zero(t, found, 0)
         : mpfr_cmp(away, t->bound) <= 0 ? WITHIN
         : mpfr_cmp(away, edge) <= 0     ? AT_EDGE
                                         : WRONG;
    mpfr_clears(away, edge, (mpfr_ptr)0);
    return is;
}

static inline verdict verdict_on(const trial *t, rxt_value found)
{
    if (t->refused)
        return WRONG;
    if (is_sum(t))
        return verdict_on_sum(t, found.value);
    if (!equal(found.value, t->right.value) || found.index != t->right.index)
        return WRONG;
    return verdict_on_zero(t, found.value, t->right.value);
}

#endif
