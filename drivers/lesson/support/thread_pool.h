/* thread pool.h - the threads of a rank, asleep whenever they have nothing to do.
 *
 * OpenMP's threads spin for milliseconds at the end of a region, on the core that others of the
 * team need: 16 threads that wait for a server, bound to one core of a machine with many, take six
 * times as long by a parallel region as by these. */
#ifndef THREAD_POOL_H
#define THREAD_POOL_H

#include <rxt/kernel.h>

typedef struct rxt_thread_pool rxt_thread_pool;

/* What each thread does with its share, as a kernel's loop. */
typedef void rxt_thread_pool_loop(const rxt_share *share, void *partial);

/* Starts the rank's threads but the caller, each on the CPUs of the team's thread of its number.
 * *thread pool is set in any case, to be closed, NULL without memory. RXT_ENVIRONMENT where so many
 * threads cannot be had. Outside of any parallel region. Local. */
rxt_status rxt_thread_pool_open(const rxt_slab *slab, rxt_thread_pool **pool);

/* One call: every thread works on its share of the slab, the caller on the first; the partials (of
 * merge->size bytes) are merged in thread order into *partial. For a task's `run`. Local. */
void rxt_thread_pool_call(rxt_thread_pool *pool, rxt_thread_pool_loop *loop, const rxt_merge *merge,
                          const rxt_slab *slab, void *partial);

/* Ends them, joined. NULL is allowed. Local. */
void rxt_thread_pool_close(rxt_thread_pool *pool);

#endif
