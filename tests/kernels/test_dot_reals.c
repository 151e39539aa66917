/* test_dot_reals.c - dot products of every level and type, by every kernel, compared with MPFR on
 * random numbers, and on NaN and infinities. MPFR adds with so many bits that nothing is rounded.
 */
#include "support/slab.h"

#include <float.h>
#include <math.h>
#include <stdio.h>

#include <mpfr.h>

#include "levels.h"
#include "random.h"
#include "suite.h"

enum { BITS = 2500, MOST = 1031 };

static const ptrdiff_t sizes[] = { 0, 1, 2, 7, 31, 64, 127, 509, MOST };
enum { SIZES = sizeof sizes / sizeof sizes[0], KINDS = 4 };

typedef struct pair {
    rxt_type type;
    ptrdiff_t n;
    double x[MOST], y[MOST];   /* what the kernel sees, in double */
    double as[MOST], to[MOST]; /* the same values in its type */
} pair;

static void put(pair *p, ptrdiff_t i, double x, double y)
{
    levels_set(p->type, p->as, i, x);
    levels_set(p->type, p->to, i, y);
    p->x[i] = levels_get(p->type, p->as, i);
    p->y[i] = levels_get(p->type, p->to, i);
}

static double call(const rxt_kernel *kernel, pair *p)
{
    rxt_slab slab = { .type = p->type,
                      .n = p->n,
                      .total = p->n,
                      .ranks = 1,
                      .threads = kernel->run ? 2 : 1,
                      .v = { p->as, p->to },
                      .blas = levels_blas(kernel) };
    rxt_share share = rxt_share_of(&slab, 0, rxt_grain_of(kernel));
    double sum;

    if (kernel->run)
        kernel->run(&slab, &sum);
    else
        kernel->loop(&share, &sum);
    return sum;
}

/* Kinds of operands. 0: near 1; 1: magnitudes spread over 2^40; 2: both signs; 3: near the end of
 * the range, but the products are inside the range. */
static void fill(pair *p, rxt_type type, ptrdiff_t n, int kind, uint64_t *state)
{
    *p = (pair){ .type = type, .n = n };
    for (ptrdiff_t i = 0; i < n; i++) {
        double a = random_uniform(state), b = random_uniform(state);
        int range = (type == RXT_F64 ? 1000 : 110) / 2;

        if (kind == 0)
            put(p, i, 1 + a, 1 + b);
        else if (kind == 1)
            put(p, i, ldexp(a, (int)(40 * b) - 20), 2 * b - 1);
        else if (kind == 2)
            put(p, i, 2 * a - 1, 2 * b - 1);
        else
            put(p, i, ldexp(2 * a - 1, range), ldexp(2 * b - 1, i % 2 ? range : -range));
    }
}

/* |found - x y| in units of the bound. The bound is c u sum |x y|, where c is the promised number
 * of roundings, plus one smallest number for each product, because it may underflow. */
static double distance(const rxt_kernel *kernel, const pair *p, double found)
{
    double u = (p->type == RXT_F64 ? DBL_EPSILON : (double)FLT_EPSILON) / 2, away, bound;
    double sums = kernel->sums > 0 ? kernel->sums : 1, n = (double)p->n;
    mpfr_t sum, all, term;

    mpfr_inits2(BITS, sum, all, term, (mpfr_ptr)0);
    mpfr_set_zero(sum, 1);
    mpfr_set_zero(all, 1);
    for (ptrdiff_t i = 0; i < p->n; i++) {
        mpfr_set_d(term, p->x[i], MPFR_RNDN);
        mpfr_mul_d(term, term, p->y[i], MPFR_RNDN);
        mpfr_add(sum, sum, term, MPFR_RNDN);
        mpfr_abs(term, term, MPFR_RNDN);
        mpfr_add(all, all, term, MPFR_RNDN);
    }
    mpfr_mul_d(all, all, 1.01 * (ceil(n / sums) + sums + 2) * u, MPFR_RNDN);
    bound =
        mpfr_get_d(all, MPFR_RNDU) + n * (p->type == RXT_F64 ? DBL_TRUE_MIN : (double)FLT_TRUE_MIN);
    mpfr_d_sub(sum, found, sum, MPFR_RNDN);
    away = fabs(mpfr_get_d(sum, MPFR_RNDN));
    mpfr_clears(sum, all, term, (mpfr_ptr)0);
    return away == 0 ? 0 : away / bound;
}

static int failures, checked;
static void expect(bool right, const char *level, const rxt_kernel *kernel, const pair *p)
{
    checked++;
    if (!right && failures++ == 0)
        printf("\n    %s, %s, %s, n = %td", kernel->name, level, rxt_type_name(p->type), p->n);
}

static void reals_on(const char *level, const rxt_kernel *kernel)
{
    uint64_t state = 88172645463325252;
    static pair p;

    for (int s = 0; s < SIZES; s++)
        for (int kind = 0; kind < KINDS; kind++) {
            fill(&p, kernel->type, sizes[s], kind, &state);
            expect(distance(kernel, &p, call(kernel, &p)) <= 1, level, kernel, &p);
        }
}

/* The result must be what IEEE 754 gives for the one or two special products. */
static void specials_on(const char *level, const rxt_kernel *kernel)
{
    static const double set[][4] = { { NAN, 1, 1, 1 },
                                     { INFINITY, 2, 1, 1 },
                                     { INFINITY, -2, 1, 1 },
                                     { INFINITY, 0, 1, 1 },
                                     { INFINITY, 1, 1, -INFINITY } };
    static pair p;

    p = (pair){ .type = kernel->type, .n = 200 };
    for (int s = 0; s < 5; s++)
        for (ptrdiff_t at = 0; at < p.n; at++) {
            double wanted = set[s][0] * set[s][1] + set[s][2] * set[s][3], found;

            for (ptrdiff_t i = 0; i < p.n; i++)
                put(&p, i, 0.5, 0.5);
            put(&p, at, set[s][0], set[s][1]);
            put(&p, (at + 101) % p.n, set[s][2], set[s][3]);
            found = call(kernel, &p);
            expect(found == wanted || (isnan(found) && isnan(wanted)), level, kernel, &p);
        }
}

static void each(void (*check)(const char *, const rxt_kernel *))
{
    static const char *const name[] = { "dot", "dot_blas", "dot_openmp" };

    failures = checked = 0;
    for (int k = 0; k < 3; k++)
        CU_ASSERT(levels_each(name[k], check) >= 1);
    CU_ASSERT_EQUAL(failures, 0);
    CU_ASSERT(checked > 100);
}

static void reals_are_within_their_bounds(void)
{
    each(reals_on);
}

static void nan_and_infinities_are_as_ieee_754_has_them(void)
{
    each(specials_on);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "reals are within their bounds", reals_are_within_their_bounds },
        { "NaN and infinities are as IEEE 754 has them",
          nan_and_infinities_are_as_ieee_754_has_them },
        CU_TEST_INFO_NULL,
    };

    return suite_run("dot products of reals", tests);
}
