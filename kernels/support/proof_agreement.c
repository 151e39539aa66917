/* proof_agreement.c - checks a kernel without proof and reference: the results of all splits must
 * agree.
 *
 * The size of the kernel's terms is estimated from its operands: a term that multiplies `factors`
 * operands is at most the largest operand to that power. Stored elements are summed, each with a
 * weight that depends on its index, so that an element at a wrong place is noticed. NaN and
 * infinities cannot be summed: all splits must store the same ones at the same places. A NaN or an
 * infinity may be a right result, but not the NaN of an element that was never written (poison.h).
 */
#include "support/proof.h"

#include <float.h>
#include <math.h>

#include "base/random.h"
#include "support/poison.h"
#include "support/reference.h"
#include "support/slab.h"

enum { CHUNK = 512 };

typedef struct facts {
    rxt_reference sum;    /* sum of the weighted elements, or of the terms' magnitudes */
    double most;          /* largest magnitude of an element or a term                 */
    bool unwritten;       /* an element that should be stored was not                  */
    rxt_coverage special; /* places of stored NaN and infinities, see set_apart        */
} facts;

static void zero(void *partial)
{
    *(facts *)partial = (facts){ .unwritten = false };
    rxt_reference_facts.zero(&((facts *)partial)->sum);
}

static void merge(void *left, const void *right)
{
    facts *f = left;
    const facts *more = right;

    rxt_reference_facts.merge(&f->sum, &more->sum);
    f->most = fmax(f->most, more->most);
    f->unwritten = f->unwritten || more->unwritten;
    rxt_coverage_merge(&f->special, &more->special);
}

static const rxt_merge merge_facts = {
    .size = sizeof(facts), .commutes = true, .zero = zero, .merge = merge
};

/* 2^-64 times a weight from 1 to 2 that depends on the element's index: 1 + the fraction of the
 * index times the golden ratio; neighbours get very different weights (Knuth, vol. 3, 6.4). The
 * factor 2^-64 keeps the sum of all elements that fit a memory from overflowing. */
static double weight(ptrdiff_t index)
{
    return 0x1p-64 + (double)((uint64_t)index * rxt_random_golden >> 12) * 0x1p-116;
}

/* Notes the place of a NaN or infinity in a coverage, which is different for different sets of
 * elements. A NaN is added once, +Inf twice, -Inf three times, so that the coverage is different
 * for different kinds, too. */
static void set_apart(facts *f, ptrdiff_t index, double x)
{
    rxt_share element = { .first = index, .n = 1 };
    int times = isnan(x) ? 1 : x > 0.0 ? 2 : 3;

    f->unwritten = f->unwritten || rxt_poison_stands(x);
    for (int t = 0; t < times; t++)
        rxt_coverage_add(&f->special, &element);
}

static double term(const rxt_share *made, ptrdiff_t i)
{
    double most = 0.0, product = 1.0;

    for (int a = 0; a < rxt_inputs_of(made->kernel); a++)
        most = fmax(most, fabs(((const double *)made->v[a])[i]));
    for (int f = 0; f < made->kernel->factors; f++)
        product *= most;
    return made->kernel->factors > 0 ? product : most;
}

/* The value of a stored element for the sum: x, or 0 if x is not finite; then its place is noted.
 */
static double stored(facts *f, ptrdiff_t index, double x)
{
    if (isfinite(x))
        return x;
    set_apart(f, index, x);
    return 0.0;
}

static void gather(const rxt_share *made, const rxt_share *found, void *partial)
{
    const double *last = found ? found->v[made->kernel->arrays - 1] : NULL;
    facts *f = partial;
    double x[CHUNK], y[CHUNK];

    for (ptrdiff_t i = 0; i < made->n; i += CHUNK) {
        ptrdiff_t n = made->n - i < CHUNK ? made->n - i : CHUNK;

        for (ptrdiff_t j = 0; j < n; j++) {
            ptrdiff_t index = made->first + i + j;

            x[j] = last ? stored(f, index, last[i + j]) : term(made, i + j);
            y[j] = last ? weight(index) : 1.0;
            if (isfinite(x[j]))
                f->most = fmax(f->most, fabs(x[j]));
        }
        rxt_reference_add(&f->sum, n, x, y);
    }
    rxt_coverage_add(&f->sum.coverage, made);
}

/* The magnitude to which the error is relative. max, min and max_at choose one element, so only the
 * error of one element counts; in sums the errors of all terms count. */
static double magnitude_of(const facts *f, const rxt_kernel *kernel)
{
    const rxt_merge *merge = kernel ? kernel->merge : NULL;
    bool chosen = merge && (merge == &rxt_max || merge == &rxt_min || merge == &rxt_max_at);

    return chosen ? f->most : f->sum.magnitude;
}

static double error_of(const facts *f, const rxt_case *of, double magnitude)
{
    const rxt_kernel *kernel = of->kernel;
    double n = (double)f->sum.coverage.count, flops = kernel ? kernel->flops : 0.0;
    double additions = kernel && kernel->merge && kernel->factors > 0 ? (double)of->chain : 1.0;

    return rxt_reference_gamma(of->type, additions + flops, n + flops) * magnitude;
}

static double bound(const void *partial, const rxt_case *of)
{
    return error_of(partial, of, magnitude_of(partial, of->kernel));
}

static double mean(const void *partial)
{
    return rxt_reference_mean(&((const facts *)partial)->sum);
}

static double judge(const void *partial, const rxt_case *of, rxt_value result)
{
    const facts *f = partial;
    bool written = !f->unwritten && !rxt_poison_stands(result.value);

    return rxt_coverage_whole(&f->sum.coverage, of->total) && written ? 0.0 : (double)INFINITY;
}

static const rxt_proof agreement = {
    .facts = &merge_facts, .gather = gather, .bound = bound, .mean = mean, .judge = judge
};

const rxt_proof *rxt_proof_of(const rxt_kernel *kernel)
{
    if (kernel->proof)
        return kernel->proof;
    return kernel->reference ? rxt_proof_by_reference(kernel) : &agreement;
}

bool rxt_proof_by_agreement(const rxt_kernel *kernel)
{
    return !kernel->proof && !kernel->reference;
}

rxt_value rxt_proof_digest(const void *partial)
{
    const facts *f = partial;
    ptrdiff_t special = (ptrdiff_t)(f->special.ends & PTRDIFF_MAX);

    return (rxt_value){ .value = f->sum.high + f->sum.low,
                        .index = f->special.count > 0 ? special : -1 };
}

double rxt_proof_slack(const rxt_kernel *kernel, const void *partial, const rxt_case *of,
                       rxt_value result)
{
    rxt_case serial = rxt_case_of(kernel, of->total, 1, 1);
    double magnitude = fmax(magnitude_of(partial, kernel), fabs(result.value));

    return error_of(partial, of, magnitude) + error_of(partial, &serial, magnitude);
}

double rxt_proof_apart(rxt_type type, rxt_value a, rxt_value b, double slack)
{
    double whole = type == RXT_F64 ? 0x1p52 : 0x1p23, distance = fabs(a.value - b.value);

    if (a.index != b.index)
        return INFINITY;
    if (rxt_reference_same(a.value, b.value))
        return 0.0;
    if (fmax(fabs(a.value), fabs(b.value)) < whole && rint(a.value) == a.value &&
        rint(b.value) == b.value)
        return fmax(2.0, distance);
    return isfinite(distance) && isfinite(slack) && slack > 0.0 ? distance / slack
                                                                : (double)INFINITY;
}
