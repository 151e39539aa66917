/* test_sample.c - order statistics, intervals and ratios of samples. */
#include "stats/sample.h"

#include <math.h>
#include <stdint.h>

#include "random.h"
#include "suite.h"

/* Ranks of the sign test's two-sided interval of at least 95 % (as in Conover 1999, A3), for
 * numbers of values at which 95.8 % gives the same ranks. */
static const int table[][2] = {
    { 6, 1 },  { 7, 1 },  { 8, 1 },   { 9, 2 },   { 10, 2 },  { 11, 2 },   { 12, 3 },
    { 13, 3 }, { 14, 3 }, { 15, 4 },  { 16, 4 },  { 18, 5 },  { 19, 5 },   { 20, 6 },
    { 23, 7 }, { 26, 8 }, { 35, 12 }, { 53, 19 }, { 80, 31 }, { 120, 49 },
};
enum { TABLE = sizeof table / sizeof table[0], MOST = 400 };

static void ranks_are_those_of_the_tables(void)
{
    for (int i = 0; i < TABLE; i++)
        CU_ASSERT_EQUAL(rxt_sample_rank(table[i][0]), table[i][1]);
}

/* Row n of Pascal's triangle divided by 2^n, by additions alone. */
static void pascal(int n, long double term[MOST + 2])
{
    for (int k = 0; k <= n; k++)
        term[k] = k == 0;
    for (int row = 1; row <= n; row++)
        for (int k = row; k >= 0; k--)
            term[k] = (term[k] + (k > 0 ? term[k - 1] : 0)) / 2;
}

static long double coverage(int n, int rank, const long double term[])
{
    long double sum = 0;

    for (int k = rank; k <= n - rank; k++)
        sum += term[k];
    return sum;
}

static void ranks_are_the_narrowest_that_coverage(void)
{
    long double term[MOST + 2];

    for (int n = 6; n <= MOST; n++) {
        int rank = rxt_sample_rank(n);

        pascal(n, term);
        CU_ASSERT(rank >= 1 && rank <= n / 2);
        CU_ASSERT(coverage(n, rank, term) >= 0.958L);
        CU_ASSERT(coverage(n, rank + 1, term) < 0.958L);
    }
}

/* For large n the rank is (n + 1) / 2 - z sqrt(n) / 2 to within one. */
static void ranks_of_many_values_follow_the_normal_law(void)
{
    static const double z = 2.0335; /* two-sided 95.8 % */

    for (int n = 1000; n <= 1000000; n *= 10)
        CU_ASSERT_DOUBLE_EQUAL(rxt_sample_rank(n), 0.5 * (n + 1) - 0.5 * z * sqrt(n), 1.0);
}

static void below_six_values_there_is_no_interval(void)
{
    static const double v[] = { 5, 3, 4, 1, 2 };

    for (int n = 0; n <= 5; n++) {
        rxt_sample s = rxt_sample_of(n, v);

        CU_ASSERT_EQUAL(rxt_sample_rank(n), 0);
        CU_ASSERT_EQUAL(s.count, n);
        CU_ASSERT(isnan(s.low) && isnan(s.high));
        CU_ASSERT(isinf(rxt_sample_precision(&s)));
        CU_ASSERT_EQUAL(isnan(s.median), n == 0);
    }
}

static void nothing_has_no_figures(void)
{
    static const double v[] = { NAN, NAN };
    rxt_sample s = rxt_sample_of(2, v);

    CU_ASSERT_EQUAL(s.count, 0);
    CU_ASSERT(isnan(s.median) && isnan(s.min) && isnan(s.max) && isnan(s.q1) && isnan(s.q3));
    CU_ASSERT_EQUAL(s.correlation, 0.0);
    CU_ASSERT_FALSE(s.widened);
}

static void one_value_is_all_its_quartiles(void)
{
    rxt_sample s = rxt_sample_of(1, &(double){ 3.5 });

    CU_ASSERT(s.median == 3.5 && s.min == 3.5 && s.max == 3.5 && s.q1 == 3.5 && s.q3 == 3.5);
}

/* 1 … 10 in an order that is hardly autocorrelated. */
static const double ten[] = { 7, 2, 9, 4, 1, 10, 5, 3, 8, 6 };

static void ten_values_have_known_figures(void)
{
    rxt_sample s = rxt_sample_of(10, ten);

    CU_ASSERT_FALSE(s.widened);
    CU_ASSERT(s.median == 5.5 && s.low == 2 && s.high == 9 && s.min == 1 && s.max == 10);
    CU_ASSERT_DOUBLE_EQUAL(s.q1, 3.25, 1e-15); /* R: quantile(1:10) */
    CU_ASSERT_DOUBLE_EQUAL(s.q3, 7.75, 1e-15);
    CU_ASSERT_DOUBLE_EQUAL(rxt_sample_precision(&s), 3.5 / 5.5, 1e-15);
}

