/* test_proof.c - the proof of dot products: right results pass, wrong ones never do. */
#include "data/operands.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "suite.h"

#include "support/fill.h"

enum { MOST = 65537 };

static const rxt_kernel dot = { .name = "dot", .arrays = 2, .factors = 2 };

/* Room for any proof's facts. */
typedef union facts {
    double align;
    unsigned char bytes[256];
} facts;

static void gather(facts *f, ptrdiff_t first, ptrdiff_t n, double *x, double *y)
{
    rxt_share share = { .n = n, .first = first, .v = { x + first, y + first } };

    rxt_proof_dot.gather(&share, NULL, f);
}

static facts gathered(ptrdiff_t n, double *x, double *y)
{
    facts f;

    CU_ASSERT_FATAL(rxt_proof_dot.facts->size <= sizeof f);
    rxt_proof_dot.facts->zero(&f);
    gather(&f, 0, n, x, y);
    return f;
}

static double judged(const facts *f, ptrdiff_t total, double result)
{
    return rxt_proof_dot.judge(f, &(rxt_case){ .total = total, .chain = total },
                               (rxt_value){ .value = result, .index = -1 });
}

static bool right(const facts *f, ptrdiff_t total, double result)
{
    return judged(f, total, result) <= 1.0;
}

/* Operands of MOST elements: whole ones made by the kit, or real ones in (-1, 1) made from them. */
typedef struct operands {
    double x[MOST], y[MOST];
} operands;

static operands *made(ptrdiff_t total, bool whole)
{
    operands *o = malloc(sizeof *o);
    double limit = rxt_fill_limit(RXT_F64, 2, total);

    CU_ASSERT_PTR_NOT_NULL_FATAL(o);
    rxt_operands_fill(&dot, &(rxt_operands){ .seed = 1 }, 0, 0, total, total, o->x);
    rxt_operands_fill(&dot, &(rxt_operands){ .seed = 1 }, 1, 0, total, total, o->y);
    for (ptrdiff_t i = 0; i < total && !whole; i++) {
        o->x[i] /= limit + 1;
        o->y[i] /= limit + 1;
    }
    return o;
}

static int64_t whole_sum(ptrdiff_t n, const double *x, const double *y)
{
    int64_t sum = 0;

    for (ptrdiff_t i = 0; i < n; i++)
        sum += (int64_t)x[i] * (int64_t)y[i];
    return sum;
}

static double forward(ptrdiff_t n, const double *x, const double *y)
{
    double sum = 0;

    for (ptrdiff_t i = 0; i < n; i++)
        sum += x[i] * y[i];
    return sum;
}

static double backward(ptrdiff_t n, const double *x, const double *y)
{
    double sum = 0;

    for (ptrdiff_t i = n; i-- > 0;)
        sum = fma(x[i], y[i], sum);
    return sum;
}

static double pairwise(ptrdiff_t n, const double *x, const double *y)
{
    return n < 3 ? forward(n, x, y)
                 : pairwise(n / 2, x, y) + pairwise(n - n / 2, x + n / 2, y + n / 2);
}

static const ptrdiff_t sizes[] = { 0, 1, 2, 7, 8, 9, 64, 1009, 2047, 2048, 2049, 65537 };
enum { SIZES = sizeof sizes / sizeof sizes[0] };

static void an_equal_sum_of_integers_is_right_and_no_other(void)
{
    for (int s = 0; s < SIZES; s++) {
        ptrdiff_t n = sizes[s];
        operands *o = made(n, true);
        facts f = gathered(n, o->x, o->y);
        double sum = (double)whole_sum(n, o->x, o->y);

        CU_ASSERT_EQUAL(judged(&f, n, sum), 0.0);
        CU_ASSERT_FALSE(right(&f, n, sum + 1));
        CU_ASSERT_FALSE(right(&f, n, sum - 1));
        CU_ASSERT_FALSE(right(&f, n, nextafter(sum, INFINITY)));
        CU_ASSERT_FALSE(right(&f, n, sum + 0.25));
        free(o);
    }
}

/* At every position, also where the plain sums' lanes and chunks end. */
static void a_lost_or_doubled_element_is_caught(void)
{
    for (int s = 0; s < SIZES; s++) {
        ptrdiff_t n = sizes[s], step = n < 3000 ? 1 : 97;
        operands *o = made(n, true);
        facts f = gathered(n, o->x, o->y);
        double sum = (double)whole_sum(n, o->x, o->y);
        int missed = 0;

        for (ptrdiff_t i = 0; i < n; i += step) {
            missed += right(&f, n, sum - o->x[i] * o->y[i]);
            missed += right(&f, n, sum + o->x[i] * o->y[i]);
        }
        CU_ASSERT_EQUAL(missed, 0);
        free(o);
    }
}

