/* proof_extremes.c - proofs of the largest and smallest element. The operand is generated again,
 * and the result must be equal to its largest (smallest) element; for iamax the index must be
 * equal, too.
 *
 * max and min ignore a NaN; for iamax NaN is the largest. -0 equals 0, but a magnitude must not be
 * -0. A lost element is noticed only if it is the largest or smallest. */
#include "support/reference.h"

#include <math.h>

typedef struct facts {
    double largest, least, magnitude;
    int64_t at; /* index of the first element of that magnitude; -1: none */
    rxt_coverage coverage;
} facts;

static void zero(void *partial)
{
    *(facts *)partial = (facts){ .largest = -INFINITY, .least = INFINITY, .at = -1 };
}

/* Is the magnitude of `more` larger than that of f, or equal at a lower index? */
static bool comes_before(const facts *more, const facts *f)
{
    if (more->magnitude < f->magnitude) /* the usual case */
        return false;
    if (f->at < 0 || isnan(more->magnitude) > isnan(f->magnitude) || more->magnitude > f->magnitude)
        return true;
    return rxt_reference_same(more->magnitude, f->magnitude) && more->at < f->at;
}

static void take(facts *f, const facts *more)
{
    f->largest = fmax(f->largest, more->largest);
    f->least = fmin(f->least, more->least);
    if (more->at >= 0 && comes_before(more, f)) {
        f->at = more->at;
        f->magnitude = more->magnitude;
    }
}

static void merge(void *left, const void *right)
{
    take(left, right);
    rxt_coverage_merge(&((facts *)left)->coverage, &((const facts *)right)->coverage);
}

static void gather(const rxt_share *made, const rxt_share *found, void *partial)
{
    const double *x = made->v[0];
    facts *f = partial;

    (void)found;
    for (ptrdiff_t i = 0; i < made->n; i++)
        take(f,
             &(facts){
                 .largest = x[i], .least = x[i], .magnitude = fabs(x[i]), .at = made->first + i });
    rxt_coverage_add(&f->coverage, made);
}

static double bound(const void *partial, const rxt_case *of)
{
    (void)partial;
    (void)of;
    return 0;
}

static double mean(const void *partial)
{
    (void)partial;
    return 0;
}

static double verdict(const facts *f, const rxt_case *of, bool right)
{
    return right && rxt_coverage_whole(&f->coverage, of->total) ? 0 : INFINITY;
}

static double judge_max(const void *partial, const rxt_case *of, rxt_value result)
{
    const facts *f = partial;

    return verdict(f, of, result.value == f->largest);
}

static double judge_min(const void *partial, const rxt_case *of, rxt_value result)
{
    const facts *f = partial;

    return verdict(f, of, result.value == f->least);
}

static double judge_iamax(const void *partial, const rxt_case *of, rxt_value result)
{
    const facts *f = partial;

    return verdict(f, of,
                   rxt_reference_same(result.value, f->magnitude) && result.index == f->at &&
                       (result.value != 0 || !signbit(result.value)));
}

static const rxt_merge merge_facts = {
    .size = sizeof(facts),
    .commutes = true,
    .zero = zero,
    .merge = merge,
};

#define PROOF(by)                                                                             \
    {                                                                                         \
        .facts = &merge_facts, .gather = gather, .bound = bound, .mean = mean, .judge = (by), \
    }

const rxt_proof rxt_proof_max = PROOF(judge_max);
const rxt_proof rxt_proof_min = PROOF(judge_min);
const rxt_proof rxt_proof_iamax = PROOF(judge_iamax);