static void missing_values_are_left_out(void)
{
    double holes[31];
    rxt_sample a = rxt_sample_of(10, ten), b;

    for (int i = 0; i < 31; i++)
        holes[i] = i % 3 == 1 ? ten[i / 3] : i % 2 ? NAN : INFINITY;
    b = rxt_sample_of(31, holes);
    CU_ASSERT_EQUAL(b.count, 10);
    CU_ASSERT(a.median == b.median && a.low == b.low && a.high == b.high && a.q1 == b.q1);
    CU_ASSERT_EQUAL(a.correlation, b.correlation);
}

static void equal_values_are_certain(void)
{
    double same[50];
    rxt_sample s;

    for (int i = 0; i < 50; i++)
        same[i] = 0.1;
    s = rxt_sample_of(50, same);
    CU_ASSERT(s.median == 0.1 && s.low == 0.1 && s.high == 0.1);
    CU_ASSERT_EQUAL(rxt_sample_precision(&s), 0.0);
    CU_ASSERT_FALSE(s.widened);
}

/* The common factors are powers of two, so the quotients are equal bit for bit. */
static void ratios_are_free_of_a_common_factor(void)
{
    double over[40], under[40], x[40], y[40];
    uint64_t state = 3;
    rxt_sample a, b;

    for (int i = 0; i < 40; i++) {
        double noise = ldexp(1.0, (int)(20 * random_uniform(&state)));

        x[i] = over[i] = 1.9 + 0.1 * random_uniform(&state);
        y[i] = under[i] = 1.0 + 0.1 * random_uniform(&state);
        x[i] *= noise;
        y[i] *= noise;
    }
    a = rxt_sample_ratio(40, over, under);
    b = rxt_sample_ratio(40, x, y);
    CU_ASSERT(a.median == b.median && a.low == b.low && a.high == b.high && a.min == b.min);
    CU_ASSERT(rxt_sample_precision(&b) < 0.1);
}

static void ratios_take_rounds_that_have_both(void)
{
    static const double over[] = { 2, NAN, 6, 8, 3 }, under[] = { 1, 1, NAN, 2, 0 };
    rxt_sample s = rxt_sample_ratio(5, over, under);

    CU_ASSERT_EQUAL(s.count, 2);
    CU_ASSERT(s.min == 2 && s.max == 4 && s.median == 3);
}

static void a_series_over_itself_is_one(void)
{
    rxt_sample s = rxt_sample_ratio(10, ten, ten);

    CU_ASSERT(s.median == 1 && s.low == 1 && s.high == 1);
}

/* The values rise from first to last: rho is near 1, so the interval is the whole range. */
static void a_trend_widens_the_interval(void)
{
    double rising[20];
    rxt_sample s;

    for (int i = 0; i < 20; i++)
        rising[i] = i;
    s = rxt_sample_of(20, rising);
    CU_ASSERT(s.widened && s.correlation > 0.9);
    CU_ASSERT(s.low == 0 && s.high == 19);
    CU_ASSERT(s.cut); /* 20 values with this rho are worth less than one */
}

/* n = 400, rho = 0.8: 44 effective values of 400, so the interval is 3 times as wide. */
static void a_correlated_series_has_its_effective_number(void)
{
    double x[400], last = 0.0;
    uint64_t state = 11;
    rxt_sample s;
    int inside = 0;

    for (int i = 0; i < 400; i++) {
        for (int skip = 0; i == 0 && skip < 100; skip++)
            last = 0.8 * last + random_uniform(&state) - 0.5;
        x[i] = last = 0.8 * last + random_uniform(&state) - 0.5;
    }
    s = rxt_sample_of(400, x);
    CU_ASSERT(s.widened && !s.cut);
    CU_ASSERT_DOUBLE_EQUAL(s.correlation, 0.8, 0.12); /* tolerance: 4 sqrt((1 - rho^2) / n) */
    for (int i = 0; i < 400; i++)
        inside += x[i] >= s.low && x[i] <= s.high;
    CU_ASSERT_DOUBLE_EQUAL(inside, 2.0335 * 20 * sqrt((1 + s.correlation) / (1 - s.correlation)),
                           4.0);
}

/* 12 rising values, and a coverage (as for many simultaneous rows) that no interval between two of
 * 12 ordered values reaches. */
