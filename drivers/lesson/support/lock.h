/* lock.h - the lock of an interpreter; each process has one.
 *
 * The rule is CPython's (Python/ceval_gil.c, "Notes about the implementation"; Beazley,
 * "Understanding the Python GIL", 2010). Only the thread that holds the lock interprets. A thread
 * that wants the lock waits for one switch interval; if the lock has not changed hands by then, the
 * thread requests it. The holder checks once per step for a request, which costs one load. On
 * request it releases the lock and waits until another thread has taken it; otherwise it would take
 * the lock back before the other thread wakes up. The holder also releases the lock, without a
 * request, around calls that block or that work without the interpreter. */
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
    long switches;  /* times that the lock went to another thread than its last holder */
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

/* Releases the lock and takes it again: the holder calls this on request. */
void rxt_lock_pass(rxt_lock *lock);

/* A task's make and free. The slab's state is the process's lock, with the switch interval of
 * --switch-interval. */
rxt_status rxt_lock_make(rxt_slab *slab);
void rxt_lock_free(rxt_slab *slab);

#endif
