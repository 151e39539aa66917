/* crew.c - the threads of a rank, asleep at a semaphore whenever they have nothing to do. */
#include "crew.h"

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

typedef struct hand {
    _Alignas(LINE) unsigned char partial[RXT_PARTIAL];
    rxt_share share;
    sem_t work;
    pthread_t thread;
    rxt_cpus cpus;
    rxt_crew *crew;
} hand;

struct rxt_crew {
    int threads;
    int started;         /* of the hands, but the first, which is the caller; 0: none yet */
    rxt_crew_loop *loop; /* NULL: it is time to end */
    atomic_int busy;
    sem_t done;
    hand hand[];
};

/* A count that is full has someone to wake already. */
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
    hand *h = arg;
    rxt_crew *crew = h->crew;

    rxt_cpus_bind(&h->cpus);
    for (;;) {
        sleep_at(&h->work);
        if (!crew->loop)
            return NULL;
        crew->loop(&h->share, h->partial);
        if (atomic_fetch_sub(&crew->busy, 1) == 1)
            wake(&crew->done);
    }
}

/* The team's threads are where the plan wants them. They are not needed any more: let them not
 * spin. */
static void see_cpus(rxt_crew *crew)
{
    if (crew->threads == 1)
        return;
#pragma omp parallel num_threads(crew->threads)
    crew->hand[omp_get_thread_num()].cpus = rxt_cpus_mine();
    rxt_team_quiet(crew->threads);
}

static rxt_crew *new_crew(int threads)
{
    size_t size = sizeof(rxt_crew) + (size_t)threads * sizeof(hand);
    rxt_crew *crew = aligned_alloc(LINE, (size + LINE - 1) / LINE * LINE);

    if (!crew)
        return NULL;
    memset(crew, 0, sizeof *crew);
    crew->threads = threads;
    if (sem_init(&crew->done, 0, 0) == 0)
        return crew;
    free(crew);
    return NULL;
}

static int start(rxt_crew *crew, const pthread_attr_t *attributes)
{
    hand *h = &crew->hand[1 + crew->started];

    int error;

    h->crew = crew;
    if (sem_init(&h->work, 0, 0) < 0)
        return errno;
    error = pthread_create(&h->thread, attributes, serve, h);
    if (error)
        sem_destroy(&h->work);
    return error;
}

rxt_status rxt_crew_open(const rxt_slab *slab, rxt_crew **crew)
{
    rxt_crew *new = *crew = new_crew(slab->threads);
    pthread_attr_t attributes;
    int error = 0;

    if (!new)
        return rxt_status_of(RXT_ENVIRONMENT, "no memory for %d threads", slab->threads);
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
                             "only %d of %d threads could be created (%s); see ulimit -u",
                             1 + new->started, slab->threads, strerror(error));
    return RXT_OK;
}

void rxt_crew_call(rxt_crew *crew, rxt_crew_loop *loop, const rxt_merge *merge,
                   const rxt_slab *slab, void *partial)
{
    rxt_share first = rxt_share_of(slab, 0, 1);

    crew->loop = loop;
    atomic_store(&crew->busy, crew->threads - 1);
    for (int t = 1; t < crew->threads; t++) {
        crew->hand[t].share = rxt_share_of(slab, t, 1);
        wake(&crew->hand[t].work);
    }
    loop(&first, partial);
    if (crew->threads > 1)
        sleep_at(&crew->done);
    for (int t = 1; t < crew->threads; t++)
        merge->merge(partial, crew->hand[t].partial);
}

void rxt_crew_close(rxt_crew *crew)
{
    if (!crew)
        return;
    crew->loop = NULL;
    for (int t = 1; t <= crew->started; t++)
        wake(&crew->hand[t].work);
    for (int t = 1; t <= crew->started; t++) {
        pthread_join(crew->hand[t].thread, NULL);
        sem_destroy(&crew->hand[t].work);
    }
    sem_destroy(&crew->done);
    free(crew);
}
