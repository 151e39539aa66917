/* sample.h - repeated times: order statistics, intervals, paired ratios. All pure.
 *
 * Intervals are for the median, from order statistics (binomial; Conover 1999, 3.2), so no
 * distribution is assumed. */
#ifndef RXT_SAMPLE_H
#define RXT_SAMPLE_H

#include <stdbool.h>

/* The nominal coverage of an interval: 95 % remain when studies stop because they look precise. */
#define RXT_SAMPLE_COVERAGE 0.958

/* Figures that are not there (fewer than 6 values for an interval) are NAN. */
typedef struct rxt_sample {
    int count;
    double median, low, high; /* the median and its 95 % interval */
    double min, q1, q3, max;  /* quartiles: Hyndman & Fan 1996, type 7 */
    double correlation;       /* lag-1 autocorrelation in the order given, 0 below 10 values */
    bool widened;             /* low and high were widened because of it */
    bool cut; /* cut at the smallest or largest value, so it covers less than 95 % */
} rxt_sample;

/* Rank l of the 95 % interval [x(l), x(count + 1 - l)] of the median, from 1 in order of size: the
 * narrowest pair whose coverage, an exact sum of binomial(count, 1/2) terms, is at least
 * RXT_SAMPLE_COVERAGE. 0 below 6 values: no pair has it. Requires count >= 0. Pure. */
int rxt_sample_rank(int count);

/* The same for another coverage, below 1. */
int rxt_sample_rank_at(int count, double coverage);

/* Summary of `count` values in the order they were measured; values that are not finite (NAN:
 * rounds not visited) are left out. Autocorrelated values carry less information than their
 * number: the interval is then that of the effective number, at most [min, max]. count = 0 gives
 * all NAN; so does a lack of memory for a sorted copy. */
rxt_sample rxt_sample_of(int count, const double values[]);

/* Summary of the ratios over[i] / under[i], of rounds in which both are there: noise common to a
 * round cancels. */
rxt_sample rxt_sample_ratio(int count, const double over[], const double under[]);

/* The same with an interval of another coverage; it is not there where no pair has that. */
rxt_sample rxt_sample_ratio_at(int count, const double over[], const double under[],
                               double coverage);

/* Are the two series correlated (Spearman, at least 10 pairs)? Then common noise moved both; it
 * cancels in their ratio, but their own intervals may be too narrow. */
bool rxt_sample_together(int count, const double a[], const double b[]);

/* How surely values rise (> 0) or fall (< 0) in this order: Spearman's correlation with the
 * order, in standard errors. For independent values it is about standard normal, with tails that
 * are not wider. 0 below 10 values. */
double rxt_sample_trend(int count, const double values[]);

/* Half the interval's width, relative to the median; INFINITY where there is no interval. */
double rxt_sample_precision(const rxt_sample *sample);

/* The number of rounds at which a study looks for the first time at or after `rounds`: min, then
 * each 1.5 times the last, rounded up (10, 15, 23, 35, …). Looking at every round would stop on
 * luck. Requires min >= 1 (less counts as 1). */
int rxt_sample_look(int min, int rounds);

#endif
