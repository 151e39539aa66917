/* latency.h - how long each unit took, as a partial result: the times of all workers add up to the
 * quantiles of all units. */
#ifndef LATENCY_H
#define LATENCY_H

#include <rxt/kernel.h>

enum {
    LATENCY_OCTAVE = 24,  /* buckets from a time to its double: 2.9 % each       */
    LATENCY_OCTAVES = 25, /* from a microsecond to 33 s; the rest lies below, or above */
    LATENCY_BUCKETS = LATENCY_OCTAVES * LATENCY_OCTAVE + 2
};

/* A partial: units by the time that they took. It is their count, too. */
typedef struct rxt_latency {
    uint32_t units[LATENCY_BUCKETS];
} rxt_latency;

/* Adds up; the result is the number of units. */
extern const rxt_merge rxt_latencies;

/* Counts a unit that was done, found right, and took so long. */
void rxt_latency_add(rxt_latency *of, double seconds);

/* The time within which `part` (0 … 1) of the units were done, within a bucket; NAN without units.
 * For a task's `quantile`. Pure. */
double rxt_latency_quantile(const void *partial, double part);

#endif