/* Blocks as they come from workers: cut anywhere, gathered in two lots and merged. */
static void facts_do_not_depend_on_how_the_blocks_are_cut(void)
{
    for (int whole = 0; whole <= 1; whole++) {
        operands *o = made(1009, whole);
        facts all = gathered(1009, o->x, o->y);
        double sum = whole ? (double)whole_sum(1009, o->x, o->y) : forward(1009, o->x, o->y);

        for (ptrdiff_t cut = 0; cut <= 1009; cut++) {
            facts low = gathered(cut, o->x, o->y), high = gathered(0, o->x, o->y);

            gather(&high, cut, (1009 - cut) / 2, o->x, o->y);
            gather(&high, cut + (1009 - cut) / 2, 1009 - cut - (1009 - cut) / 2, o->x, o->y);
            rxt_proof_dot.facts->merge(&low, &high);
            CU_ASSERT_DOUBLE_EQUAL(judged(&low, 1009, sum), judged(&all, 1009, sum), 1e-9);
        }
        free(o);
    }
}

static void facts_that_do_not_coverage_everything_once_are_wrong(void)
{
    operands *o = made(1009, true);
    double sum = (double)whole_sum(1009, o->x, o->y);
    facts lost = gathered(1008, o->x, o->y), doubled = gathered(1009, o->x, o->y);
    facts shifted = gathered(0, o->x, o->y);

    gather(&doubled, 1008, 1, o->x, o->y);
    gather(&shifted, 0, 500, o->x, o->y);
    gather(&shifted, 499, 509, o->x, o->y); /* 1009 elements, one of them twice, one never */
    CU_ASSERT_EQUAL(judged(&lost, 1009, sum), INFINITY);
    CU_ASSERT_EQUAL(judged(&doubled, 1009, sum), INFINITY);
    CU_ASSERT_EQUAL(judged(&shifted, 1009, sum), INFINITY);
    free(o);
}

static void a_result_that_is_no_number_is_wrong(void)
{
    for (int whole = 0; whole <= 1; whole++) {
        operands *o = made(64, whole);
        facts f = gathered(64, o->x, o->y);

        CU_ASSERT_FALSE(right(&f, 64, NAN));
        CU_ASSERT_FALSE(right(&f, 64, INFINITY));
        CU_ASSERT_FALSE(right(&f, 64, -INFINITY));
        free(o);
    }
}

static void every_order_of_real_additions_is_within_the_bound(void)
{
    for (int s = 0; s < SIZES; s++) {
        ptrdiff_t n = sizes[s];
        operands *o = made(n, false);
        facts f = gathered(n, o->x, o->y);

        CU_ASSERT(right(&f, n, forward(n, o->x, o->y)));
        CU_ASSERT(right(&f, n, backward(n, o->x, o->y)));
        CU_ASSERT(right(&f, n, pairwise(n, o->x, o->y)));
        free(o);
    }
}

/* The bound at n = 65537 is 7e-12 of the sum of |x y|, 1.2e-7 of a mean element. */
static void a_lost_real_element_is_caught(void)
{
    for (int s = 1; s < SIZES; s++) {
        ptrdiff_t n = sizes[s];
        operands *o = made(n, false);
        facts f;

        o->x[n / 2] = 0.5;
        o->y[n / 2] = 0.5;
        f = gathered(n, o->x, o->y);
        CU_ASSERT(right(&f, n, forward(n, o->x, o->y)));
        CU_ASSERT_FALSE(right(&f, n, forward(n, o->x, o->y) - 0.25));
        free(o);
    }
}

/* Every addition of 1 to 2^53 is lost, half a unit each: the worst that forward summation can do,
 * and what the bound allows. */
static void the_bound_is_no_wider_than_it_must_be(void)
{
    enum { N = 1001 };
    double x[N], y[N];
    facts f;

    for (int i = 0; i < N; i++) {
        x[i] = i == 0 ? 0x1p53 : 1.0;
        y[i] = 1.0;
    }
    f = gathered(N, x, y);
    CU_ASSERT_EQUAL(forward(N, x, y), 0x1p53);
    CU_ASSERT(judged(&f, N, 0x1p53) > 0.9 && judged(&f, N, 0x1p53) <= 1.0);
}

