/* test_trend.c - a trend of values in their order is distinguished from chance. */
#include "stats/sample.h"

#include <math.h>
#include <stdint.h>

#include "random.h"
#include "suite.h"

enum { MOST = 60 };

static void what_rises_is_above_zero_and_what_falls_below(void)
{
    double rising[MOST], falling[MOST];

    for (int i = 0; i < MOST; i++) {
        rising[i] = 5 + i + 3 * (i % 2);
        falling[i] = 1 / rising[i];
    }
    CU_ASSERT_TRUE(rxt_sample_trend(MOST, rising) > 5);
    CU_ASSERT_TRUE(rxt_sample_trend(MOST, falling) < -5);
    CU_ASSERT_TRUE(rxt_sample_trend(10, rising) > 3);
    CU_ASSERT_TRUE(isfinite(rxt_sample_trend(10, rising)));
}

static void few_values_or_equal_ones_tell_nothing(void)
{
    double value[MOST];

    for (int i = 0; i < MOST; i++)
        value[i] = i;
    CU_ASSERT_EQUAL(rxt_sample_trend(9, value), 0.0);
    CU_ASSERT_EQUAL(rxt_sample_trend(0, value), 0.0);
    for (int i = 0; i < 3; i++)
        value[3 * i] = NAN; /* 9 of 12 are left */
    CU_ASSERT_EQUAL(rxt_sample_trend(12, value), 0.0);
    for (int i = 0; i < MOST; i++)
        value[i] = 7;
    CU_ASSERT_EQUAL(rxt_sample_trend(MOST, value), 0.0);
}

/* Rounds that were not visited do not count: the other values must have the same trend as without
 * these rounds. */
static void values_that_are_not_there_are_left_out(void)
{
    double all[40], holes[60];

    for (int i = 0; i < 60; i++)
        holes[i] = i % 3 == 1 ? (double)NAN : (double)((i * 37) % 61 + i);
    for (int i = 0, n = 0; i < 60; i++)
        if (!isnan(holes[i]))
            all[n++] = holes[i];
    CU_ASSERT_DOUBLE_EQUAL(rxt_sample_trend(60, holes), rxt_sample_trend(40, all), 1e-12);
}

/* With 10, 20 and 50 values, chance should exceed the limit in 1 of 1000 series. The test allows at
 * most 2 of 1000, and requires at least one. (In 20,000 series 20 are expected; 40 is 4.5 standard
 * errors more.) */
static void chance_is_rarely_taken_for_a_trend(void)
{
    const int lengths[] = { 10, 20, 50 };
    uint64_t state = 1;

    for (int l = 0; l < 3; l++) {
        int beyond = 0;

        for (int series = 0; series < 20000; series++) {
            double value[MOST];

            for (int i = 0; i < lengths[l]; i++)
                value[i] = random_uniform(&state);
            beyond += fabs(rxt_sample_trend(lengths[l], value)) > 3.2905;
        }
        CU_ASSERT_TRUE(beyond <= 40);
        CU_ASSERT_TRUE(beyond >= 1);
    }
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "what rises is above 0", what_rises_is_above_zero_and_what_falls_below },
        { "few or equal values tell nothing", few_values_or_equal_ones_tell_nothing },
        { "values not there are left out", values_that_are_not_there_are_left_out },
        { "chance is rarely a trend", chance_is_rarely_taken_for_a_trend },
        CU_TEST_INFO_NULL,
    };

    return suite_run("trend", tests);
}
