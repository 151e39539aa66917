/* sample.c - statistics of repeated times: order statistics, intervals, paired ratios. */
#include "stats/sample.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include "stats/student.h"

/* The coverage of an interval for a fixed number of values. A study stops when its intervals are
 * narrow; some intervals are narrow by chance, which lowers the coverage. With this value, which is
 * above 95 %, the coverage is still 94.5 % in the worst case (test_intervals). Compared with 95 %,
 * this value moves the ends of an interval by at most one rank, and not at all for 6, 10, 15, 20,
 * 23 and 35 values. */
static const double nominal = RXT_SAMPLE_COVERAGE;

/* A correlation is used only if it is more than this number of standard errors above its expected
 * value for independent values. */
static const double beyond_chance = 1.645;

/* Two series are called correlated if their coefficient is above this value; then about half of the
 * variance is common. The standard error is 1 / sqrt(n - 1). So 4 of 100 pairs of independent
 * series with 10 values reach this value by chance, with 30 values 1 of 1000. */
static const double strongly = 0.6;

enum { CORRELATION_FROM = 10 }; /* with fewer values no correlation is computed */

/* A value, its index in the series and, once sorted, its rank. */
typedef struct entry {
    double value, rank;
    int place;
} entry;

static int by_value(const void *a, const void *b)
{
    double x = ((const entry *)a)->value, y = ((const entry *)b)->value;

    return (x > y) - (x < y);
}

static int by_place(const void *a, const void *b)
{
    int x = ((const entry *)a)->place, y = ((const entry *)b)->place;

    return (x > y) - (x < y);
}

/* The largest probability of a single result of binomial(n, 1/2): that of the middle term; if n is
 * odd, that of each of the two middle terms. */
static double middle_term(int n)
{
    double term = 1.0;

    for (int i = 1; i <= n / 2 + n % 2; i++)
        term *= (2.0 * i - 1.0) / (2.0 * i);
    return term;
}

int rxt_sample_rank_at(int count, double coverage)
{
    int k = count / 2;
    double term = middle_term(count);
    double mass = count % 2 ? 2.0 * term : term; /* probability of the terms k … count - k */

    while (mass < coverage && k > 0) {
        term *= (double)k / (count - k + 1);
        mass += 2.0 * term;
        k--;
    }
    return k;
}

int rxt_sample_rank(int count)
{
    return rxt_sample_rank_at(count, nominal);
}

/* Gives ranks to sorted entries; equal values get the mean of their ranks. */
static void give_ranks(int n, entry e[])
{
    for (int first = 0, last; first < n; first = last + 1) {
        last = first;
        while (last + 1 < n && e[last + 1].value == e[first].value)
            last++;
        for (int i = first; i <= last; i++)
            e[i].rank = 0.5 * (first + last);
    }
}

/* Gives ranks, and leaves the entries in the order of the series. */
static void rank_in_place(int n, entry e[])
{
    qsort(e, (size_t)n, sizeof *e, by_value);
    give_ranks(n, e);
    qsort(e, (size_t)n, sizeof *e, by_place);
}

/* The sum over i of the products (rank of a[i] - mean) × (rank of b[i] - mean). */
static double product(int n, const entry a[], const entry b[], double mean)
{
    double sum = 0.0;

    for (int i = 0; i < n; i++)
        sum += (a[i].rank - mean) * (b[i].rank - mean);
    return sum;
}

/* Lag-1 autocorrelation r1 of the ranks, which is robust against outliers. If all values are equal:
 * -1/n, the mean of r1 for independent values. */
static double lag_correlation(int n, const entry e[])
{
    double mean = 0.5 * (n - 1), squares = product(n, e, e, mean);

    return squares > 0.0 ? product(n - 1, e, e + 1, mean) / squares : -1.0 / n;
}

/* Standard error of r1 for a random order, where the mean of r1 is -1/n (Dufour & Roy 1985, lag
 * 1). */
static double chance_error(double n)
{
    double above = (((5.0 * n - 14.0) * n - 9.0) * n + 26.0) * n + 16.0;

    return sqrt(above / (5.0 * (n - 1.0) * (n - 1.0) * n * n * (n + 1.0)));
}

/* Sets `correlation` and `widened` from entries in the order of the series. The correlation is
 * corrected for the bias of short series (Kendall 1954: E r1 = rho - (1 + 4 rho) / n). */