/* Half as many roundings, half the bound; the rest of it is the reference's. */
static void the_bound_follows_from_the_chain(void)
{
    operands *o = made(MOST, false);
    facts f = gathered(MOST, o->x, o->y), none = gathered(0, o->x, o->y);
    double sum = forward(MOST, o->x, o->y),
           whole = rxt_proof_dot.bound(&f, &(rxt_case){ .chain = MOST });
    double magnitude = rxt_proof_dot.mean(&f) * MOST,
           least = rxt_proof_dot.bound(&f, &(rxt_case){ .chain = 1 });

    CU_ASSERT_DOUBLE_EQUAL(whole, MOST * 0x1p-53 * magnitude, 1e-4 * whole);
    CU_ASSERT_DOUBLE_EQUAL(rxt_proof_dot.bound(&f, &(rxt_case){ .chain = MOST / 2 }), whole / 2,
                           1e-4 * whole);
    CU_ASSERT(least > 0x1p-53 * magnitude && least < 0x1.1p-52 * magnitude);
    CU_ASSERT(judged(&f, MOST, sum + 0.9 * whole) <= 1);
    CU_ASSERT(rxt_proof_dot.judge(&f, &(rxt_case){ .total = MOST, .chain = MOST / 2 },
                                  (rxt_value){ .value = sum + 0.9 * whole }) > 1);
    CU_ASSERT_EQUAL(rxt_proof_dot.bound(&none, &(rxt_case){ .chain = 0 }), 0.0);
    free(o);
}

static void integers_have_no_bound_but_equality(void)
{
    operands *o = made(1009, true);
    facts f = gathered(1009, o->x, o->y);

    CU_ASSERT_EQUAL(rxt_proof_dot.bound(&f, &(rxt_case){ .chain = 1 }), 0.0);
    CU_ASSERT_EQUAL(rxt_proof_dot.bound(&f, &(rxt_case){ .chain = 1009 }), 0.0);
    free(o);
}

/* In f32 integers are exact up to 2^24 alone; beyond, the bound is that of its roundings, and of
 * any order where there are more of them than 2^23. */
static void the_type_sets_the_bound(void)
{
    double x[] = { 0x1p12, 0x1p11, 1 }, y[] = { 0x1p11, 0x1p11, 1 }, z[] = { 0x1p12, 0x1p13, 1 };
    facts below = gathered(3, x, y), beyond = gathered(3, x, z);
    rxt_case narrow = { .type = RXT_F32, .total = 3, .chain = 3 }, long_chain = narrow;
    double sum = 0x1p24 + 0x1p24 + 1;

    CU_ASSERT_EQUAL(rxt_proof_dot.bound(&below, &narrow), 0.0);
    CU_ASSERT_DOUBLE_EQUAL(rxt_proof_dot.bound(&beyond, &narrow), 3 * 0x1p-24 * sum, 1e-5);
    CU_ASSERT(rxt_proof_dot.judge(&beyond, &narrow, (rxt_value){ .value = sum + 5 }) <= 1);
    CU_ASSERT(rxt_proof_dot.judge(&beyond, &narrow, (rxt_value){ .value = sum + 10 }) > 1);
    long_chain.chain = 1 << 24;
    CU_ASSERT_DOUBLE_EQUAL(rxt_proof_dot.bound(&beyond, &long_chain), 4 * 0x1p-24 * sum, 1e-5);
    x[0] = FLT_MAX / 2;
    y[0] = 1;
    beyond = gathered(3, x, y);
    CU_ASSERT_EQUAL(rxt_proof_dot.bound(&beyond, &narrow), INFINITY);
}

/* 2^1023 + 2^1023 overflows, and so may a part of 2^1022 + 2^1022 - 2^1023. */
static void sums_that_may_overflow_have_no_bound(void)
{
    double x[] = { 0x1p1022, 0x1p1022, -0x1p1023 }, y[] = { 1.5, 1, 1 }, huge = 1e300;
    facts f = gathered(3, x, y), one = gathered(1, &huge, &huge);

    CU_ASSERT_EQUAL(rxt_proof_dot.bound(&f, &(rxt_case){ .chain = 3 }), INFINITY);
    CU_ASSERT_EQUAL(rxt_proof_dot.bound(&one, &(rxt_case){ .chain = 1 }), INFINITY);
    CU_ASSERT_FALSE(right(&f, 3, 0x1p1021));
    CU_ASSERT_FALSE(right(&one, 1, INFINITY));
}

/* The sum of |x y| must be at most a quarter of the largest double, whatever the sum of x y; from
 * there to where it overflows itself nothing else would stop it. */
