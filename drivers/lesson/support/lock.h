/* lock.h - the lock of an interpreter; each process has one.
 *
 * The rule is CPython's (Python/ceval_gil.c, "Notes about the implementation"; Beazley,
 * "Understanding the Python GIL", 2010). Only the thread that holds the lock interprets. A thread
 * that wants the lock waits for one switch interval. If no thread has taken the lock in this time,
 * the waiting thread requests the lock. The holder checks once per step whether there is a request;
 * this check costs one load. If there is one, the holder releases the lock and waits until another
 * thread has taken it. Without this wait the holder would take the lock again before the other
 * thread wakes up. The holder also releases the lock, without a request, before a call that blocks
 * or that works without the interpreter, and takes it again after that call. */
#ifndef RXT_LESSON_LOCK_H
#define RXT_LESSON_LOCK_H

#include <pthread.h>
#include <stdatomic.h>

#include <rxt/task.h>

typedef struct rxt_lock {
    pthread_mutex_t mutex; /* protects all fields except `asked`; held only briefly */
    pthread_cond_t given, taken;
    bool held;
    pthread_t last; /* the thread that holds the lock, or held it last */
    long switches;  /* how many times the lock was taken by another thread than its last holder */
    double interval;
    atomic_bool asked; /* a thread has waited for a switch interval and requests the lock */
} rxt_lock;

/* Takes the lock; waits while another thread holds it. The calling thread must not hold it
 * already. */
void rxt_lock_take(rxt_lock *lock);

/* Releases the lock; the calling thread must hold it. If another thread has requested the lock,
 * returns only after another thread has taken it. */
void rxt_lock_give(rxt_lock *lock);

/* Has another thread requested the lock? The holder calls this once per step. */
static inline bool rxt_lock_asked(const rxt_lock *lock)
{
    return atomic_load_explicit(&lock->asked, memory_order_relaxed);
}

/* Releases the lock and takes it again. The holder calls this function if another thread has
 * requested the lock. */
void rxt_lock_pass(rxt_lock *lock);

/* A task's make and free. The slab's state is the process's lock, with the switch interval of
 * --switch-interval. */
rxt_status rxt_lock_make(rxt_slab *slab);
void rxt_lock_free(rxt_slab *slab);

#endif
