/* region.h - OpenMP parallel regions for region_hot and region_cold.
 *
 * The caller of a region is one of its threads, so a region with n other workers needs n + 1
 * threads. At the end of a region the caller spins. Workers that are bound to the caller's CPU,
 * because they inherited its affinity mask, would have to wait until the caller stops spinning
 * (measured: 4-20 ms per region). So the workers may run on all CPUs of the study. */
#ifndef REGION_H
#define REGION_H

#include <stdbool.h>

#include "machine/cpus.h"
#include <rxt/kernel.h>

#include "heap.h"

typedef struct rxt_region {
    rxt_heap heap;
    int threads;   /* number of threads of a region: n + 1 */
    bool roams;    /* the caller, and threads that it creates, may run on all CPUs of the study */
    rxt_cpus home; /* the caller's own affinity mask */
} rxt_region;

/* A task's make and free; the slab's state is an rxt_region. */
rxt_status rxt_region_make(rxt_slab *slab);
void rxt_region_free(rxt_slab *slab);

/* Runs one region. Returns how many threads ran in it, the caller not counted. */
int rxt_region_run(const rxt_slab *slab);

/* Runs one region in which each thread except the caller binds itself to all CPUs of the study that
 * are not in the caller's mask. If there are no such CPUs, it binds itself to all CPUs of the
 * study. */
void rxt_region_spread(const rxt_slab *slab);

/* roam: the caller's affinity mask becomes all CPUs of the study, for threads that it creates from
 * now on. home: restores the caller's mask. */
void rxt_region_roam(const rxt_slab *slab);
void rxt_region_home(rxt_slab *slab);

#endif
