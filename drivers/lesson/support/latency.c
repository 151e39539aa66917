/* latency.c - a histogram whose buckets grow in proportion to the time. So one histogram serves
 * microseconds and seconds, and any quantile from 1 µs to 33 s is right within 3 %. */
#include "latency.h"

#include <math.h>
#include <string.h>

static const double shortest = 1e-6; /* seconds; all shorter times are in bucket 0 */

static int bucket_of(double seconds)
{
    double octaves = log2(seconds / shortest);

    if (!(octaves >= 0))
        return 0;
    return octaves < LATENCY_OCTAVES ? 1 + (int)(octaves * LATENCY_OCTAVE) : LATENCY_BUCKETS - 1;
}

void rxt_latency_add(rxt_latency *of, double seconds)
{
    of->units[bucket_of(seconds)]++;
}

static double count(const rxt_latency *of)
{
    double units = 0;

    for (int b = 0; b < LATENCY_BUCKETS; b++)
        units += of->units[b];
    return units;
}

/* Finds the bucket of the unit that is number ⌈part × units⌉ in order of time, and returns the
 * bucket's middle. */
double rxt_latency_quantile(const void *partial, double part)
{
    const rxt_latency *of = partial;
    double units = count(of), wanted = fmax(ceil(part * units), 1), seen = 0;
    int bucket = 0;

    if (units <= 0)
        return NAN;
    while (bucket < LATENCY_BUCKETS - 1 && (seen += of->units[bucket]) < wanted)
        bucket++;
    return shortest * exp2((bucket - 0.5) / LATENCY_OCTAVE);
}

static void zero(void *partial)
{
    memset(partial, 0, sizeof(rxt_latency));
}

static void merge(void *left, const void *right)
{
    rxt_latency *l = left;
    const rxt_latency *r = right;

    for (int b = 0; b < LATENCY_BUCKETS; b++)
        l->units[b] += r->units[b];
}

static rxt_value finish(const void *partial)
{
    return (rxt_value){ .value = count(partial), .index = -1 };
}

const rxt_merge rxt_latencies = {
    .size = sizeof(rxt_latency), .commutes = true, .zero = zero, .merge = merge, .finish = finish
};
