/* rank.c - workers that are ranks: MPI_Comm_spawn starts this program again; each child reports
 * that it has started, and ends.
 *
 * The cost of a rank has three parts: the launcher is asked to start a process, the program is
 * loaded, and MPI connects both sides, where the child starts all of MPI. A call lasts until all
 * children have reported and disconnected. The time does not include their MPI_Finalize and exit,
 * which only the launcher waits for. */
#include <rxt/task.h>

#include <stdlib.h>

#include "comm/comm.h"
#include "machine/cpus.h"

#include "../support/heap.h"

enum { PER_CPU = 4 }; /* the most ranks per CPU, as with --oversubscribe */

typedef struct world {
    rxt_heap heap;
    rxt_status refused; /* the reason why the first failed call failed; `trouble` returns it */
} world;

/* Limits the number of ranks. Ranks spin while they wait for each other in MPI_Init, so many ranks
 * on few cores would take minutes. */
static rxt_status few_enough(const rxt_slab *slab)
{
    int most = slab->task->cpus ? PER_CPU * rxt_cpus_count(slab->task->cpus) : PER_CPU;

    if (slab->total <= most)
        return RXT_OK;
    return rxt_status_of(RXT_USAGE,
                         "more than %d ranks per CPU would time-slice; choose a --count up to %d",
                         PER_CPU, most);
}

static rxt_status make(rxt_slab *slab)
{
    rxt_heap heap;
    world *w = NULL;
    rxt_status st = few_enough(slab);

    if (!st)
        st = rxt_heap_take(slab, &heap);
    if (st)
        return st;
    w = calloc(1, sizeof *w);
    slab->state = w;
    if (!w) {
        rxt_heap_drop(&heap);
        return rxt_status_no_memory("to spawn ranks");
    }
    w->heap = heap;
    return RXT_OK;
}

static void run(const rxt_slab *slab, void *partial)
{
    world *w = slab->state;
    int ran = 0;

    if (!w->refused)
        w->refused = rxt_comm_spawn(slab->comm, (int)slab->n, &ran);
    *(double *)partial = ran;
}

static rxt_status trouble(rxt_slab *slab)
{
    world *w = slab->state;
    rxt_status st = w->refused;

    w->refused = RXT_OK;
    return st;
}

static void drop(rxt_slab *slab)
{
    world *w = slab->state;

    if (!w)
        return;
    rxt_status_free(w->refused);
    rxt_heap_drop(&w->heap);
    free(w);
}

/* Only one rank creates workers: several would ask the launcher at the same time. */
static bool fits(int nodes, int ranks, int threads)
{
    (void)nodes;
    return ranks == 1 && threads == 1;
}

const rxt_task rxt_task_rank = {
    .kernel = {
        .name = "rank",
        .formula = "MPI_Comm_spawn; MPI_Comm_disconnect",
        .merge = &rxt_sum,
        .proof = &rxt_proof_units,
        .grain = 1,
        .run = run,
        .make = make,
        .free = drop,
        .task = &rxt_task_rank,
    },
    .unit = RXT_UNIT_WORKER,
    .fits = fits,
    .trouble = trouble,
};
