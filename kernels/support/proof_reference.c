/* proof_reference.c - proofs made from a kernel's reference: its formula written once more, as a
 * plain loop in the widest type.
 *
 * The formula does not say how large the error of a value may be. So this is measured: each operand
 * is changed slightly, and the change of the value is observed. For each rounding, a backward
 * stable evaluation errs by no more than the value changes if the operands change by one rounding
 * (Higham 2002, sec. 1.6). For example, x - y of near numbers may be off by the rounding of x and
 * y. The reference has the same number of operations, each rounded in its own type: if long double
 * is no wider than double, this doubles the bound.
 *
 * A value that exceeds the type's largest number by half a unit or more is rounded to infinity; a
 * value that exceeds it by less is rounded to the largest number. The other result is wrong, unless
 * the value is so near to this limit that roundings decide. */
#include "support/proof.h"

#include <float.h>
#include <math.h>

#include "support/poison.h"
#include "support/reference.h"
#include "support/slab.h"

enum { CHUNK = 256 };
static const double step = 0x1p-26; /* half of a double's digits, so that a change shows in the
                                       widest type */

/* The largest or smallest value (at), and the range in which a result is right (low … high). */
typedef struct extreme {
    double at, low, high;
} extreme;

typedef struct facts {
    rxt_reference sum; /* of the values */
    double error;      /* sum of the largest errors of the finite values; INFINITY if it is not
                          known whether a value is finite */
    extreme most, least;
    double worst; /* largest error of a stored element, in units of its bound */
} facts;

static void zero(void *partial)
{
    facts *f = partial;

    *f = (facts){ .most = { -INFINITY, -INFINITY, -INFINITY },
                  .least = { INFINITY, INFINITY, INFINITY } };
    rxt_reference_facts.zero(&f->sum);
}

/* If one of two numbers is NaN, fmax and fmin return the other. */
static void take(extreme *of, const extreme *more, double (*choice)(double, double))
{
    of->at = choice(of->at, more->at);
    of->low = choice(of->low, more->low);
    of->high = choice(of->high, more->high);
}

static void merge(void *left, const void *right)
{
    facts *f = left;
    const facts *more = right;

    rxt_reference_facts.merge(&f->sum, &more->sum);
    f->error += more->error;
    take(&f->most, &more->most, fmax);
    take(&f->least, &more->least, fmin);
    f->worst = fmax(f->worst, more->worst);
}

static const rxt_merge merge_facts = {
    .size = sizeof(facts), .commutes = true, .zero = zero, .merge = merge
};

/* ---- the type ---- */

static bool is_wide(rxt_type type)
{
    return type == RXT_F64;
}

static double largest(rxt_type type)
{
    return is_wide(type) ? DBL_MAX : (double)FLT_MAX;
}

static double smallest(rxt_type type)
{
    return is_wide(type) ? DBL_TRUE_MIN : (double)FLT_TRUE_MIN;
}

/* How far |value| is below the limit from which on values are rounded to infinity. If this is 0 or
 * negative, the value is rounded to infinity. The order of operations avoids overflow. */
static long double to_infinity(long double value, rxt_type type)
{
    double half = is_wide(type) ? 0x1p970 : 0x1p103;

    return ((long double)largest(type) - fabsl(value)) + (long double)half;
}

/* ---- values, and their largest errors ---- */

/* Some elements. For each element: its operands (v); its value (right); the error that roundings of
 * the operands can cause (moves; 0: the value is exact); the largest error that a result may have
 * (error): moves, plus the roundings of the value itself and of numbers near the smallest number.
 */
typedef struct chunk {
    const rxt_kernel *kernel;
    ptrdiff_t n;
    const double *v[RXT_ARRAYS];
    long double right[CHUNK], moves[CHUNK], error[CHUNK];
} chunk;

/* The values with operand a multiplied by a factor. An operand that would become infinite is
 * divided by the factor instead. */
static void evaluate_moved(const chunk *c, int a, double factor, long double *value)
{
    double moved[CHUNK];
    const double *v[RXT_ARRAYS];

    for (int other = 0; other < RXT_ARRAYS; other++)
        v[other] = c->v[other];
    for (ptrdiff_t i = 0; i < c->n; i++) {
        moved[i] = c->v[a][i] * factor;
        moved[i] = isfinite(moved[i]) ? moved[i] : c->v[a][i] / factor;
    }
    v[a] = moved;
    c->kernel->reference(c->n, v, value);
}

/* Makes operand a slightly larger, and adds the change of each value, in proportion to a change by
 * `unit`, to its moves. Where the new value is not finite, the operand is made slightly smaller
 * instead; if that value is not finite either, nothing is added. */
static void move(chunk *c, int a, long double unit)
{
    long double up[CHUNK], down[CHUNK];
    bool ends = false;

    evaluate_moved(c, a, 1.0 + step, up);
    for (ptrdiff_t i = 0; i < c->n; i++)
        ends = ends || !isfinite(up[i] - c->right[i]);
    if (ends)
        evaluate_moved(c, a, 1.0 - step, down);
    for (ptrdiff_t i = 0; i < c->n; i++) {
        long double far = fabsl(up[i] - c->right[i]);

        if (!isfinite(far))
            far = fabsl(down[i] - c->right[i]);
        if (isfinite(far))
            c->moves[i] += far * (unit / (long double)step);
    }
}

