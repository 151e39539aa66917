/* ladder.h - the sizes of a core's caches, seen from the time of loads.
 *
 * Each rung is a footprint, and the time of a load somewhere in it that can begin only when the one
 * before has ended. Such loads differ by level more than a bandwidth does, which fetching ahead
 * evens out: seen 2, 5, 11 and 110 ns where the bandwidths are 416, 172, 28 and 18 GB/s. Eight
 * loads go to one page before the next page is chosen, so that a page's look-up, which has caches
 * of its own, is an eighth of what each of them takes.
 *
 * Everything that disturbs a load makes it slower, and a larger footprint is never quicker: a
 * ladder keeps each rung's quickest time, and a step counts only where all larger rungs are slow
 * as well. */
#ifndef RXT_LADDER_H
#define RXT_LADDER_H

#include <stdatomic.h>
#include <stdbool.h>

#include "machine/place.h"

enum { RXT_RUNGS = 35 }; /* from 8 KiB to 1 GiB */

typedef struct rxt_rung {
    double bytes, seconds; /* of one load */
} rxt_rung;

/* Rungs in ascending order of their bytes. */
typedef struct rxt_ladder {
    int rungs;
    rxt_rung rung[RXT_RUNGS];
} rxt_ladder;

/* Where loads slow down: the cache is surely not smaller than `low` nor larger than `high`. */
typedef struct rxt_step {
    double low, high;
} rxt_step;

enum { RXT_STEPS = 8 };

/* The steps of a ladder, ascending; returns how many. Pure. */
int rxt_ladder_steps(const rxt_ladder *ladder, rxt_step step[RXT_STEPS]);

/* Is a size within a factor of 1.5 of what the step allows? Pure. */
bool rxt_ladder_near(double said, const rxt_step *step);

/* The quickest of several climbs, rung by rung. Pure. */
rxt_ladder rxt_ladder_merge(int climbs, const rxt_ladder ladder[]);

/* What climbs make of the levels' sizes as the system says them (bytes; 0: it does not say).
 * counts[l] is what counts in place of said[l], rounded to 2^k or 3 × 2^k as caches are made; 0
 * where the system's word stands: the steps agree with it within a factor of 1.5, or one climb
 * does not contradict it, or it cannot be told which step is whose. A level that the system does
 * not name is found where all those before it are clear. Pure. */
void rxt_ladder_judge(int climbs, const rxt_ladder ladder[], const double said[RXT_LEVELS],
                      double counts[RXT_LEVELS]);

/* What a climb may take. */
typedef struct rxt_ladder_request {
    double memory, seconds;  /* bytes; of all climbs together      */
    double resolution;       /* the clock's                        */
    const atomic_bool *stop; /* set: end at once; NULL: never      */
} rxt_ladder_request;

/* Climbs on the CPU where the caller is: from 8 KiB by factors of 1.4 to twice the largest level
 * said and, where its step is not seen there, on within the memory (at most 1 GiB) and the time;
 * where some level is in doubt, twice more. It ends in time, whatever the machine. `ladder` are the
 * quickest times, `counts` as above. Where anything is short the ladder ends earlier or is empty,
 * and nothing counts that was not seen three times. Local. */
void rxt_ladder_climb(const double said[RXT_LEVELS], const rxt_ladder_request *request,
                      rxt_ladder *ladder, double counts[RXT_LEVELS]);

/* Whether cores share one last-level cache where the system says that each has its own. cpu[c]
 * reaches cache c, which has `bytes`. Returns how many of the caches, from the first on, are one
 * cache: data loaded on the first CPU is evicted after the other CPU has loaded as much as a
 * cache holds. 1 if the report is right, or if time or memory is too short. It bisects, assuming
 * that neighbours share. Local; the calling thread returns to its CPUs. */
int rxt_ladder_shared(int caches, const int cpu[], double bytes, const rxt_ladder_request *request);

/* The search in it: `shared` tells of cache c > 0 whether it is one with cache 0. Pure. */
int rxt_ladder_count_shared(int caches, bool (*shared)(void *with, int cache), void *with);

#endif
