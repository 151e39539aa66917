/* proof_reference.c - how a kernel is shown to be right by its formula written once more, a plain
 * loop in the widest type.
 *
 * What an element's value may be off by is not known from the formula, so it is measured: each
 * operand is moved a little, and the value moves with it. An evaluation that is backward stable
 * errs by no more than that, for each rounding (Higham 2002, sec. 1.6): x - y of near numbers is
 * allowed what its operands were rounded by. */
#include <rxt/proof.h>
#include <rxt/reference.h>
#include <rxt/slab.h>

#include <float.h>
#include <math.h>

enum { CHUNK = 256 };
static const double step = 0x1p-26; /* half of a double's digits: seen in the widest type */

typedef struct facts {
    rxt_reference sum;  /* of the values                                    */
    double error;       /* all that the values may be off by, added up      */
    double most, least; /* the largest and the smallest value               */
    double widest;      /* the most that one value may be off by            */
    double worst;       /* of what was stored: the largest error, in bounds */
} facts;

static void zero(void *partial)
{
    facts *f = partial;

    *f = (facts){ .most = -INFINITY, .least = INFINITY };
    rxt_reference_facts.zero(&f->sum);
}

static void merge(void *left, const void *right)
{
    facts *f = left;
    const facts *more = right;

    rxt_reference_facts.merge(&f->sum, &more->sum);
    f->error += more->error;
    f->most = fmax(f->most, more->most);
    f->least = fmin(f->least, more->least);
    f->widest = fmax(f->widest, more->widest);
    f->worst = fmax(f->worst, more->worst);
}

static const rxt_merge merge_facts = {
    .size = sizeof(facts), .commutes = true, .zero = zero, .merge = merge
};

/* Some elements: their operands, values, and what a double may be off by in each. */
typedef struct chunk {
    const rxt_kernel *kernel;
    ptrdiff_t n;
    const double *v[RXT_ARRAYS];
    long double right[CHUNK];
    double error[CHUNK];
} chunk;

/* Adds what the values move by, relative to the step, when operand a is moved. */
static void move(chunk *c, int a)
{
    double moved[CHUNK];
    long double right[CHUNK];
    const double *v[RXT_ARRAYS];

    for (int other = 0; other < RXT_ARRAYS; other++)
        v[other] = c->v[other];
    for (ptrdiff_t i = 0; i < c->n; i++)
        moved[i] = c->v[a][i] * (1.0 + step);
    v[a] = moved;
    c->kernel->reference(c->n, v, right);
    for (ptrdiff_t i = 0; i < c->n; i++)
        c->error[i] += (double)fabsl(right[i] - c->right[i]) / step;
}

static void evaluate(chunk *c)
{
    bool wide = c->kernel->type == RXT_F64;
    double unit = (c->kernel->flops + 1.0) * (wide ? DBL_EPSILON : (double)FLT_EPSILON) / 2;

    c->kernel->reference(c->n, c->v, c->right);
    for (ptrdiff_t i = 0; i < c->n; i++)
        c->error[i] = (double)fabsl(c->right[i]);
    for (int a = 0; a < rxt_inputs_of(c->kernel); a++)
        move(c, a);
    for (ptrdiff_t i = 0; i < c->n; i++)
        c->error[i] = c->error[i] * unit + (wide ? DBL_TRUE_MIN : (double)FLT_TRUE_MIN);
}

static void add(const chunk *c, facts *f)
{
    double high[CHUNK], ones[CHUNK];

    for (ptrdiff_t i = 0; i < c->n; i++) {
        high[i] = (double)c->right[i];
        ones[i] = 1.0;
        if (isfinite(high[i])) {
            f->sum.low += (double)(c->right[i] - high[i]);
            f->sum.broken |= c->right[i] != high[i];
        }
        f->error += c->error[i];
        f->most = fmax(f->most, high[i]);
        f->least = fmin(f->least, high[i]);
        f->widest = fmax(f->widest, c->error[i]);
    }
    rxt_reference_add(&f->sum, c->n, high, ones);
}

/* Infinities and NaN must be the reference's. */
static double off(double found, const chunk *c, ptrdiff_t i)
{
    long double right = c->right[i];
    double units;

    if ((long double)found == right || (isnan(found) && isnan((double)right)))
        return 0.0;
    units = (double)(fabsl((long double)found - right)) / c->error[i];
    return isfinite(units) ? units : (double)INFINITY;
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
    rxt_cover_add(&f->sum.cover, made);
}

/* ---- sums ---- */

static double sum_bound(const void *partial, const rxt_case *of)
{
    const facts *f = partial;

    return rxt_reference_exact(&f->sum, of->type) ? 0.0
                                                  : rxt_reference_bound(&f->sum, of) + f->error;
}

static double sum_mean(const void *partial)
{
    return rxt_reference_mean(&((const facts *)partial)->sum);
}

static double in_bounds(double distance, double bound)
{
    if (distance == 0.0)
        return 0.0;
    return bound > 0.0 ? distance / bound : fmax(2.0, distance);
}

static double sum_judge(const void *partial, const rxt_case *of, rxt_value result)
{
    const facts *f = partial;
    double bound = sum_bound(f, of);

    if (!rxt_cover_whole(&f->sum.cover, of->total) || !isfinite(bound))
        return INFINITY;
    return in_bounds(fabs((result.value - f->sum.high) - f->sum.low), bound);
}

/* ---- the largest, the smallest ---- */

static double choice_bound(const void *partial, const rxt_case *of)
{
    (void)of;
    return ((const facts *)partial)->widest;
}

/* One element that was lost shows only if it was the one. */
static double choice_mean(const void *partial)
{
    (void)partial;
    return INFINITY;
}

static double choose(const facts *f, const rxt_case *of, double right, double result)
{
    if (!rxt_cover_whole(&f->sum.cover, of->total))
        return INFINITY;
    return result == right ? 0.0 : in_bounds(fabs(result - right), f->widest);
}

static double most_judge(const void *partial, const rxt_case *of, rxt_value result)
{
    return choose(partial, of, ((const facts *)partial)->most, result.value);
}

static double least_judge(const void *partial, const rxt_case *of, rxt_value result)
{
    return choose(partial, of, ((const facts *)partial)->least, result.value);
}

/* ---- what is stored ---- */

static double map_judge(const void *partial, const rxt_case *of, rxt_value result)
{
    const facts *f = partial;

    (void)result;
    return rxt_cover_whole(&f->sum.cover, of->total) ? f->worst : (double)INFINITY;
}

#define PROOF(kind, judged)                                                                  \
    {                                                                                        \
        .facts = &merge_facts, .gather = gather, .bound = kind##_bound, .mean = kind##_mean, \
        .judge = judged                                                                      \
    }
static const rxt_proof sum = PROOF(sum, sum_judge), most = PROOF(choice, most_judge),
                       least = PROOF(choice, least_judge),
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
