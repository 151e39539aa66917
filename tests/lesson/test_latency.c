/* test_latency.c - quantiles from a histogram are within one bucket of the exact ones, for any
 * division of the units among workers. */
#include "latency.h"
#include "random.h"
#include "suite.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { UNITS = 5000 };
static const double bucket = 0.03; /* a bucket is narrower than this part of its time */

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Adds UNITS times from 2 us to 20 s. */
static void fill(uint64_t seed, rxt_latency *of, double seconds[UNITS])
{
    rxt_latencies.zero(of);
    for (int u = 0; u < UNITS; u++) {
        seconds[u] = 2e-6 * pow(1e7, random_uniform(&seed));
        rxt_latency_add(of, seconds[u]);
    }
}

static void quantiles_are_the_exact_ones_within_a_bucket(void)
{
    const double parts[] = { 0, 0.01, 0.25, 0.5, 0.9, 0.99, 0.999, 1 };
    rxt_latency of;
    double seconds[UNITS];

    fill(1, &of, seconds);
    qsort(seconds, UNITS, sizeof *seconds, by_size);
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
        double exact = seconds[(int)fmax(ceil(parts[p] * UNITS), 1) - 1],
               found = rxt_latency_quantile(&of, parts[p]);

        CU_ASSERT(fabs(found / exact - 1) < bucket);
    }
}

static void every_time_has_a_bucket(void)
{
    const double times[] = { -1, 0, 1e-9, 1e-6, 1e3, INFINITY, NAN };
    rxt_latency of;

    rxt_latencies.zero(&of);
    for (size_t t = 0; t < sizeof times / sizeof *times; t++)
        rxt_latency_add(&of, times[t]);
    CU_ASSERT_EQUAL(rxt_latencies.finish(&of).value, sizeof times / sizeof *times);
    CU_ASSERT(rxt_latency_quantile(&of, 0) <= 1e-6);
    CU_ASSERT(rxt_latency_quantile(&of, 1) > 30);
}

static void one_unit_is_all_quantiles(void)
{
    rxt_latency of;

    rxt_latencies.zero(&of);
    CU_ASSERT(isnan(rxt_latency_quantile(&of, 0.99)));
    rxt_latency_add(&of, 0.01);
    CU_ASSERT(fabs(rxt_latency_quantile(&of, 0) / 0.01 - 1) < bucket);
    CU_ASSERT_EQUAL(rxt_latency_quantile(&of, 0), rxt_latency_quantile(&of, 1));
}

static void merged_in_any_order_they_are_the_same(void)
{
    rxt_latency part[3], left, right, none;
    double seconds[UNITS];

    for (uint64_t p = 0; p < 3; p++)
        fill(p + 1, &part[p], seconds);
    left = part[0];
    rxt_latencies.merge(&left, &part[1]);
    rxt_latencies.merge(&left, &part[2]);
    right = part[2];
    rxt_latencies.merge(&right, &part[1]);
    rxt_latencies.merge(&right, &part[0]);
    CU_ASSERT_EQUAL(memcmp(&left, &right, sizeof left), 0);
    CU_ASSERT_EQUAL(rxt_latencies.finish(&left).value, 3 * UNITS);
    rxt_latencies.zero(&none);
    rxt_latencies.merge(&right, &none);
    CU_ASSERT_EQUAL(memcmp(&left, &right, sizeof left), 0);
}

static void a_partial_is_small_enough(void)
{
    CU_ASSERT_EQUAL(rxt_latencies.size, sizeof(rxt_latency));
    CU_ASSERT(rxt_latencies.size <= RXT_PARTIAL);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "quantiles are the exact ones within a bucket",
          quantiles_are_the_exact_ones_within_a_bucket },
        { "every time has a bucket", every_time_has_a_bucket },
        { "one unit is all quantiles", one_unit_is_all_quantiles },
        { "merged in any order they are the same", merged_in_any_order_they_are_the_same },
        { "a partial is small enough", a_partial_is_small_enough },
        CU_TEST_INFO_NULL,
    };

    return suite_run("latency", tests);
}
