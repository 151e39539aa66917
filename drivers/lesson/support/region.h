/* region.h - parallel regions for region_hot and region_cold.
 *
 * The caller of a region is one of its threads, so n workers beside the caller need n + 1
 * threads. At the end of a region the caller spins. Workers bound to the caller's CPU, as they
 * are when they inherit its mask, would wait until it stops (measured: 4-20 ms per region). So
 * workers may run on all of the study's CPUs. */
#ifndef REGION_H
#define REGION_H

#include <stdbool.h>

#include "machine/cpus.h"
#include <rxt/kernel.h>

#include "heap.h"

typedef struct rxt_region {
    rxt_heap heap;
    int threads;   /* n + 1 */
    bool roams;    /* the caller may run anywhere, and what it creates */
    rxt_cpus home; /* its own mask                                     */
} rxt_region;

/* A task's make and free; the state is an rxt_region. */
rxt_status rxt_region_make(rxt_slab *slab);
void rxt_region_free(rxt_slab *slab);

/* One region. Returns how many ran in it beside the caller. */
int rxt_region_run(const rxt_slab *slab);

/* The same, in which the others take the study's CPUs that are not the caller's, if there are any.
 */
void rxt_region_spread(const rxt_slab *slab);

/* The caller takes all of the study's CPUs, for threads yet to be created, and goes home again. */
void rxt_region_roam(const rxt_slab *slab);
void rxt_region_home(rxt_slab *slab);

#endif