static void where_independent_values_have_no_interval_alike_ones_have_none(void)
{
    double rising[12], ones[12], mixed[12];
    const double coverage = 0.9999;

    for (int i = 0; i < 12; i++) {
        rising[i] = 1 + 0.01 * i;
        mixed[i] = 1 + 0.01 * ((7 * i) % 12);
        ones[i] = 1;
    }
    CU_ASSERT_EQUAL(rxt_sample_rank_at(12, coverage), 0);
    CU_ASSERT_TRUE(rxt_sample_ratio_at(12, rising, ones, coverage).widened);
    CU_ASSERT_FALSE(rxt_sample_ratio_at(12, mixed, ones, coverage).widened);
    CU_ASSERT(isnan(rxt_sample_ratio_at(12, mixed, ones, coverage).low));
    CU_ASSERT(isnan(rxt_sample_ratio_at(12, rising, ones, coverage).low));
    CU_ASSERT(isnan(rxt_sample_ratio_at(12, rising, ones, coverage).high));
}

/* Chance widens about 5 of 100 random orders (2000 studies: ± 2 of 100 is 4 sigma). */
static void a_random_order_is_seldom_widened(void)
{
    uint64_t state = 5;

    for (int n = 10; n <= 100; n *= 10) {
        int widened = 0;

        for (int study = 0; study < 2000; study++) {
            double x[100];

            for (int i = 0; i < n; i++)
                x[i] = random_uniform(&state);
            widened += rxt_sample_of(n, x).widened;
        }
        CU_ASSERT(widened > 60 && widened < 140);
    }
}

/* An alternating order must not narrow the interval. */
static void a_negative_correlation_changes_nothing(void)
{
    double x[20];
    rxt_sample s;

    for (int i = 0; i < 20; i++)
        x[i] = i % 2 ? 100 + i : -i;
    s = rxt_sample_of(20, x);
    CU_ASSERT_FALSE(s.widened);
    CU_ASSERT(s.correlation < -0.5);
    CU_ASSERT(s.low == -8 && s.high == 109); /* the 6th and 15th in order */
}

static void series_that_share_noise_go_together(void)
{
    double a[30], b[30], other[30];
    uint64_t state = 9;

    for (int i = 0; i < 30; i++) {
        double noise = random_uniform(&state);

        a[i] = 1 + noise;
        b[i] = 5 + noise + 0.1 * random_uniform(&state);
        other[i] = random_uniform(&state);
    }
    CU_ASSERT_TRUE(rxt_sample_together(30, a, b));
    CU_ASSERT_FALSE(rxt_sample_together(30, a, other));
    CU_ASSERT_FALSE(rxt_sample_together(9, a, b)); /* too few values to decide */
    b[0] = b[1] = b[2] = 1e9;                      /* three spikes must not hide the common noise */
    CU_ASSERT_TRUE(rxt_sample_together(30, a, b));
}

static void looks_grow_by_half(void)
{
    static const int looks[] = { 10, 15, 23, 35, 53, 80, 120, 180, 270, 405, 608, 912 };

    for (int r = 0, l = 0; r <= 912; r++) {
        l += r > looks[l];
        CU_ASSERT_EQUAL(rxt_sample_look(10, r), looks[l]);
    }
}

static void looks_from_small_and_large_numbers_end(void)
{
    CU_ASSERT_EQUAL(rxt_sample_look(0, 0), 1);
    CU_ASSERT_EQUAL(rxt_sample_look(1, 4), 5); /* checks after 1, 2, 3, 5 */
    CU_ASSERT_EQUAL(rxt_sample_look(10, 2147483647), 2147483647);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "ranks are those of the tables", ranks_are_those_of_the_tables },
        { "ranks are the narrowest that cover", ranks_are_the_narrowest_that_coverage },
        { "ranks of many values follow the normal law",
          ranks_of_many_values_follow_the_normal_law },
        { "below six values there is no interval", below_six_values_there_is_no_interval },
        { "nothing has no figures", nothing_has_no_figures },
        { "one value is all its quartiles", one_value_is_all_its_quartiles },
        { "ten values have known figures", ten_values_have_known_figures },
        { "missing values are left out", missing_values_are_left_out },
        { "equal values are certain", equal_values_are_certain },
        { "ratios are free of a common factor", ratios_are_free_of_a_common_factor },
        { "ratios take rounds that have both", ratios_take_rounds_that_have_both },
        { "a series over itself is one", a_series_over_itself_is_one },
        { "a trend widens the interval", a_trend_widens_the_interval },
        { "a correlated series has its effective number",
          a_correlated_series_has_its_effective_number },
        { "where independent values have no interval, alike ones have none",
          where_independent_values_have_no_interval_alike_ones_have_none },
        { "a random order is seldom widened", a_random_order_is_seldom_widened },
        { "a negative correlation changes nothing", a_negative_correlation_changes_nothing },
        { "series that share noise go together", series_that_share_noise_go_together },
        { "looks grow by half", looks_grow_by_half },
        { "looks from small and large numbers end", looks_from_small_and_large_numbers_end },
        CU_TEST_INFO_NULL,
    };

    return suite_run("sample", tests);
}