static void correlate(rxt_sample *s, const entry e[])
{
    double n = s->count, r;

    if (s->count < CORRELATION_FROM)
        return;
    r = lag_correlation(s->count, e);
    s->correlation = fmin(fmax((n * r + 1.0) / (n - 4.0), -0.99), 0.99);
    s->widened = r + 1.0 / n > beyond_chance * chance_error(n);
}

/* The rank of the lower end of the interval. For independent values it is rxt_sample_rank_at(n).
 * For autocorrelated values the rank is moved away from the middle, as for n (1 - rho) / (1 + rho)
 * values, but not below 1. The rank is 0 if n independent values have no interval, because
 * autocorrelated values carry even less information. */
static int interval_rank(rxt_sample *s, double coverage)
{
    int rank = rxt_sample_rank_at(s->count, coverage);
    double middle = 0.5 * (s->count + 1), moved;

    if (rank < 1 || !s->widened)
        return rank;
    moved = middle - (middle - rank) * sqrt((1.0 + s->correlation) / (1.0 - s->correlation));
    s->cut = moved < 1.0;
    return s->cut ? 1 : (int)moved;
}

static double quantile(int n, const entry e[], double p)
{
    double h = p * (n - 1);
    int i = (int)h, next = i + 1 < n ? i + 1 : i;

    return e[i].value + (h - i) * (e[next].value - e[i].value);
}

static const rxt_sample nothing = {
    .median = NAN,
    .low = NAN,
    .high = NAN,
    .min = NAN,
    .q1 = NAN,
    .q3 = NAN,
    .max = NAN,
};

static void set_interval(rxt_sample *s, const entry e[], double coverage)
{
    int rank = interval_rank(s, coverage);

    if (rank > 0) {
        s->low = e[rank - 1].value;
        s->high = e[s->count - rank].value;
    }
}

static rxt_sample summary(int n, entry e[], double coverage)
{
    rxt_sample s = nothing;

    s.count = n;
    if (n == 0)
        return s;
    rank_in_place(n, e);
    correlate(&s, e);
    qsort(e, (size_t)n, sizeof *e, by_value);
    s.median = quantile(n, e, 0.5);
    s.q1 = quantile(n, e, 0.25);
    s.q3 = quantile(n, e, 0.75);
    s.min = e[0].value;
    s.max = e[n - 1].value;
    set_interval(&s, e, coverage);
    return s;
}

static entry *entries(int count)
{
    return malloc((size_t)(count > 0 ? count : 1) * sizeof(entry));
}

static rxt_sample summary_of(int count, const double values[], double coverage)
{
    entry *e = entries(count);
    rxt_sample s = nothing;

    for (int i = 0; e && i < count; i++)
        e[i] = (entry){ .value = values[i], .place = i };
    if (e)
        s = summary(count, e, coverage);
    free(e);
    return s;
}

/* ---- units that are not rounds ---- */

/* Replaces the interval by that of the medians of epochs; widens it to that of the medians of
 * stretches, which show what rounds close together do not. With fewer than 6 of them there is no
 * such interval; then it ends at the smallest and the largest median. */
static void set_units(rxt_sample *s, int units, const double medians[], double coverage)
{
    rxt_sample of = summary_of(units, medians, coverage);

    if (of.count == 0)
        return;
    if (s->by == RXT_BY_EPOCH) {
        s->low = s->high = s->median;
        s->cut = s->widened = false;
    }
    s->cut = s->cut || isnan(of.low);
    s->low = fmin(s->low, isnan(of.low) ? of.min : of.low);
    s->high = fmax(s->high, isnan(of.high) ? of.max : of.high);
}

/* Replaces values by their logarithms; false if one has none. */
static bool take_logarithms(int n, double values[])
{
    for (int i = 0; i < n; i++) {
        if (!(values[i] > 0.0))
            return false;
        values[i] = log(values[i]);
    }
    return true;
}

/* Replaces the median by that of the runs' medians, and the interval by the one in which the median
 * of one more run lies with this coverage (the prediction interval of normal values, of which
 * Student's t knows the deviation only from these few runs). */
static void set_runs(rxt_sample *s, int runs, double medians[], double coverage)
{
    double median = summary_of(runs, medians, coverage).median, mean, deviation, half;

    if (!take_logarithms(runs, medians))
        return;
    deviation = rxt_student_deviation(runs, medians, &mean);
    half = rxt_student_quantile(runs - 1, coverage) * deviation * sqrt(1.0 + 1.0 / runs);
    s->median = median;
    s->low = fmin(s->median, exp(mean - half));
    s->high = fmax(s->median, exp(mean + half));
    s->widened = s->cut = false;
}

