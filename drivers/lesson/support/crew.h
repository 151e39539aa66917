/* crew.h - the threads of a rank, asleep whenever they have nothing to do.
 *
 * OpenMP's threads spin for milliseconds at the end of a region, on the core that others of the
 * team need: 16 threads that wait for a server, bound to one core of a machine with many, take six
 * times as long by a parallel region as by these. */
#ifndef CREW_H
#define CREW_H

#include <rxt/kernel.h>

typedef struct rxt_crew rxt_crew;

/* What each thread does with its share, as a kernel's loop. */
typedef void rxt_crew_loop(const rxt_share *share, void *partial);

/* Starts the rank's threads but the caller, each on the CPUs of the team's thread of its number.
 * *crew is set in any case, to be closed, NULL without memory. RXT_ENVIRONMENT where so many
 * threads cannot be had. Outside of any parallel region. Local. */
rxt_status rxt_crew_open(const rxt_slab *slab, rxt_crew **crew);

/* One call: every thread works on its share of the slab, the caller on the first; the partials (of
 * merge->size bytes) are merged in thread order into *partial. For a task's `run`. Local. */
void rxt_crew_call(rxt_crew *crew, rxt_crew_loop *loop, const rxt_merge *merge,
                   const rxt_slab *slab, void *partial);

/* Ends them, joined. NULL is allowed. Local. */
void rxt_crew_close(rxt_crew *crew);

#endif
