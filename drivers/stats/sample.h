/* sample.h - statistics of repeated times: order statistics, intervals, paired ratios. All pure.
 *
 * Intervals are for the median, from order statistics (binomial; Conover 1999, 3.2), so no
 * distribution is assumed. */
#ifndef RXT_SAMPLE_H
#define RXT_SAMPLE_H

#include <stdbool.h>

#include "stats/groups.h"

/* The nominal coverage of an interval. It is above 95 %, because studies stop when their intervals
 * look narrow, which lowers the coverage to about 95 %. */
#define RXT_SAMPLE_COVERAGE 0.958

/* Summary of a series of values. A figure that does not exist is NAN, for example an interval if
 * there are fewer than 6 values. */
typedef struct rxt_sample {
    int count;
    double median, low, high; /* median and its 95 % interval */
    double min, q1, q3, max;  /* quartiles: Hyndman & Fan 1996, type 7 */
    double correlation;       /* lag-1 autocorrelation in the order given; 0 below 10 values */
    bool widened;             /* the interval was widened because of this correlation */
    rxt_grouping by;          /* the units of the interval */
    int units;                /* their number */
    bool cut; /* the interval ends at the smallest and largest value, so it covers less than 95 % */
} rxt_sample;

/* Rank l, counted from 1 in ascending order, of the 95 % interval [x(l), x(count + 1 - l)] of the
 * median: the narrowest such pair whose coverage is at least RXT_SAMPLE_COVERAGE. The coverage is
 * an exact sum of binomial(count, 1/2) terms. Returns 0 for fewer than 6 values, because then no
 * pair has that coverage. Requires count >= 0. Pure. */
int rxt_sample_rank(int count);

/* As rxt_sample_rank, for another coverage, which must be below 1. */
int rxt_sample_rank_at(int count, double coverage);

/* Summary of over[i] / under[i], or of over[i] if `under` is NULL, for the rounds where this is
 * finite. The units of its interval are chosen by rxt_groups_take. Units that are runs: the median
 * is that of the runs' medians, and the interval is the one in which the median of one more run
 * lies with this coverage. Epochs or stretches: the interval is that of the median of their
 * medians. */
rxt_sample rxt_sample_of_rounds(const rxt_rounds *rounds, const double over[], const double under[],
                                double coverage);

/* Summary of `count` values in the order in which they were measured, without groups. Values that
 * are not finite
 * (NAN: rounds not visited) are ignored. Autocorrelated values carry less information than the same
 * number of independent values. Their interval is that of the effective number of values, but not
 * wider than [min, max]. If count is 0, or if there is no memory for a sorted copy, all figures are
 * NAN. */
rxt_sample rxt_sample_of(int count, const double values[]);

/* Summary of the ratios over[i] / under[i] of the rounds that have both times. Noise that affects
 * both times of a round equally cancels. */
rxt_sample rxt_sample_ratio(int count, const double over[], const double under[]);

/* As rxt_sample_ratio, with an interval of another coverage; low and high are NAN if no pair of
 * values has that coverage. */
rxt_sample rxt_sample_ratio_at(int count, const double over[], const double under[],
                               double coverage);

/* Are the two series correlated (Spearman, at least 10 pairs)? If so, common noise affected both.
 * It cancels in their ratio, but their own intervals may be too narrow. */
bool rxt_sample_together(int count, const double a[], const double b[]);

/* Trend of the values in this order, positive if they rise: Spearman's correlation with the order,
 * in standard errors. For independent values its distribution is approximately standard normal, and
 * the tails are not wider. 0 for fewer than 10 values. */
double rxt_sample_trend(int count, const double values[]);

/* Half the width of the interval, relative to the median; INFINITY if there is no interval. */
double rxt_sample_precision(const rxt_sample *sample);

/* The first number of rounds, at or after `rounds`, at which a study checks whether it may stop:
 * min, then always 1.5 times the number before, rounded up (10, 15, 23, 35, …). A check after
 * every round would stop studies that look precise only by chance. Requires min >= 1 (less
 * counts as 1). */
int rxt_sample_look(int min, int rounds);

#endif