/* If long double has no larger range than double, the reference may overflow where a kernel with
 * other roundings stays finite. If a small change of an operand makes the value finite, the
 * infinity is replaced by LDBL_MAX. */
static void pull_back(chunk *c)
{
    long double value[CHUNK];

    for (int a = 0; a < rxt_inputs_of(c->kernel); a++)
        for (int side = -1; side <= 1; side += 2) {
            evaluate_moved(c, a, 1.0 + side * step, value);
            for (ptrdiff_t i = 0; i < c->n; i++)
                if (isinf(c->right[i]) && isfinite(value[i]) && fabsl(value[i]) > LDBL_MAX / 2)
                    c->right[i] = c->right[i] > 0 ? LDBL_MAX : -LDBL_MAX;
        }
}

static void evaluate(chunk *c)
{
    rxt_type type = c->kernel->type;
    double half = (c->kernel->flops + 1.0) / 2;
    long double epsilon = is_wide(type) ? DBL_EPSILON : (long double)FLT_EPSILON,
                unit = half * (epsilon + LDBL_EPSILON);

    c->kernel->reference(c->n, c->v, c->right);
    if (is_wide(type) && LDBL_MAX_EXP == DBL_MAX_EXP)
        pull_back(c);
    for (ptrdiff_t i = 0; i < c->n; i++)
        c->moves[i] = 0;
    for (int a = 0; a < rxt_inputs_of(c->kernel); a++)
        move(c, a, unit);
    for (ptrdiff_t i = 0; i < c->n; i++)
        c->error[i] = unit * fabsl(c->right[i]) + c->moves[i] +
                      half * ((long double)smallest(type) + LDBL_TRUE_MIN);
}

/* ---- gathering ---- */

/* The smallest double that is not below the value; infinity if the value is rounded to infinity. */
static double at_least(long double value)
{
    double nearest = (double)value;

    return isfinite(nearest) && (long double)nearest < value ? nextafter(nearest, INFINITY)
                                                             : nearest;
}

/* A term that overflows double in any case is infinite in the sum; the reference counts it in
 * `special`. If the rounding decides whether a term overflows, the error of the sum is infinite. */
static void add(const chunk *c, facts *f)
{
    double high[CHUNK], ones[CHUNK];
    long double errors = 0;

    for (ptrdiff_t i = 0; i < c->n; i++) {
        long double right = c->right[i], error = isfinite(right) ? c->error[i] : 0;
        extreme one = { (double)right, at_least(right - error), -at_least(-right - error) };

        high[i] = (double)right;
        ones[i] = 1.0;
        if (isfinite(high[i])) {
            f->sum.low += (double)(right - high[i]);
            f->sum.broken |= right != high[i];
            errors += error;
        } else if (isfinite(right) && to_infinity(right, RXT_F64) + error > 0) {
            errors = INFINITY;
        }
        take(&f->most, &one, fmax);
        take(&f->least, &one, fmin);
    }
    f->error += at_least(errors);
    rxt_reference_add(&f->sum, c->n, high, ones);
    for (int type = 0; type < RXT_TYPES; type++)
        f->sum.inexact[type] = 0; /* their error is already in f->error */
}

/* A value of 0 is exact if no change of an operand changes it; then its sign must be right. But if
 * long double has no smaller numbers than the type, the value may have underflowed to 0: then a
 * small number may pass, too. */
static double off_from_zero(double found, const chunk *c, ptrdiff_t i)
{
    if (found == 0.0)
        return !signbit(found) == !signbit(c->right[i]) ? 0.0 : (double)INFINITY;
    if (LDBL_TRUE_MIN < (long double)smallest(c->kernel->type))
        return INFINITY;
    return fabs(found) / (double)c->error[i];
}

/* The error in units of the bound. If the result is an infinity instead of a number, the error is
 * the distance of the right value from the limit at which it is rounded to infinity. */
static double off(double found, const chunk *c, ptrdiff_t i)
{
    long double right = c->right[i], far = fabsl((long double)found - right),
                short_of = to_infinity(right, c->kernel->type);

    if (isnan(found) || isnan(right))
        return isnan(found) && isnan(right) && !rxt_poison_stands(found) ? 0.0 : (double)INFINITY;
    if (right == 0 && c->moves[i] == 0)
        return off_from_zero(found, c, i);
    if ((long double)found == right)
        return 0.0;
    if (isinf(found) && isfinite(right) && !signbit(found) == !signbit(right))
        far = short_of > 0 ? short_of : 0;
    far /= c->error[i];
    return isfinite(far) ? (double)far : (double)INFINITY;
}

static void compare(const chunk *c, const double *found, facts *f)
{
    for (ptrdiff_t i = 0; i < c->n; i++)
        f->worst = fmax(f->worst, off(found[i], c, i));
}

