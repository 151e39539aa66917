/* thread_pool.c - a pool of threads for a rank; idle threads sleep on a semaphore. */
#include "thread_pool.h"

#include <errno.h>
#include <omp.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "machine/cpus.h"
#include "support/slab.h"
#include "team/team.h"

enum { LINE = 128, STACK = 256 << 10 };

typedef struct transfer {
    _Alignas(LINE) unsigned char partial[RXT_PARTIAL];
    rxt_share share;
    sem_t work;
    pthread_t thread;
    rxt_cpus cpus;
    rxt_thread_pool *pool;
} transfer;

struct rxt_thread_pool {
    int threads;
    int started;                /* threads that were created, without the caller; 0: none yet */
    rxt_thread_pool_loop *loop; /* NULL: the threads must end */
    atomic_int busy;
    sem_t done;
    transfer transfer[];
};

/* Adds 1 to the semaphore. EOVERFLOW means that its count is at the maximum; then yields until a
 * thread has lowered the count. */
static void wake(sem_t *sem)
{
    while (sem_post(sem) < 0 && errno == EOVERFLOW)
        sched_yield();
}

static void sleep_at(sem_t *sem)
{
    while (sem_wait(sem) < 0 && errno == EINTR)
        ;
}

static void *serve(void *arg)
{
    transfer *h = arg;
    rxt_thread_pool *pool = h->pool;

    rxt_cpus_bind(&h->cpus);
    for (;;) {
        sleep_at(&h->work);
        if (!pool->loop)
            return NULL;
        pool->loop(&h->share, h->partial);
        if (atomic_fetch_sub(&pool->busy, 1) == 1)
            wake(&pool->done);
    }
}

/* Copies the affinity masks of the OpenMP team's threads, which the study has bound as planned.
 * After that the threads of the team are not needed, so they are told to stop spinning. */
static void see_cpus(rxt_thread_pool *pool)
{
    if (pool->threads == 1)
        return;
#pragma omp parallel num_threads(pool->threads)
    pool->transfer[omp_get_thread_num()].cpus = rxt_cpus_mine();
    rxt_team_quiet(pool->threads);
}

static rxt_thread_pool *new_thread_pool(int threads)
{
    size_t size = sizeof(rxt_thread_pool) + (size_t)threads * sizeof(transfer);
    rxt_thread_pool *pool = aligned_alloc(LINE, (size + LINE - 1) / LINE * LINE);

    if (!pool)
        return NULL;
    memset(pool, 0, sizeof *pool);
    pool->threads = threads;
    if (sem_init(&pool->done, 0, 0) == 0)
        return pool;
    free(pool);
    return NULL;
}

static int start(rxt_thread_pool *pool, const pthread_attr_t *attributes)
{
    transfer *h = &pool->transfer[1 + pool->started];

    int error;

    h->pool = pool;
    if (sem_init(&h->work, 0, 0) < 0)
        return errno;
    error = pthread_create(&h->thread, attributes, serve, h);
    if (error)
        sem_destroy(&h->work);
    return error;
}

rxt_status rxt_thread_pool_open(const rxt_slab *slab, rxt_thread_pool **pool)
{
    rxt_thread_pool *new = *pool = new_thread_pool(slab->threads);
    pthread_attr_t attributes;
    int error = 0;

    if (!new)
        return rxt_status_no_memory("for %d threads", slab->threads);
    see_cpus(new);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK);
    while (new->started < slab->threads - 1 && !error) {
        error = start(new, &attributes);
        new->started += !error;
    }
    pthread_attr_destroy(&attributes);
    if (error)
        return rxt_status_of(RXT_ENVIRONMENT,
                             "only %d of %d threads could be created (%s); raise ulimit -u",
                             1 + new->started, slab->threads, strerror(error));
    return RXT_OK;
}

void rxt_thread_pool_call(rxt_thread_pool *pool, rxt_thread_pool_loop *loop, const rxt_merge *merge,
                          const rxt_slab *slab, void *partial)
{
    rxt_share first = rxt_share_of(slab, 0, 1);

    pool->loop = loop;
    atomic_store(&pool->busy, pool->threads - 1);
    for (int t = 1; t < pool->threads; t++) {
        pool->transfer[t].share = rxt_share_of(slab, t, 1);
        wake(&pool->transfer[t].work);
    }
    loop(&first, partial);
    if (pool->threads > 1)
        sleep_at(&pool->done);
    for (int t = 1; t < pool->threads; t++)
        merge->merge(partial, pool->transfer[t].partial);
}

void rxt_thread_pool_close(rxt_thread_pool *pool)
{
    if (!pool)
        return;
    pool->loop = NULL;
    for (int t = 1; t <= pool->started; t++)
        wake(&pool->transfer[t].work);
    for (int t = 1; t <= pool->started; t++) {
        pthread_join(pool->transfer[t].thread, NULL);
        sem_destroy(&pool->transfer[t].work);
    }
    sem_destroy(&pool->done);
    free(pool);
}
