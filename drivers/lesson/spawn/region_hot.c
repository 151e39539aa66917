/* region_hot.c - workers that are there already: a parallel region of OpenMP, after others.
 *
 * The runtime keeps the threads of its last region, which spin for the next one for a while and
 * then sleep: nothing is created, they are only called. What that saves is region_cold's price. */
#include <rxt/task.h>

#include "../support/children.h"
#include "../support/region.h"

/* The pool, in a region like those that are timed. */
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
        .formula = "omp parallel, threads exist already",
        .merge = &rxt_sum,
        .proof = &rxt_proof_units,
        .grain = 1,
        .run = run,
        .make = make,
        .free = rxt_region_free,
        .task = &rxt_task_region_hot,
    },
    .unit = "worker",
    .fits = rxt_children_fit,
};
