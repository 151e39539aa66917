/* test_poison.c - an element that was never written is distinguished from one whose right value is
 * NaN. */
#include "support/poison.h"
#include <rxt/kernel.h>

#include <math.h>
#include <string.h>

#include "poisoned.h"
#include "suite.h"

enum { N = 9 };

static void what_no_call_writes_is_poison_and_no_number_is(void)
{
    const double numbers[] = { NAN, -(double)NAN, INFINITY, -(double)INFINITY, 0, -0.0, 1 };
    volatile double zero = 0, minus = -1;

    for (int type = 0; type < RXT_TYPES; type++) {
        CU_ASSERT(isnan(poison_of((rxt_type)type)));
        CU_ASSERT(rxt_poison_stands(poison_of((rxt_type)type)));
    }
    for (int i = 0; i < 7; i++)
        CU_ASSERT_FALSE(rxt_poison_stands(numbers[i]));
    CU_ASSERT_FALSE(rxt_poison_stands(zero / zero));
    CU_ASSERT_FALSE(rxt_poison_stands(sqrt(minus)));
    CU_ASSERT_FALSE(rxt_poison_stands(INFINITY * zero));
}

/* Judges roots of negative numbers: all results are NaN, except element `at`, which is `value`. */
static double judged(rxt_type type, int at, double value)
{
    _Alignas(64) unsigned char facts[RXT_PARTIAL];
    double x[N], y[N];
    rxt_share made = { .type = type, .n = N, .total = N, .v = { x, y } }, found = made;
    rxt_case of = { .type = type, .total = N, .chain = 1 };

    for (int i = 0; i < N; i++) {
        x[i] = -1 - i;
        y[i] = i == at ? value : (double)NAN;
    }
    rxt_proof_sqrt.facts->zero(facts);
    rxt_proof_sqrt.gather(&made, &found, facts);
    return rxt_proof_sqrt.judge(facts, &of, (rxt_value){ .value = NAN, .index = -1 });
}

static void an_element_never_written_is_wrong_where_nan_is_right(void)
{
    for (int type = 0; type < RXT_TYPES; type++)
        for (int at = 0; at < N; at++) {
            CU_ASSERT_EQUAL(judged((rxt_type)type, at, NAN), 0);
            CU_ASSERT_EQUAL(judged((rxt_type)type, at, -(double)NAN), 0);
            CU_ASSERT(judged((rxt_type)type, at, poison_of((rxt_type)type)) > 1);
        }
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "what no call writes is poison, and no number is",
          what_no_call_writes_is_poison_and_no_number_is },
        { "an element never written is wrong where NaN is right",
          an_element_never_written_is_wrong_where_nan_is_right },
        CU_TEST_INFO_NULL,
    };

    return suite_run("poison", tests);
}
