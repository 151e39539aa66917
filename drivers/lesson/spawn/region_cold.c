/* region_cold.c - workers that OpenMP creates: a parallel region whose threads do not exist yet.
 *
 * The first region of a program creates the threads. This task ends the thread pool after each
 * region, so that the region of every call is a first one. The time of a call includes the end of
 * the pool, as the time of the task thread includes join, and that of fork includes waitpid: the
 * workers are created, run and joined. libomp cannot end its pool: a soft pause does nothing, and
 * after a hard pause the next region ends the program. So this task cannot be measured with
 * libomp. */
#include <rxt/task.h>

#include "team/team.h"

#include "../support/children.h"
#include "../support/region.h"

/* Checks whether the runtime can end its thread pool, after one region. */
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

/* The first call of a visit widens the caller's affinity mask. `trouble` restores the mask, because
 * the study reads it after the call of `trouble`. */
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
        .formula = "omp parallel that creates its threads; omp_pause_resource_all",
        .merge = &rxt_sum,
        .proof = &rxt_proof_units,
        .grain = 1,
        .run = run,
        .make = make,
        .free = rxt_region_free,
        .task = &rxt_task_region_cold,
    },
    .unit = RXT_UNIT_WORKER,
    .fits = rxt_children_fit,
    .trouble = trouble,
};
