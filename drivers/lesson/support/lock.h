/* lock.h - the lock of an interpreter, of which each process has one.
 *
 * CPython's rule (Python/ceval_gil.c, "Notes about the implementation"; Beazley, "Understanding
 * the Python GIL", 2010): only the thread that holds the lock interprets. A thread that wants it
 * waits. When it has waited for a switch interval and the lock has not changed hands, it asks
 * the holder. The holder looks once a step whether it is asked, which costs it one load, and if
 * so gives the lock and waits until another thread has taken it: else it would have it back
 * before that one is awake. Around what blocks, or works without the interpreter, it gives the
 * lock of itself. */
#ifndef RXT_LESSON_LOCK_H
#define RXT_LESSON_LOCK_H

#include <pthread.h>
#include <stdatomic.h>

#include <rxt/task.h>

typedef struct rxt_lock {
    pthread_mutex_t mutex; /* protects all but `asked`; held only for a moment */
    pthread_cond_t given, taken;
    bool held;
    pthread_t last; /* whose it is or was   */
    long switches;  /* from thread to thread */
    double interval;
    atomic_bool asked; /* some thread waits, and has for long enough */
} rxt_lock;

/* Takes the lock: waits while another thread holds it. Not by the thread that holds it. */
void rxt_lock_take(rxt_lock *lock);

/* Gives it; by the thread that holds it. When asked to, only returns once another has taken it. */
void rxt_lock_give(rxt_lock *lock);

/* Does another thread ask for it? For the thread that holds it, once a step. */
static inline bool rxt_lock_asked(const rxt_lock *lock)
{
    return atomic_load_explicit(&lock->asked, memory_order_relaxed);
}

/* Gives it and takes it again: what the holder does when asked to. */
void rxt_lock_pass(rxt_lock *lock);

/* A task's make and free: its slab's state is the process's lock, with the switch interval that the
 * options ask for. */
rxt_status rxt_lock_make(rxt_slab *slab);
void rxt_lock_free(rxt_slab *slab);

#endif
