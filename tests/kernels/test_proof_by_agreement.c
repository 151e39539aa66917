/* test_proof_by_agreement.c - which results of different splits agree, for kernels without a proof.
 */
#include "support/poison.h"
#include "support/proof.h"
#include "support/slab.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "poisoned.h"
#include "suite.h"

enum { N = 6 };

typedef struct facts {
    _Alignas(64) unsigned char bytes[RXT_PARTIAL];
} facts;

static const rxt_kernel
    added = { .arrays = 1, .loads = 1, .flops = 1, .factors = 1, .merge = &rxt_sum },
    multiplied = { .arrays = 2, .loads = 2, .flops = 2, .factors = 2, .merge = &rxt_sum },
    stored = { .arrays = 2, .outputs = 1, .loads = 1, .stores = 1, .flops = 1 };

/* The facts about operand x and, for a kernel that stores, about its result z. They are gathered in
 * two blocks and merged. */
static facts gathered(const rxt_kernel *kernel, const double x[N], const double z[N])
{
    const rxt_proof *proof = rxt_proof_of(kernel);
    const ptrdiff_t first[] = { 0, 2, N };
    facts f, more;
    double in[N], out[N];

    for (int i = 0; i < N; i++) {
        in[i] = x[i];
        out[i] = z ? z[i] : 0;
    }
    proof->facts->zero(&f);
    for (int b = 0; b < 2; b++) {
        double *from = in + first[b];
        rxt_share made = { .n = first[b + 1] - first[b],
                           .first = first[b],
                           .total = N,
                           .v = { from, from },
                           .kernel = kernel },
                  found = made;

        found.v[1] = out + first[b];
        proof->facts->zero(&more);
        proof->gather(&made, z ? &found : NULL, &more);
        proof->facts->merge(&f, &more);
    }
    return f;
}

static double slack_of(const rxt_kernel *kernel, const double x[N], const double z[N],
                       double result)
{
    facts f = gathered(kernel, x, z);
    rxt_case of = { .total = N, .chain = N, .workers = 1, .kernel = kernel };

    return rxt_proof_slack(kernel, &f, &of, (rxt_value){ .value = result, .index = -1 });
}

static double slack(const rxt_kernel *kernel, const double x[N], const double z[N])
{
    return slack_of(kernel, x, z, 0);
}

static double apart(rxt_type type, double a, double b, double most)
{
    return rxt_proof_apart(type, (rxt_value){ a, -1 }, (rxt_value){ b, -1 }, most);
}

static const double reals[N] = { 0.1, 0.7, -0.3, 1.9, 2.2, 0.6 };

static void what_roundings_bring_apart_agrees(void)
{
    double most = slack(&added, reals, NULL);

    CU_ASSERT(most > 0 && most < 1e-13);
    CU_ASSERT_EQUAL(apart(RXT_F64, 5.2, 5.2, most), 0);
    CU_ASSERT(apart(RXT_F64, 5.2, 5.2 + 2 * DBL_EPSILON, most) <= 1);
    CU_ASSERT(apart(RXT_F64, 5.2, 5.2 + 2 * most, most) > 1);
    CU_ASSERT(apart(RXT_F64, 5.2, -5.2, most) > 1);
    CU_ASSERT(apart(RXT_F64, 5.2, 5.3, 0) > 1);
}

/* The slack of a sum that may overflow is not finite, so only equal results agree. */
static void without_a_bound_nothing_agrees_but_what_is_equal(void)
{
    const double large[N] = { 1e200, 1e200, 1e200, 1e200, 1e200, 1e200 };
    const double most[N] = { DBL_MAX, DBL_MAX, 1, 1, 1, 1 };
    double none[] = { slack(&multiplied, large, NULL), slack(&added, most, NULL), NAN };

    CU_ASSERT(isinf(none[1]));
    for (int i = 0; i < 3; i++) {
        CU_ASSERT(apart(RXT_F64, 1.5, 1e300, none[i]) > 1);
        CU_ASSERT(apart(RXT_F64, INFINITY, 1.5, none[i]) > 1);
        CU_ASSERT(apart(RXT_F64, INFINITY, DBL_MAX, none[i]) > 1);
        CU_ASSERT(apart(RXT_F64, INFINITY, -(double)INFINITY, none[i]) > 1);
        CU_ASSERT(apart(RXT_F64, NAN, 1.5, none[i]) > 1);
        CU_ASSERT_EQUAL(apart(RXT_F64, INFINITY, INFINITY, none[i]), 0);
    }
}

/* The slack of an extreme counts two roundings of the largest element, in each of the two splits.
 * The slack of a sum counts the roundings of all six elements. */
