/* latency.h - the time that each unit took, as a partial result: a histogram. The histograms of all
 * workers are added up; quantiles over all units are read from the sum. */
#ifndef LATENCY_H
#define LATENCY_H

#include <rxt/kernel.h>

enum {
    LATENCY_OCTAVE = 24,  /* buckets per factor of 2 in time, each 2.9 % wide */
    LATENCY_OCTAVES = 25, /* number of factors of 2, from 1 µs to 33 s; one more bucket is for
                             shorter times, and one for longer times */
    LATENCY_BUCKETS = LATENCY_OCTAVES * LATENCY_OCTAVE + 2
};

/* The partial result: for each bucket the number of units whose time is in the bucket. The sum over
 * the buckets is the number of all units. */
typedef struct rxt_latency {
    uint32_t units[LATENCY_BUCKETS];
} rxt_latency;

/* Merges by adding buckets; the result is the number of units. */
extern const rxt_merge rxt_latencies;

/* Counts one unit whose result was right and which took `seconds`. */
void rxt_latency_add(rxt_latency *of, double seconds);

/* A quantile in seconds: the part `part` (0 … 1) of the units took at most this time, exact to the
 * width of a bucket. NAN if there are no units. For a task's `quantile`. Pure. */
double rxt_latency_quantile(const void *partial, double part);

#endif
