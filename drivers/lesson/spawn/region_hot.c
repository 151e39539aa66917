/* region_hot.c - workers that exist already: an OpenMP parallel region that is not the first.
 *
 * The runtime keeps the threads of its last region; they spin for a while in case another region
 * follows, and then sleep. A call creates no threads, it only wakes them. The difference to
 * region_cold is the cost of creating and ending the threads. */
#include <rxt/task.h>

#include "../support/children.h"
#include "../support/region.h"

/* Creates the thread pool by a region with as many threads as the timed regions have, and binds
 * these threads, except the caller, to CPUs other than the caller's. */
static rxt_status make(rxt_slab *slab)
{
    rxt_status st = rxt_region_make(slab);

    if (!st)
        rxt_region_spread(slab);
    return st;
}

static void run(const rxt_slab *slab, void *partial)
{
    *(double *)partial = rxt_region_run(slab);
}

const rxt_task rxt_task_region_hot = {
    .kernel = {
        .name = "region_hot",
        .formula = "omp parallel whose threads exist already",
        .merge = &rxt_sum,
        .proof = &rxt_proof_units,
        .grain = 1,
        .run = run,
        .make = make,
        .free = rxt_region_free,
        .task = &rxt_task_region_hot,
    },
    .unit = RXT_UNIT_WORKER,
    .fits = rxt_children_fit,
};
