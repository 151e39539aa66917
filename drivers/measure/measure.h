/* measure.h - one visit to one split; only here the clock runs. */
#ifndef RXT_MEASURE_H
#define RXT_MEASURE_H

#include <stdatomic.h>
#include <time.h>

#include "base/visit_figure.h"
#include "comm/comm.h"
#include "data/arena.h"
#include "data/operands.h"
#include "machine/place.h"
#include "support/slab.h"
#include "team/sync.h"
#include "team/team.h"
#include <rxt/blas.h>
#include <rxt/task.h>

/* The least duration of a visit's calls in seconds, for a clock of that resolution. Pure. */
double rxt_measure_least(double resolution);

/* The input of a visit. Every rank of `comm` gives the same kernel, bind, team, combine, sync,
 * threads, total, operands and calls. */
typedef struct rxt_visit {
    const rxt_kernel *kernel;
    rxt_comm *comm; /* the split's ranks; readied for the kernel's merges  */
    const rxt_place *place;
    rxt_bind bind;
    const rxt_cpus *launched; /* this process's mask at start, for bind none         */
    rxt_team_kind team;
    rxt_combine combine;
    rxt_sync sync; /* of a kernel without a result */
    int threads;
    bool oversubscribed; /* more workers on this node than CPUs for them     */
    const int *cpu;      /* [threads]: this rank's planned CPUs                 */
    double cache;        /* bytes of last-level cache that each worker can count on  */
    rxt_arena *arena;    /* this rank's memory                                  */
    ptrdiff_t total;
    const rxt_operands *operands;
    const void *facts; /* the proof's facts; not used for a kernel that stores */
    ptrdiff_t calls;   /* calls to time; 0: the visit finds the number    */
    bool trial;        /* prove and find the calls, time nothing              */
    double resolution;
    const rxt_blas *blas;            /* loaded, where the kernel calls a CBLAS */
    const rxt_task_options *options; /* for tasks */
    const atomic_bool *stop;         /* set: abandon the visit                              */
} rxt_visit;

/* What a visit brought back; the same on all its ranks. */
typedef struct rxt_outcome {
    double seconds; /* per call, the slowest rank's; NAN when abandoned, wrong or a trial     */
    rxt_visit_figures figures;
    ptrdiff_t calls;
    double trying; /* seconds that this visit took longer than one of a known number of calls; less
                      than 0: shorter */
    rxt_value result;
    double error; /* in units of the proof's bound                                         */
    double slack; /* of results that are proved by agreement: how far two may be apart     */
    bool right, stopped;
    int refused; /* errno of the first binding refused, or 0                              */
    int *seen;   /* [ranks × threads] of the visit, lent by the caller: CPUs seen, or -1  */
} rxt_outcome;

/* One visit: binds, fills what must be filled, calls once and proves the result, warms up,
 * times, sees where everybody ran. No time is kept for a wrong result or a trial. If a task
 * cannot do its work, the reason is a status. Collective over visit->comm; the same status on
 * all its ranks. */
rxt_status rxt_measure_visit(const rxt_visit *visit, rxt_outcome *outcome);

/* The facts of a kernel's operands at size `total`; each rank of `comm` generates its part
 * again, in blocks; all ranks get them in `facts` (proof->facts->size bytes). Collective.
 * RXT_STOPPED when *stop was set meanwhile. */
rxt_status rxt_measure_facts(rxt_comm *comm, const rxt_kernel *kernel, ptrdiff_t total,
                             const rxt_operands *operands, const atomic_bool *stop, void *facts);

/* Generates the elements of `range` again and adds them to the facts; `slab` (or NULL) has them
 * as they are after a call. Ends early when *stop is set. Local. */
rxt_status rxt_measure_gather(const rxt_kernel *kernel, const rxt_operands *operands,
                              rxt_range range, ptrdiff_t total, const rxt_slab *slab,
                              const atomic_bool *stop, void *facts);

#endif
