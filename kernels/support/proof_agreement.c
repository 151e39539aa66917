/* proof_agreement.c - results of a kernel with neither proof nor reference: those of all splits
 * must agree.
 *
 * How large its terms are is told from the operands: of a term that multiplies `factors` of them,
 * no more than the largest one to that power. What was stored is summed up, each element with a
 * weight of its own, so that one in another's place shows. NaN and infinities have no sum: which of
 * them stands where must be equal. They may be right, but not where nothing was written (poison.h).
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
    rxt_reference sum;    /* of weighted elements, or of the terms' largest magnitudes */
    double most;          /* the largest of these                                      */
    bool unwritten;       /* an element that should have been stored                   */
    rxt_coverage special; /* what was stored and is not finite, see set_apart          */
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

/* From 1 to 2, of an element's index: the fractions of its multiples of the golden ratio, which lie
 * far apart for neighbours (Knuth, vol. 3, 6.4). Times 2^-64, so that no sum of numbers that a
 * memory holds overflows. */
static double weight(ptrdiff_t index)
{
    return 0x1p-64 + (double)((uint64_t)index * rxt_random_golden >> 12) * 0x1p-116;
}

/* A cover tells sets of elements apart; with each in it as often as its kind says, also kinds. */
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

/* 0 in place of what the sum leaves out. */
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

/* Of several that are chosen from, one element's error counts, of sums those of all. */
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
