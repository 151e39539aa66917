/* thread_pool.h - a pool of threads for a rank; idle threads sleep.
 *
 * At the end of a region OpenMP's threads spin for milliseconds, on cores that other threads of the
 * team need. Measured: if 16 threads on one core wait for a server, a call takes six times as long
 * in a parallel region as with this pool. */
#ifndef THREAD_POOL_H
#define THREAD_POOL_H

#include <rxt/kernel.h>

typedef struct rxt_thread_pool rxt_thread_pool;

/* The function that each thread calls on its share, like a kernel's loop. */
typedef void rxt_thread_pool_loop(const rxt_share *share, void *partial);

/* Starts all threads of the rank except the caller. Each thread gets the affinity mask of the
 * thread with the same number in the OpenMP team. Call rxt_thread_pool_close also after a failure.
 * *pool is NULL without memory. RXT_ENVIRONMENT if the system refuses to create a thread. Call
 * rxt_thread_pool_open outside of any parallel region. Local. */
rxt_status rxt_thread_pool_open(const rxt_slab *slab, rxt_thread_pool **pool);

/* One call: every thread works on its share of the slab, the caller on the first share. The partial
 * results (merge->size bytes each) are merged in thread order into *partial. For a task's `run`.
 * Local. */
void rxt_thread_pool_call(rxt_thread_pool *pool, rxt_thread_pool_loop *loop, const rxt_merge *merge,
                          const rxt_slab *slab, void *partial);

/* Ends and joins the threads. NULL is allowed. Local. */
void rxt_thread_pool_close(rxt_thread_pool *pool);

#endif
