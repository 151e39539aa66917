/* test_units.c - the proof of tasks: it accepts only the full number of units. */
#include <rxt/task.h>

#include <math.h>

#include "suite.h"

/* The error that the merged facts of two ranks give. */
static double error_of(ptrdiff_t low, ptrdiff_t high, ptrdiff_t total, double result)
{
    double facts, more;
    rxt_share part = { .n = low, .total = total };
    rxt_case of = { .total = total, .chain = 1, .workers = 2 };

    CU_ASSERT_EQUAL_FATAL(rxt_proof_units.facts->size, sizeof facts);
    rxt_proof_units.facts->zero(&facts);
    rxt_proof_units.facts->zero(&more);
    rxt_proof_units.gather(&part, NULL, &facts);
    part.n = high;
    rxt_proof_units.gather(&part, NULL, &more);
    rxt_proof_units.facts->merge(&facts, &more);
    return rxt_proof_units.judge(&facts, &of, (rxt_value){ .value = result, .index = -1 });
}

static const ptrdiff_t totals[] = { 0, 1, 2, 7, 1009 };

static void the_number_of_units_is_right(void)
{
    for (int t = 0; t < 5; t++)
        CU_ASSERT_EQUAL(
            error_of(totals[t] / 2, totals[t] - totals[t] / 2, totals[t], (double)totals[t]), 0);
}

static void no_other_number_is(void)
{
    for (int t = 0; t < 5; t++) {
        ptrdiff_t n = totals[t];
        double count = (double)n;
        double wrong[] = { NAN,       INFINITY,  -INFINITY,   count - 1, count + 1,
                           -count,    2 * count, count / 2,   0,         nextafter(count, INFINITY),
                           n ? 1 : 2, 5e-324,    n ? -0. : -1 };

        for (int w = 0; w < 13; w++)
            if (wrong[w] != count)
                CU_ASSERT(error_of(n / 2, n - n / 2, n, wrong[w]) > 1);
    }
}

static void units_that_were_not_all_seen_once_are_wrong(void)
{
    CU_ASSERT(error_of(3, 3, 7, 7) > 1);
    CU_ASSERT(error_of(4, 4, 7, 7) > 1);
    CU_ASSERT(error_of(7, 0, 7, 7) == 0);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "the number of units is right", the_number_of_units_is_right },
        { "no other number is", no_other_number_is },
        { "units that were not all seen once are wrong",
          units_that_were_not_all_seen_once_are_wrong },
        CU_TEST_INFO_NULL,
    };

    return suite_run("units", tests);
}
