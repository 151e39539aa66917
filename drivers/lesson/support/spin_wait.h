/* spin_wait.h - waiting for another worker in shared memory. */
#ifndef SPIN_WAIT_H
#define SPIN_WAIT_H

#include <stdatomic.h>

/* Distance that keeps data of two workers on separate cache lines: a line and its neighbour. */
enum { RXT_SPIN_WAIT_FAR = 128 };

/* Whose turn it is; all zero at the start. */
typedef struct rxt_spin_wait {
    atomic_uint of;
    atomic_int cpu; /* where it was set last, from 1; 0: unknown */
} rxt_spin_wait;

/* Returns when the turn is `wanted`; what was written before it was set can then be read. Polls
 * as in wait.h; yields if the worker that sets it was seen on the same core. */
void rxt_spin_wait_until(const rxt_spin_wait *spin, unsigned wanted);

/* Sets the turn for the waiting worker. */
void rxt_spin_wait_set(rxt_spin_wait *spin, unsigned to);

#endif