static void the_bound_ends_at_a_quarter_of_the_largest_double(void)
{
    double quarter = DBL_MAX / 4, x[] = { quarter / 2, -quarter / 2 }, y[] = { 1, 1 };
    facts f = gathered(2, x, y);

    CU_ASSERT(rxt_proof_dot.mean(&f) * 2 == quarter &&
              isfinite(rxt_proof_dot.bound(&f, &(rxt_case){ .chain = 2 })));
    CU_ASSERT(right(&f, 2, 0.0));
    x[1] = nextafter(x[1], -INFINITY);
    x[0] = nextafter(x[0], INFINITY);
    f = gathered(2, x, y);
    CU_ASSERT(rxt_proof_dot.mean(&f) * 2 > quarter && isfinite(rxt_proof_dot.mean(&f)));
    CU_ASSERT_EQUAL(rxt_proof_dot.bound(&f, &(rxt_case){ .chain = 2 }), INFINITY);
    CU_ASSERT_FALSE(right(&f, 2, 0.0));
}

/* Sums that plain additions lose altogether: 1e16 + 1 - 1e16, and a product of 106 bits. */
static void the_reference_has_twice_the_working_precision(void)
{
    double x[] = { 1e16, 1.5, -1e16 }, y[] = { 1, 1, 1 };
    double a[] = { 1 + 0x1p-30, -1 }, b[] = { 1 - 0x1p-30, 1 };
    facts f = gathered(3, x, y), g = gathered(2, a, b);

    CU_ASSERT_EQUAL(judged(&f, 3, 1.5), 0.0);
    CU_ASSERT(judged(&f, 3, 2.0) > 0.0 && right(&f, 3, 2.0));
    CU_ASSERT_EQUAL(judged(&g, 2, -0x1p-60), 0.0);
    CU_ASSERT(judged(&g, 2, 0.0) > 0.0 && right(&g, 2, 0.0));
}

/* Integers whose products leave 2^53 are judged by the bound: equality would be too much. */
static void integers_beyond_exact_sums_are_judged_by_the_bound(void)
{
    double x[] = { 0x1p40 + 1, 3 }, y[] = { 0x1p40 + 1, 5 };
    facts f = gathered(2, x, y);

    CU_ASSERT(right(&f, 2, x[0] * y[0] + 15));
    CU_ASSERT(right(&f, 2, nextafter(x[0] * y[0] + 15, 0)));
    CU_ASSERT_FALSE(right(&f, 2, (x[0] * y[0]) * (1 + 8 * DBL_EPSILON)));
}

static void products_may_underflow(void)
{
    double x[] = { 0x1p-1000 }, y[] = { 0x1.8p-75 };
    facts f = gathered(1, x, y);

    CU_ASSERT(right(&f, 1, 0.0));
    CU_ASSERT(right(&f, 1, DBL_TRUE_MIN));
    CU_ASSERT_FALSE(right(&f, 1, 3 * DBL_TRUE_MIN));
}

static void no_elements_give_zero(void)
{
    double none = 0;
    facts f = gathered(0, &none, &none);

    CU_ASSERT_EQUAL(judged(&f, 0, 0.0), 0.0);
    CU_ASSERT_EQUAL(judged(&f, 0, -0.0), 0.0);
    CU_ASSERT_FALSE(right(&f, 0, DBL_TRUE_MIN));
    CU_ASSERT_EQUAL(judged(&f, 1, 0.0), INFINITY);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "an equal sum of integers is right, and no other",
          an_equal_sum_of_integers_is_right_and_no_other },
        { "a lost or doubled element is caught", a_lost_or_doubled_element_is_caught },
        { "facts do not depend on how the blocks are cut",
          facts_do_not_depend_on_how_the_blocks_are_cut },
        { "facts that do not cover everything once are wrong",
          facts_that_do_not_coverage_everything_once_are_wrong },
        { "a result that is no number is wrong", a_result_that_is_no_number_is_wrong },
        { "every order of real additions is within the bound",
          every_order_of_real_additions_is_within_the_bound },
        { "a lost real element is caught", a_lost_real_element_is_caught },
        { "the bound is no wider than it must be", the_bound_is_no_wider_than_it_must_be },
        { "the bound follows from the chain", the_bound_follows_from_the_chain },
        { "integers have no bound but equality", integers_have_no_bound_but_equality },
        { "the type sets the bound", the_type_sets_the_bound },
        { "sums that may overflow have no bound", sums_that_may_overflow_have_no_bound },
        { "the bound ends at a quarter of the largest double",
          the_bound_ends_at_a_quarter_of_the_largest_double },
        { "the reference has twice the working precision",
          the_reference_has_twice_the_working_precision },
        { "integers beyond exact sums are judged by the bound",
          integers_beyond_exact_sums_are_judged_by_the_bound },
        { "products may underflow", products_may_underflow },
        { "no elements give zero", no_elements_give_zero },
        CU_TEST_INFO_NULL,
    };

    return suite_run("proof", tests);
}
