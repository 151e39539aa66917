/* thread.c - workers that share the process: pthread_create, and pthread_join for each.
 *
 * All threads are created before the first one is joined, so all of them may exist at the same
 * time. Each thread counts itself: the numbers created, run and joined must be the same. Threads
 * inherit the CPU of their creator, and the children of fork and spawn do the same. So these tasks
 * create all workers on one core, and their times can be compared. */
#include <rxt/task.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "../support/children.h"
#include "../support/heap.h"
#include "../support/threads.h"

typedef struct pool {
    rxt_heap heap;
    atomic_long lived;
    int error; /* error code of the first thread that could not be created; 0: none */
    int made;
    pthread_t thread[];
} pool;

static void *live(void *arg)
{
    pool *c = arg;

    atomic_fetch_add(&c->lived, 1);
    return NULL;
}

static rxt_status make(rxt_slab *slab)
{
    rxt_heap heap;
    rxt_status st = rxt_heap_take(slab, &heap);
    pool *c = st ? NULL : calloc(1, sizeof *c + (size_t)slab->n * sizeof c->thread[0]);

    slab->state = c;
    if (st)
        return st;
    if (!c) {
        rxt_heap_drop(&heap);
        return rxt_status_no_memory("for a list of %td threads", slab->n);
    }
    c->heap = heap;
    return rxt_threads_allowed(slab->n);
}

static void run(const rxt_slab *slab, void *partial)
{
    pool *c = slab->state;

    *(double *)partial = 0;
    if (c->error) /* keep the error of the first failed call for trouble */
        return;
    atomic_store(&c->lived, 0);
    c->made = 0;
    while (c->made < slab->n && !c->error) {
        c->error = pthread_create(&c->thread[c->made], NULL, live, c);
        c->made += !c->error;
    }
    for (int t = 0; t < c->made; t++)
        pthread_join(c->thread[t], NULL);
    *(double *)partial = (double)atomic_load(&c->lived);
}

static rxt_status trouble(rxt_slab *slab)
{
    const pool *c = slab->state;

    if (!c->error)
        return RXT_OK;
    return rxt_status_of(RXT_ENVIRONMENT,
                         "only %d of %td threads could be created (%s); raise ulimit -u", c->made,
                         slab->n, strerror(c->error));
}

static void drop(rxt_slab *slab)
{
    pool *c = slab->state;

    if (c)
        rxt_heap_drop(&c->heap);
    free(c);
}

const rxt_task rxt_task_thread = {
    .kernel = {
        .name = "thread",
        .formula = "pthread_create; pthread_join",
        .merge = &rxt_sum,
        .proof = &rxt_proof_units,
        .grain = 1,
        .run = run,
        .make = make,
        .free = drop,
        .task = &rxt_task_thread,
    },
    .unit = RXT_UNIT_WORKER,
    .fits = rxt_children_fit,
    .trouble = trouble,
};
