/* region_cold.c - workers that OpenMP creates: a parallel region whose threads are not there yet.
 *
 * The first region of a program creates the threads. To make every call a first one the pool is
 * ended after its region, and that is part of the time, as joining is of a thread's and waiting of
 * a process's: created, run and joined. libomp has no way to end its pool: a soft pause does
 * nothing, and after a hard one the next region ends the program. There this cannot be had. */
#include <rxt/task.h>

#include "team/team.h"

#include "../support/children.h"
#include "../support/region.h"

/* Does the pool go when it is told to? A region of two is enough to see. */
static rxt_status make(rxt_slab *slab)
{
    rxt_status st = rxt_region_make(slab);
    const rxt_region *r = slab->state;
    char runtime[64];

    if (st)
        return st;
    rxt_region_run(slab);
    if (rxt_team_quiet(r->threads))
        return RXT_OK;
    rxt_team_version(runtime);
    return rxt_status_of(RXT_USAGE,
                         "%s never ends its thread pool, so a cold region cannot be measured; "
                         "build with gcc, whose libgomp can end it",
                         runtime);
}

/* The caller's mask is widened once, and put back where the study looks: in trouble. */
static void run(const rxt_slab *slab, void *partial)
{
    const rxt_region *r = slab->state;

    rxt_region_roam(slab);
    *(double *)partial = rxt_region_run(slab);
    rxt_team_quiet(r->threads);
}

static rxt_status trouble(rxt_slab *slab)
{
    rxt_region_home(slab);
    return RXT_OK;
}

const rxt_task rxt_task_region_cold = {
    .kernel = {
        .name = "region_cold",
        .formula = "omp parallel creating its threads; omp_pause_resource_all",
        .merge = &rxt_sum,
        .proof = &rxt_proof_units,
        .grain = 1,
        .run = run,
        .make = make,
        .free = rxt_region_free,
        .task = &rxt_task_region_cold,
    },
    .unit = "worker",
    .fits = rxt_children_fit,
    .trouble = trouble,
};