static void gather(const rxt_share *made, const rxt_share *found, void *partial)
{
    facts *f = partial;

    for (ptrdiff_t i = 0; i < made->n; i += CHUNK) {
        chunk c = { .kernel = made->kernel, .n = made->n - i < CHUNK ? made->n - i : CHUNK };
        int last = c.kernel->arrays - 1;

        for (int a = 0; a <= last; a++)
            c.v[a] = (const double *)made->v[a] + i;
        evaluate(&c);
        if (found)
            compare(&c, (const double *)found->v[last] + i, f);
        else
            add(&c, f);
    }
    rxt_coverage_add(&f->sum.coverage, made);
}

/* ---- sums ---- */

/* The bound is infinite if a partial sum may overflow, or if it is not known whether a term is
 * finite; the other proofs of sums do the same. */
static double sum_bound(const void *partial, const rxt_case *of)
{
    const facts *f = partial;
    double bound = rxt_reference_bound(&f->sum, of) + f->error;

    if (!(bound <= largest(of->type) / 4))
        return INFINITY;
    return f->sum.special != 0.0 || rxt_reference_exact(&f->sum, of->type) ? 0.0 : bound;
}

static double sum_mean(const void *partial)
{
    return rxt_reference_mean(&((const facts *)partial)->sum);
}

static double sum_judge(const void *partial, const rxt_case *of, rxt_value result)
{
    const facts *f = partial;
    double bound = sum_bound(f, of), far = fabs((result.value - f->sum.high) - f->sum.low);

    if (!rxt_coverage_whole(&f->sum.coverage, of->total) || isinf(bound))
        return INFINITY;
    if (f->sum.special != 0.0)
        return rxt_reference_same(result.value, f->sum.special) ? 0.0 : (double)INFINITY;
    if (far == 0.0)
        return 0.0;
    return bound > 0.0 ? far / bound : fmax(2.0, far);
}

/* ---- the largest and the smallest value ---- */

static double width(const extreme *of)
{
    return of->low == of->high ? 0.0 : fmax(of->high - of->at, of->at - of->low);
}

static double most_bound(const void *partial, const rxt_case *of)
{
    (void)of;
    return width(&((const facts *)partial)->most);
}

static double least_bound(const void *partial, const rxt_case *of)
{
    (void)of;
    return width(&((const facts *)partial)->least);
}

/* A lost element is noticed only if it was the largest or smallest. */
static double choice_mean(const void *partial)
{
    (void)partial;
    return INFINITY;
}

/* Is the result between low and high? In f32 it may also be the infinity to which one of them is
 * rounded. */
static bool within(const extreme *right, rxt_type type, double result)
{
    double low = right->low, high = right->high;

    if (!is_wide(type) && isinf(result) && (result > 0 ? high : -low) < (double)INFINITY)
        return isinf((float)(result > 0 ? high : low)) && (result > 0 ? high : -low) > 0;
    return low <= result && result <= high;
}

/* Each value may be anywhere between its lower and its upper end. So the largest value lies between
 * the largest lower end and the largest upper end, and the smallest value between the smallest
 * lower end and the smallest upper end. */
static double choose(const facts *f, const rxt_case *of, const extreme *right, double result)
{
    double side = result > right->at ? right->high - right->at : right->at - right->low, far;

    if (!rxt_coverage_whole(&f->sum.coverage, of->total))
        return INFINITY;
    if (result == right->at)
        return 0.0;
    far = fabs(result - right->at) / side;
    if (isfinite(far))
        return far;
    return within(right, of->type, result) ? 1.0 : (double)INFINITY;
}

static double most_judge(const void *partial, const rxt_case *of, rxt_value result)
{
    return choose(partial, of, &((const facts *)partial)->most, result.value);
}

static double least_judge(const void *partial, const rxt_case *of, rxt_value result)
{
    return choose(partial, of, &((const facts *)partial)->least, result.value);
}

/* ---- stored elements ---- */

static double map_judge(const void *partial, const rxt_case *of, rxt_value result)
{
    const facts *f = partial;

    (void)result;
    return rxt_coverage_whole(&f->sum.coverage, of->total) ? f->worst : (double)INFINITY;
}

#define PROOF(kind, how)                                                                    \
    {                                                                                       \
        .facts = &merge_facts, .gather = gather, .bound = kind##_bound, .mean = how##_mean, \
        .judge = kind##_judge                                                               \
    }
static const rxt_proof sum = PROOF(sum, sum), most = PROOF(most, choice),
                       least = PROOF(least, choice),
                       map = { .facts = &merge_facts, .gather = gather, .judge = map_judge };

const rxt_proof *rxt_proof_by_reference(const rxt_kernel *kernel)
{
    if (!kernel->merge)
        return &map;
    return kernel->merge == &rxt_sum   ? &sum
           : kernel->merge == &rxt_max ? &most
           : kernel->merge == &rxt_min ? &least
                                       : NULL;
}
