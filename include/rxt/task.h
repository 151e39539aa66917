/* task.h - a task: what the lesson on threads and processes measures, as kernels are measured.
 *
 * A task is a kernel whose n counts another unit than elements (workers created, numbers handed
 * over, steps of an interpreter, requests), and that may fork, wait and do I/O. It has no arrays
 * unless its work is on numbers that the study makes, and it is one file,
 * drivers/lesson/LESSON/NAME.c, that defines
 *
 *     const rxt_task rxt_task_NAME = {
 *         .kernel = { .name = "NAME", …, .task = &rxt_task_NAME },
 *         .unit = "worker",
 *         …
 *     };
 *
 * with either of a kernel's ways to work: `loop`, called by every thread of the team on its share
 * of the units, or `run`, called once a rank on the rank's slab. Beside a kernel's promises:
 *
 * make     called on each rank before the first call of a visit: starts servers, opens pipes, takes
 *          memory; collective over slab->comm. A status that is not RXT_OK goes to all ranks.
 * free     called on each rank after the last call, also where make failed on some rank: leaves
 *          nothing behind.
 * partial  how many units were done and found right: rxt_sum with rxt_proof_units, unless the task
 *          computes a result that has a proof of its own. A unit counts when whoever received it
 *          has checked it.
 *
 * The world's refusal (a limit, a tool, a file system) is a status of RXT_ENVIRONMENT; what cannot
 * be had with this MPI or on this launch at all is RXT_USAGE. Either leaves that row empty with the
 * message as its note, and all other rows are measured.
 *
 * A call may be made thousands of times a visit, or once: the visit is as long as a kernel's, and
 * its first call is the proved one. */
#ifndef RXT_TASK_H
#define RXT_TASK_H

#include <rxt/kernel.h>

/* What the options of the lesson ask for. */
typedef struct rxt_task_options {
    double switch_interval; /* --switch-interval, seconds */
    double service_time;    /* --service-time, seconds    */
    double compute_share;   /* --compute-share, 0 … 1     */
} rxt_task_options;

/* The options that a task heeds, added up in its `heeds`: one that no task chosen heeds is refused.
 */
enum { RXT_HEEDS_SWITCH_INTERVAL = 1, RXT_HEEDS_SERVICE_TIME = 2, RXT_HEEDS_COMPUTE_SHARE = 4 };

/* What a task knows of its visit beside the slab: slab->task. */
typedef struct rxt_task_slab {
    const rxt_task_options *options;
    const struct rxt_cpus *cpus; /* all that the study may use (cpus.h) */
    double heap;                 /* the task's                          */
} rxt_task_slab;

/* Whoever has a kernel and asks for its task reads kernel->task. */
typedef struct rxt_task {
    rxt_kernel kernel; /* whose .task is this one                            */
    const char *unit;  /* what n counts, one of them: "worker", "request"    */
    int heeds;         /* RXT_HEEDS_…, added up                              */
    double heap;       /* bytes that its process holds meanwhile, touched    */

    /* The seconds that every unit surely takes, however fast the machine is; a worker does its
     * units one after another. NULL: 0. */
    double (*wait)(const rxt_task_options *options);

    /* The splits that the task makes sense on, beside 1 x 1, on which it does by itself what it
     * otherwise has others do, and a call still has to be right. NULL: all. */
    bool (*fits)(int nodes, int ranks, int threads);

    /* Asked on every rank after calls, outside of what is timed: the first reason for which a call
     * could not do its units (the caller owns it), RXT_OK where there was none. NULL: never. */
    rxt_status (*trouble)(rxt_slab *slab);

    /* From the partial merged over all workers: the seconds below which `part` of its units took.
     * NULL: not known. */
    double (*quantile)(const void *partial, double part);

    /* For the rows' notes, asked of rank 0 alone: how the work had to be done here. NULL, or
     * returns it: as it should be. */
    const char *(*remark)(void);
} rxt_task;

/* The result must be the number of units. */
extern const rxt_proof rxt_proof_units;

#endif
