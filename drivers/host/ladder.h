/* ladder.h - the sizes of a core's caches, measured by the time of loads.
 *
 * Each rung is a footprint and the time of a load at a random place in this footprint. Each load
 * can begin only when the load before has ended. Between levels these times differ more than
 * bandwidths, because prefetching makes the bandwidths more equal: measured were 2, 5, 11 and 110
 * ns, and bandwidths of 416, 172, 28 and 18 GB/s. A load also needs the look-up of its page's
 * address, which has caches of its own (TLB). Eight loads go to one page before the next page is
 * chosen, so the time of each load contains only an eighth of a look-up.
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
    double bytes, seconds; /* size of the footprint; time of one load in it */
} rxt_rung;

/* Rungs in ascending order of their bytes. */
typedef struct rxt_ladder {
    int rungs;
    rxt_rung rung[RXT_RUNGS];
} rxt_ladder;

/* A range of footprints, in bytes, in which loads become slower because a cache is full. For a
 * cache of C bytes `low` is about C to 1.25 C and `high` 1.3 C to 2 C (see rxt_ladder_steps). */
typedef struct rxt_step {
    double low, high;
} rxt_step;

enum { RXT_STEPS = 8 };

/* Finds the steps of a ladder, ascending; returns their number. Pure. */
int rxt_ladder_steps(const rxt_ladder *ladder, rxt_step step[RXT_STEPS]);

/* Is the reported size in the range of the step, or outside it by a factor of at most 1.5? Pure. */
bool rxt_ladder_near(double said, const rxt_step *step);

/* Merges several climbs: each rung gets its fastest time of all climbs. Pure. */
rxt_ladder rxt_ladder_merge(int climbs, const rxt_ladder ladder[]);

/* Compares climbs with the cache sizes `said`, which the system reports (bytes; 0: not reported).
 * counts[l] gets the measured size that replaces said[l], rounded to 2^k or 3 × 2^k bytes, because
 * most caches have such sizes. counts[l] is 0 if said[l] stays. This is so if the step of level l
 * agrees with said[l] within a factor of 1.5, if at least one climb does not contradict said[l], or
 * if it is not clear which step belongs to level l. A level that the system does not report gets a
 * size if each level before it has its own step. Pure. */
void rxt_ladder_judge(int climbs, const rxt_ladder ladder[], const double said[RXT_LEVELS],
                      double counts[RXT_LEVELS]);

/* The limits of a climb. */
typedef struct rxt_ladder_request {
    double memory, seconds;  /* bytes; seconds of all climbs together */
    double resolution;       /* resolution of the clock, in seconds */
    const atomic_bool *stop; /* if it is set, the climb ends at once; NULL: no such flag */
} rxt_ladder_request;

/* Measures a ladder on the CPU of the caller. The first climb goes from 8 KiB in factors of 1.4 to
 * twice the largest reported level. If it does not see the step of that level, or if the system
 * does not report an L3, it goes on to larger footprints (at most 1 GiB) as far as memory and time
 * allow. If the measured size of a level would replace the reported one, two more climbs follow.
 * The function ends in time on any machine. `ladder` gets the fastest times; `counts` is as above.
 * If memory or time is short, the ladder ends earlier or is empty. A size is replaced only if three
 * climbs have measured it. Local. */
void rxt_ladder_climb(const double said[RXT_LEVELS], const rxt_ladder_request *request,
                      rxt_ladder *ladder, double counts[RXT_LEVELS]);

/* Are several of the reported last-level caches in fact one cache? cpu[c] uses cache c, which has
 * `bytes` bytes. Returns how many caches, counted from the first one, are one cache. The test of
 * two caches: the first CPU loads data, then the other CPU loads as many bytes as a cache holds; if
 * both caches are one, the data of the first CPU is evicted. Returns 1 if the report is right, or
 * if time or memory is too short. The function bisects, because it assumes that only neighbouring
 * caches are one. Local; at the end the calling thread has its old affinity mask. */
int rxt_ladder_shared(int caches, const int cpu[], double bytes, const rxt_ladder_request *request);

/* The bisection of rxt_ladder_shared. `shared` returns whether cache c > 0 is the same as cache 0.
 * Pure. */
int rxt_ladder_count_shared(int caches, bool (*shared)(void *with, int cache), void *with);

#endif
