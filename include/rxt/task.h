/* task.h - a task: the lesson on threads and processes measures tasks as other drivers measure
 * kernels.
 *
 * A task is a kernel whose n does not count elements but another unit (workers created, numbers
 * handed over, steps of an interpreter, requests), and that may fork, wait and do I/O. It has no
 * arrays unless it works on numbers that the study makes. It is one file,
 * drivers/lesson/LESSON/NAME.c, that defines
 *
 *     const rxt_task rxt_task_NAME = {
 *         .kernel = { .name = "NAME", …, .task = &rxt_task_NAME },
 *         .unit = RXT_UNIT_WORKER,
 *         …
 *     };
 *
 * with one of a kernel's two functions: `loop`, called by every thread of the team on its share of
 * the units, or `run`, called once per rank on the rank's slab. For a task these fields mean:
 *
 * make     called on each rank before the first call of a visit: starts servers, opens pipes,
 *          allocates memory; collective over slab->comm. An error goes to all ranks.
 * free     called on each rank after the last call, also if make failed on some rank: releases
 *          everything.
 * partial  number of units that were done and found right: rxt_sum with rxt_proof_units, unless
 *          the task computes a result that has its own proof. A unit counts when its receiver has
 *          checked it.
 *
 * If the system refuses something (a limit, a tool, a file system), the status is RXT_ENVIRONMENT;
 * if this MPI or this launch can never provide it, the status is RXT_USAGE. In both cases that row
 * stays empty with the message as its note, and all other rows are measured.
 *
 * A visit may have one call or thousands: it lasts as long as a kernel's visit, and its first call
 * is the proved one. */
#ifndef RXT_TASK_H
#define RXT_TASK_H

#include <rxt/kernel.h>

/* The unit of a task that creates workers. The report says from which amount of work on such a
 * worker pays. */
#define RXT_UNIT_WORKER "worker"

/* Values of the lesson's options. */
typedef struct rxt_task_options {
    double switch_interval; /* --switch-interval, seconds */
    double service_time;    /* --service-time, seconds    */
    double compute_share;   /* --compute-share, 0 … 1     */
} rxt_task_options;

/* The options that a task uses, as a bit mask in its `heeds`. An option that no chosen task uses is
 * refused. */
enum { RXT_HEEDS_SWITCH_INTERVAL = 1, RXT_HEEDS_SERVICE_TIME = 2, RXT_HEEDS_COMPUTE_SHARE = 4 };

/* What a task knows of its visit, in addition to the slab: slab->task. */
typedef struct rxt_task_slab {
    const rxt_task_options *options;
    const struct rxt_cpus *cpus; /* all CPUs that the study may use (cpus.h) */
    double heap;                 /* the task's heap, bytes                   */
} rxt_task_slab;

/* A task. From a kernel it is found as kernel->task. */
typedef struct rxt_task {
    rxt_kernel kernel; /* its .task points to this rxt_task                               */
    const char *unit;  /* name of one unit of n: RXT_UNIT_WORKER, "request"               */
    int heeds;         /* bit mask of RXT_HEEDS_…                                         */
    double heap;       /* bytes of touched memory that its process holds during the visit */

    /* Seconds that every unit takes at least, on any machine; a worker does its units one after
     * another. NULL: 0. */
    double (*wait)(const rxt_task_options *options);

    /* Does the task make sense on this split? 1 × 1 is always measured: there the task itself does
     * the work that it otherwise gives to others, and a call must still be right. NULL: all splits.
     */
    bool (*fits)(int nodes, int ranks, int threads);

    /* Called on every rank after calls, outside of the timed part. Returns the first error that
     * kept a call from doing its units, owned by the caller; RXT_OK if there was none. NULL: there
     * is never one. */
    rxt_status (*trouble)(rxt_slab *slab);

    /* From the partial result merged over all workers: the time in seconds that the fraction `part`
     * of the units took at most. NULL: not known. */
    double (*quantile)(const void *partial, double part);

    /* A remark for the rows' notes if the work had to be done in another way than usual; called on
     * rank 0 only. No remark if `remark` is NULL or returns NULL. */
    const char *(*remark)(void);
} rxt_task;

/* The result must be equal to the number of units. */
extern const rxt_proof rxt_proof_units;

#endif
