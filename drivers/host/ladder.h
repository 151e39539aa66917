/* ladder.h - the sizes of a core's caches, measured by the time of loads.
 *
 * Each rung is a footprint and the time of a load at a random place in it. Each load can begin only
 * when the load before has ended. Such times differ more between levels than bandwidths, which
 * prefetching makes more equal: measured 2, 5, 11 and 110 ns, with bandwidths of 416, 172, 28 and
 * 18 GB/s. Eight loads go to one page before the next page is chosen. So only an eighth of the
 * look-up of a page, which has caches of its own (TLB), is in the time of each load.
 *
 * Every disturbance makes a load slower, and a larger footprint is never faster. So a ladder keeps
 * the fastest time of each rung, and a step counts only if all larger rungs are slow too. */
#ifndef RXT_LADDER_H
#define RXT_LADDER_H

#include <stdatomic.h>
#include <stdbool.h>

#include "machine/place.h"

enum { RXT_RUNGS = 35 }; /* from 8 KiB to 1 GiB */

typedef struct rxt_rung {
    double bytes, seconds; /* of the footprint; of one load in it */
} rxt_rung;

/* Rungs in ascending order of their bytes. */
typedef struct rxt_ladder {
    int rungs;
    rxt_rung rung[RXT_RUNGS];
} rxt_ladder;

/* A footprint where loads slow down: the cache is surely not smaller than `low` and not larger than
 * `high` (bytes). */
typedef struct rxt_step {
    double low, high;
} rxt_step;

enum { RXT_STEPS = 8 };

/* Finds the steps of a ladder, ascending; returns their number. Pure. */
int rxt_ladder_steps(const rxt_ladder *ladder, rxt_step step[RXT_STEPS]);

/* Is the reported size at most 1.5 times outside the range of the step? Pure. */
bool rxt_ladder_near(double said, const rxt_step *step);

/* The fastest times of several climbs, rung by rung. Pure. */
rxt_ladder rxt_ladder_merge(int climbs, const rxt_ladder ladder[]);

/* Compares climbs with the cache sizes `said` by the system (bytes; 0: not reported). counts[l] is
 * the measured size that replaces said[l], rounded to 2^k or 3 × 2^k, because most caches have
 * such sizes. It is 0 if said[l] stays: the steps agree with it within a factor of 1.5, or at least
 * one climb does not contradict it, or it is not clear which step belongs to which level. A level
 * that the system does not report is found if all levels before it are clear. Pure. */
void rxt_ladder_judge(int climbs, const rxt_ladder ladder[], const double said[RXT_LEVELS],
                      double counts[RXT_LEVELS]);

/* The limits of a climb. */
typedef struct rxt_ladder_request {
    double memory, seconds;  /* bytes; of all climbs together */
    double resolution;       /* the clock's, in seconds */
    const atomic_bool *stop; /* set: end at once; NULL: never      */
} rxt_ladder_request;

/* Climbs on the CPU of the caller: from 8 KiB by factors of 1.4 to twice the largest reported
 * level. If the step of that level is not seen there, it goes on within the memory (at most 1 GiB)
 * and the time. If some level is in doubt, it climbs twice more. It ends in time on any machine.
 * `ladder` gets the fastest times, `counts` is as above. If memory or time is short, the ladder
 * ends earlier or is empty, and no size is replaced that was not measured three times. Local. */
void rxt_ladder_climb(const double said[RXT_LEVELS], const rxt_ladder_request *request,
                      rxt_ladder *ladder, double counts[RXT_LEVELS]);

/* Do cores share one last-level cache although the system reports one for each? cpu[c] uses cache
 * c, which has `bytes`. Returns how many of the caches, from the first on, are one cache: data
 * loaded on the first CPU is evicted after the other CPU has loaded as much as a cache holds. 1 if
 * the report is right, or if time or memory is too short. It bisects, assuming that neighbours
 * share. Local; the calling thread returns to its CPUs. */
int rxt_ladder_shared(int caches, const int cpu[], double bytes, const rxt_ladder_request *request);

/* The bisection of rxt_ladder_shared. `shared` returns whether cache c > 0 is the same as cache 0.
 * Pure. */
int rxt_ladder_count_shared(int caches, bool (*shared)(void *with, int cache), void *with);

#endif
