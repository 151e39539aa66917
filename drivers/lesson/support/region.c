/* region.c - OpenMP parallel regions whose threads, except the caller, are the workers. */
#include "region.h"

#include <omp.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "team/team.h"

#include "threads.h"

/* Checks that n threads can be created in addition to the caller, because OpenMP's runtimes end the
 * process when they cannot create one. */
static rxt_status there_are(ptrdiff_t n)
{
    int limit = rxt_team_limit();

    if (n >= limit)
        return rxt_status_of(RXT_ENVIRONMENT,
                             "a region needs %td threads and its caller, more than "
                             "OMP_THREAD_LIMIT=%d; raise or unset it",
                             n, limit);
    return rxt_threads_allowed(n);
}

rxt_status rxt_region_make(rxt_slab *slab)
{
    rxt_region *r = calloc(1, sizeof *r);
    rxt_heap heap;
    rxt_status st = rxt_heap_take(slab, &heap);

    slab->state = r;
    if (!st && !r)
        st = rxt_status_no_memory("for a region");
    if (!r) {
        rxt_heap_drop(&heap);
        return st;
    }
    r->heap = heap;
    r->threads = 1;
    if (!st)
        st = there_are(slab->n);
    if (!st)
        r->threads = (int)slab->n + 1;
    return st;
}

void rxt_region_free(rxt_slab *slab)
{
    rxt_region *r = slab->state;

    if (!r)
        return;
    rxt_region_home(slab);
    rxt_team_quiet(r->threads);
    rxt_heap_drop(&r->heap);
    free(r);
}

int rxt_region_run(const rxt_slab *slab)
{
    const rxt_region *r = slab->state;
    atomic_int lived = 0;

#pragma omp parallel num_threads(r->threads)
    if (omp_get_thread_num() > 0)
        atomic_fetch_add(&lived, 1);
    return atomic_load(&lived);
}

/* The CPUs of `all` that are not in the caller's mask. If there are none, all CPUs of `all`. */
static rxt_cpus others(const rxt_cpus *all)
{
    rxt_cpus mine = rxt_cpus_mine(), left = { { 0 } };

    for (int cpu = 0; cpu < RXT_CPUS; cpu++)
        if (rxt_cpus_has(all, cpu) && !rxt_cpus_has(&mine, cpu))
            rxt_cpus_add(&left, cpu);
    return rxt_cpus_count(&left) ? left : *all;
}

void rxt_region_spread(const rxt_slab *slab)
{
    const rxt_region *r = slab->state;
    rxt_cpus left = { { 0 } };

    if (!slab->task->cpus)
        return;
    left = others(slab->task->cpus);
#pragma omp parallel num_threads(r->threads)
    if (omp_get_thread_num() > 0)
        rxt_cpus_bind(&left);
}

void rxt_region_roam(const rxt_slab *slab)
{
    rxt_region *r = slab->state;

    if (r->roams || !slab->task->cpus)
        return;
    r->home = rxt_cpus_mine();
    r->roams = rxt_cpus_bind(slab->task->cpus);
}

void rxt_region_home(rxt_slab *slab)
{
    rxt_region *r = slab->state;

    if (r->roams)
        rxt_cpus_bind(&r->home);
    r->roams = false;
}
