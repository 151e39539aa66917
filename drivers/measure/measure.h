/* measure.h - one visit to one split. Kernels are timed only here. */
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

/* The shortest duration of a visit's timed calls, in seconds, if the clock has this resolution.
 * Pure. */
double rxt_measure_least(double resolution);

/* The input of a visit. Every rank of `comm` must give the same kernel, bind, team, combine, sync,
 * threads, total, operands and calls. */
typedef struct rxt_visit {
    const rxt_kernel *kernel;
    rxt_comm *comm; /* the ranks of the split; prepared for the kernel's reductions */
    const rxt_place *place;
    rxt_bind bind;
    const rxt_cpus *launched; /* CPU mask of this process at start, for --bind=none */
    rxt_team_kind team;
    rxt_combine combine;
    rxt_sync sync; /* for kernels without a result */
    int threads;
    bool oversubscribed; /* true: this node has more workers than CPUs for them */
    const int *cpu;      /* [threads]: this rank's planned CPUs */
    double cache;        /* last-level cache per worker, in bytes */
    rxt_arena *arena;    /* this rank's memory for operands */
    int epoch;           /* memory is drawn anew at the first visit of an epoch */
    ptrdiff_t total;
    const rxt_operands *operands;
    const void *facts; /* facts for the proof; not used if the kernel stores into its operands */
    ptrdiff_t calls;   /* number of calls to time; 0: the visit finds this number */
    bool trial;        /* only prove the result and find the number of calls; time nothing */
    double resolution;
    const rxt_blas *blas;            /* the loaded library if the kernel calls a CBLAS */
    const rxt_task_options *options; /* options of the user, for tasks */
    const atomic_bool *stop;         /* when set, the visit is abandoned */
} rxt_visit;

/* The outcome of a visit; the same on all its ranks. */
typedef struct rxt_outcome {
    double seconds; /* seconds per call of the slowest rank; NAN if abandoned, wrong or a trial */
    rxt_visit_figures figures;
    ptrdiff_t calls;
    double trying; /* seconds by which this visit was longer than later visits, because it found the
                      number of calls. Negative for a trial that was shorter, because a trial times
                      nothing */
    double drawing; /* seconds by which drawing memory anew made this visit longer, on the slowest
                       rank */
    rxt_value result;
    double error; /* error of the result in units of the proof's bound */
    double slack; /* for a kernel without a proof: the largest allowed difference of two results,
                     which are compared instead */
    bool right, stopped;
    int refused; /* errno of a failed thread binding, or 0 */
    int *seen; /* [ranks × threads]: CPU where each worker was seen, or -1; the caller provides this
                  memory */
} rxt_outcome;

/* Makes one visit: binds the threads, fills the operands if needed, makes one call and proves its
 * result, warms up, times the calls, and records the CPU of each worker. A wrong result or a trial
 * has no time. If a task cannot do its work, the reason is returned as a status. Collective over
 * visit->comm; all its ranks get the same status. */
rxt_status rxt_measure_visit(const rxt_visit *visit, rxt_outcome *outcome);

/* Computes the facts of a kernel's operands at size `total`: each rank of `comm` generates its part
 * of the operands again, in blocks, and a reduction gives the facts of the whole to all ranks.
 * `facts` has proof->facts->size bytes. Collective over `comm`. RXT_STOPPED if *stop was set on any
 * rank. */
rxt_status rxt_measure_facts(rxt_comm *comm, const rxt_kernel *kernel, ptrdiff_t total,
                             const rxt_operands *operands, const atomic_bool *stop, void *facts);

/* Generates the elements of `range` again and adds them to the facts. `slab` (or NULL) holds the
 * same elements as they are in memory after a call. Ends early if *stop is set. Local. */
rxt_status rxt_measure_gather(const rxt_kernel *kernel, const rxt_operands *operands,
                              rxt_range range, ptrdiff_t total, const rxt_slab *slab,
                              const atomic_bool *stop, void *facts);

#endif