static void an_extreme_is_as_sure_as_one_element(void)
{
    rxt_kernel most = { .arrays = 1, .loads = 1, .flops = 1, .merge = &rxt_max }, least = most;

    least.merge = &rxt_min;
    CU_ASSERT_DOUBLE_EQUAL(slack(&most, reals, NULL), 2 * 2 * 2.2 * DBL_EPSILON / 2, 1e-20);
    CU_ASSERT_DOUBLE_EQUAL(slack(&least, reals, NULL), 2 * 2 * 2.2 * DBL_EPSILON / 2, 1e-20);
    CU_ASSERT(slack(&added, reals, NULL) > 5 * DBL_EPSILON);
}

/* A sum of exponentials, for example, may be much larger than its operands. So a larger result has
 * a larger slack. */
static void a_result_larger_than_its_operands_has_the_slack_of_its_size(void)
{
    double plain = slack(&added, reals, NULL), large = slack_of(&added, reals, NULL, -1e20);

    CU_ASSERT(plain < 1e-13 && large > 1e20 * DBL_EPSILON && large < 1e20 * 10 * DBL_EPSILON);
    CU_ASSERT_EQUAL(slack_of(&added, reals, NULL, 5.2), plain);
}

static void infinities_agree_with_nothing_else(void)
{
    CU_ASSERT(apart(RXT_F64, INFINITY, DBL_MAX, 1) > 1);
    CU_ASSERT(apart(RXT_F64, INFINITY, -(double)INFINITY, 1) > 1);
    CU_ASSERT(apart(RXT_F64, DBL_MAX, -DBL_MAX, 1) > 1);
}

/* NaN of either sign must do, because processors and libraries give both. */
static void one_nan_is_as_good_as_another(void)
{
    CU_ASSERT_EQUAL(apart(RXT_F64, NAN, NAN, 1), 0);
    CU_ASSERT_EQUAL(apart(RXT_F32, NAN, -(double)NAN, NAN), 0);
    CU_ASSERT(apart(RXT_F64, NAN, 0, 1) > 1);
    CU_ASSERT(apart(RXT_F64, INFINITY, NAN, 1) > 1);
}

/* Below 2^52 (f64) or 2^23 (f32) the type has numbers between the whole ones. There two results
 * that are whole must be equal. Above, every number is whole, and two results may differ by the
 * slack. */
static void whole_numbers_are_equal_where_the_type_has_others(void)
{
    CU_ASSERT(apart(RXT_F64, 7, 8, 1e9) > 1);
    CU_ASSERT(apart(RXT_F64, 0x1p52 - 1, 0x1p52 - 2, 1e9) > 1);
    CU_ASSERT(apart(RXT_F64, 0x1p52 + 1, 0x1p52 + 2, 3) <= 1);
    CU_ASSERT(apart(RXT_F32, 0x1p23 - 1, 0x1p23 - 2, 1e9) > 1);
    CU_ASSERT(apart(RXT_F32, 0x1p23 + 1, 0x1p23 + 2, 3) <= 1);
    CU_ASSERT(apart(RXT_F64, 7, 7.5, 1) <= 1);
}

static void an_index_is_equal_or_wrong(void)
{
    CU_ASSERT(rxt_proof_apart(RXT_F64, (rxt_value){ 2.5, 3 }, (rxt_value){ 2.5, 4 }, 9) > 1);
    CU_ASSERT_EQUAL(rxt_proof_apart(RXT_F64, (rxt_value){ 2.5, 3 }, (rxt_value){ 2.5, 3 }, 9), 0);
}

/* First the first and the last element are exchanged; then the last element is lost. */
static void what_is_stored_elsewhere_shows(void)
{
    double right[N], wrong[N], most;
    facts f, g;

    for (int i = 0; i < N; i++)
        wrong[i] = right[i] = 2 * reals[i];
    wrong[0] = right[N - 1];
    wrong[N - 1] = right[0];
    f = gathered(&stored, reals, right);
    g = gathered(&stored, reals, wrong);
    most = slack(&stored, reals, right);
    CU_ASSERT(most > 0 && isfinite(most));
    CU_ASSERT(apart(RXT_F64, rxt_proof_digest(&f).value, rxt_proof_digest(&g).value, most) > 1);
    wrong[0] = right[0];
    wrong[N - 1] = 0;
    g = gathered(&stored, reals, wrong);
    CU_ASSERT(apart(RXT_F64, rxt_proof_digest(&f).value, rxt_proof_digest(&g).value, most) > 1);
}

/* A plain sum of these elements would be infinite or NaN. */
static void the_largest_numbers_have_a_digest(void)
{
    const double large[N] = { DBL_MAX, DBL_MAX, -DBL_MAX, -DBL_MAX, DBL_MAX, DBL_MAX },
                 other[N] = { DBL_MAX, -DBL_MAX, DBL_MAX, -DBL_MAX, DBL_MAX, DBL_MAX };
    facts f = gathered(&stored, reals, large), g = gathered(&stored, reals, other);
    double most = slack(&stored, reals, large), a = rxt_proof_digest(&f).value,
           b = rxt_proof_digest(&g).value;

    CU_ASSERT(isfinite(a) && isfinite(b) && isfinite(most));
    CU_ASSERT_EQUAL(apart(RXT_F64, a, a, most), 0);
    CU_ASSERT(apart(RXT_F64, a, b, most) > 1);
}

