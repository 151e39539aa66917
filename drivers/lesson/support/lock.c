/* lock.c - the lock of an interpreter: a flag under a mutex, and two condition variables.
 *
 * A thread that has requested the lock waits until it has the lock, and a request ends when any
 * thread takes the lock. So if a holder releases the lock because of a request, there is always a
 * thread that takes the lock, and the wait of the old holder ends. */
#include "lock.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"

/* Waits until the lock is free, but for at most one switch interval. If the lock is not free then,
 * requests it, but not if another thread has taken the lock meanwhile: this new holder gets an
 * interval of its own. */
static void wait_given(rxt_lock *lock)
{
    struct timespec until = rxt_clock_deadline(lock->interval);
    long before = lock->switches;
    int error = pthread_cond_timedwait(&lock->given, &lock->mutex, &until);

    if (error == ETIMEDOUT && lock->held && lock->switches == before)
        atomic_store(&lock->asked, true);
}

void rxt_lock_take(rxt_lock *lock)
{
    pthread_t self = pthread_self();

    pthread_mutex_lock(&lock->mutex);
    while (lock->held)
        wait_given(lock);
    lock->held = true;
    lock->switches += !pthread_equal(lock->last, self);
    lock->last = self;
    atomic_store(&lock->asked, false);
    pthread_cond_broadcast(&lock->taken);
    pthread_mutex_unlock(&lock->mutex);
}

void rxt_lock_give(rxt_lock *lock)
{
    pthread_mutex_lock(&lock->mutex);
    lock->held = false;
    pthread_cond_signal(&lock->given);
    if (atomic_load(&lock->asked))
        for (long before = lock->switches; lock->switches == before;)
            pthread_cond_wait(&lock->taken, &lock->mutex);
    pthread_mutex_unlock(&lock->mutex);
}

void rxt_lock_pass(rxt_lock *lock)
{
    rxt_lock_give(lock);
    rxt_lock_take(lock);
}

/* Makes the condition variable use CLOCK_MONOTONIC, because rxt_clock_deadline uses that clock and
 * the default is CLOCK_REALTIME. */
static int open_given(pthread_cond_t *given)
{
    pthread_condattr_t attributes;
    int error = pthread_condattr_init(&attributes);

    if (error)
        return error;
    error = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    if (!error)
        error = pthread_cond_init(given, &attributes);
    pthread_condattr_destroy(&attributes);
    return error;
}

/* The thread that creates the lock counts as the last holder. So if this thread takes the lock
 * first, that is not counted as a switch. */
rxt_status rxt_lock_make(rxt_slab *slab)
{
    rxt_lock *lock = calloc(1, sizeof *lock);

    slab->state = NULL;
    if (!lock || open_given(&lock->given)) {
        free(lock);
        return rxt_status_no_memory("for an interpreter's lock");
    }
    pthread_mutex_init(&lock->mutex, NULL); /* this call and the next one cannot fail on Linux */
    pthread_cond_init(&lock->taken, NULL);
    lock->last = pthread_self();
    lock->interval = slab->task->options->switch_interval;
    slab->state = lock;
    return RXT_OK;
}

void rxt_lock_free(rxt_slab *slab)
{
    rxt_lock *lock = slab->state;

    if (!lock)
        return;
    pthread_cond_destroy(&lock->taken);
    pthread_cond_destroy(&lock->given);
    pthread_mutex_destroy(&lock->mutex);
    free(lock);
    slab->state = NULL;
}