static void set_by_units(rxt_sample *s, const rxt_groups *groups, double coverage)
{
    double *medians = malloc((size_t)(groups->units + 1) * sizeof *medians);

    if (medians && rxt_groups_medians(groups, medians)) {
        s->by = groups->by;
        s->units = groups->units;
        if (groups->by == RXT_BY_RUN)
            set_runs(s, groups->units, medians, coverage);
        else
            set_units(s, groups->units, medians, coverage);
    }
    free(medians);
}

rxt_sample rxt_sample_of_rounds(const rxt_rounds *rounds, const double over[], const double under[],
                                double coverage)
{
    rxt_groups groups;
    rxt_sample s = nothing;

    if (rxt_groups_take(rounds, over, under, &groups))
        s = summary_of(groups.count, groups.value, coverage);
    s.units = s.count;
    if (s.count > 0 && groups.by != RXT_BY_ROUND)
        set_by_units(&s, &groups, coverage);
    rxt_groups_free(&groups);
    return s;
}

/* Summary of the finite ones of these values, without groups. */
static rxt_sample ungrouped(int count, const double over[], const double under[], double coverage)
{
    double *value = malloc((size_t)(count > 0 ? count : 1) * sizeof *value);
    rxt_sample s = nothing;
    int n = 0;

    for (int i = 0; value && i < count; i++) {
        value[n] = under ? over[i] / under[i] : over[i];
        n += isfinite(value[n]);
    }
    if (value)
        s = summary_of(n, value, coverage);
    s.units = s.count;
    free(value);
    return s;
}

rxt_sample rxt_sample_of(int count, const double values[])
{
    return ungrouped(count, values, NULL, nominal);
}

rxt_sample rxt_sample_ratio_at(int count, const double over[], const double under[],
                               double coverage)
{
    return ungrouped(count, over, under, coverage);
}

rxt_sample rxt_sample_ratio(int count, const double over[], const double under[])
{
    return ungrouped(count, over, under, nominal);
}

/* Spearman's correlation of n pairs. */
static double pair_correlation(int n, entry a[], entry b[])
{
    double mean = 0.5 * (n - 1), squares;

    rank_in_place(n, a);
    rank_in_place(n, b);
    squares = product(n, a, a, mean) * product(n, b, b, mean);
    return squares > 0.0 ? product(n, a, b, mean) / sqrt(squares) : 0.0;
}

/* Spearman's correlation of a and b (b NULL: of a and the index i), from the pairs in which both
 * values are finite; *pairs is the number of these pairs. 0 for fewer than CORRELATION_FROM
 * pairs. */
static double correlation_of(int count, const double a[], const double b[], int *pairs)
{
    entry *x = entries(count), *y = entries(count);
    double r = 0.0;
    int n = 0;

    for (int i = 0; x && y && i < count; i++) {
        double with = b ? b[i] : i;

        if (isfinite(a[i]) && isfinite(with)) {
            x[n] = (entry){ .value = a[i], .place = i };
            y[n++] = (entry){ .value = with, .place = i };
        }
    }
    if (n >= CORRELATION_FROM)
        r = pair_correlation(n, x, y);
    free(x);
    free(y);
    *pairs = n;
    return r;
}

bool rxt_sample_together(int count, const double a[], const double b[])
{
    int pairs;

    return correlation_of(count, a, b, &pairs) > strongly;
}

/* Uses Fisher's z, with n - 5 instead of n - 3, so that the error probability is right: with 6 to
 * 60 random series of 10 to 53 values, the most extreme one exceeds the 1 % bound in 0.5 to 1.5 %
 * of cases (simulated). */
double rxt_sample_trend(int count, const double values[])
{
    int n;
    double r = correlation_of(count, values, NULL, &n);

    return n < CORRELATION_FROM ? 0.0 : atanh(fmin(fmax(r, -0.9999), 0.9999)) * sqrt(n - 5.0);
}

double rxt_sample_precision(const rxt_sample *sample)
{
    if (isnan(sample->low))
        return INFINITY;
    return 0.5 * (sample->high - sample->low) / sample->median;
}

int rxt_sample_look(int min, int rounds)
{
    int look = min > 1 ? min : 1;

    while (look < rounds && look <= INT_MAX / 2)
        look += look / 2 + look % 2;
    return look < rounds ? rounds : look;
}