static double judged(const rxt_kernel *kernel, const double z[N], double result)
{
    rxt_case of = { .total = N, .chain = N, .workers = 1, .kernel = kernel };
    facts f = gathered(kernel, reals, z);

    return rxt_proof_of(kernel)->judge(&f, &of, (rxt_value){ result, -1 });
}

/* The logarithm of a negative number is NaN, and a large square is infinite. Such elements were
 * written, so they are not wrong. */
static void what_was_never_written_is_wrong_and_no_other_element(void)
{
    const double written[] = { NAN, -(double)NAN, INFINITY, -(double)INFINITY, 7 };

    for (int i = 0; i < N; i++) {
        double z[N] = { 1, 2, 3, 4, 5, 6 };

        for (int k = 0; k < 5; k++) {
            z[i] = written[k];
            CU_ASSERT_EQUAL(judged(&stored, z, NAN), 0);
        }
        for (int type = 0; type < RXT_TYPES; type++) {
            z[i] = poison_of((rxt_type)type);
            CU_ASSERT(judged(&stored, z, NAN) > 1);
        }
    }
}

/* A sum of logarithms, for example, may be NaN; but not the NaN of an element that was never
 * written. */
static void a_sum_may_be_nan(void)
{
    CU_ASSERT_EQUAL(judged(&added, NULL, NAN), 0);
    CU_ASSERT_EQUAL(judged(&added, NULL, INFINITY), 0);
    CU_ASSERT(judged(&added, NULL, poison_of(RXT_F64)) > 1);
}

/* Do two results in memory agree? */
static bool agree(const double a[N], const double b[N])
{
    facts f = gathered(&stored, reals, a), g = gathered(&stored, reals, b);

    return rxt_proof_apart(RXT_F64, rxt_proof_digest(&f), rxt_proof_digest(&g),
                           slack(&stored, reals, a)) <= 1;
}

static void what_is_no_number_agrees_with_its_like_at_its_place(void)
{
    const double written[] = { NAN, INFINITY, -(double)INFINITY, 0 };

    for (int i = 0; i < N; i++)
        for (int k = 0; k < 3; k++) {
            double a[N] = { 0, 0, 1.5, 2.5, 0, 0 }, b[N] = { 0, 0, 1.5, 2.5, 0, 0 };

            a[i] = b[i] = written[k];
            CU_ASSERT(agree(a, b));
            for (int other = 1; other < 4; other++) {
                b[i] = written[(k + other) % 4];
                CU_ASSERT_FALSE(agree(a, b));
            }
            b[i] = a[(i + 1) % N];
            b[(i + 1) % N] = a[i];
            CU_ASSERT_FALSE(agree(a, b));
        }
}

/* NaN at other places whose indices have the same sum, and a different number next to a NaN. */
static void what_is_no_number_hides_nothing(void)
{
    const double a[N] = { NAN, 1.5, 0, NAN, INFINITY, 0.5 },
                 b[N] = { 0, 1.5, NAN, NAN, INFINITY, 0.5 },
                 places[N] = { 0, NAN, NAN, 0, INFINITY, 0.5 },
                 outer[N] = { NAN, 0, 0, NAN, INFINITY, 0.5 },
                 number[N] = { NAN, 1.75, 0, NAN, INFINITY, 0.5 };

    CU_ASSERT(agree(a, a));
    CU_ASSERT_FALSE(agree(a, b));
    CU_ASSERT_FALSE(agree(places, outer));
    CU_ASSERT_FALSE(agree(a, number));
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "what roundings bring apart agrees", what_roundings_bring_apart_agrees },
        { "without a bound nothing agrees but what is equal",
          without_a_bound_nothing_agrees_but_what_is_equal },
        { "an extreme is as sure as one element", an_extreme_is_as_sure_as_one_element },
        { "a result larger than its operands has the slack of its size",
          a_result_larger_than_its_operands_has_the_slack_of_its_size },
        { "infinities agree with nothing else", infinities_agree_with_nothing_else },
        { "one NaN is as good as another", one_nan_is_as_good_as_another },
        { "whole numbers are equal where the type has others",
          whole_numbers_are_equal_where_the_type_has_others },
        { "an index is equal or wrong", an_index_is_equal_or_wrong },
        { "what is stored elsewhere shows", what_is_stored_elsewhere_shows },
        { "the largest numbers have a digest", the_largest_numbers_have_a_digest },
        { "what was never written is wrong and no other element",
          what_was_never_written_is_wrong_and_no_other_element },
        { "a sum may be NaN", a_sum_may_be_nan },
        { "what is no number agrees with its like at its place",
          what_is_no_number_agrees_with_its_like_at_its_place },
        { "what is no number hides nothing", what_is_no_number_hides_nothing },
        CU_TEST_INFO_NULL,
    };

    return suite_run("proof_by_agreement", tests);
}
