/* spin_wait.h - a worker waits for another one by polling shared memory. */
#ifndef SPIN_WAIT_H
#define SPIN_WAIT_H

#include <stdatomic.h>

/* Bytes that keep the data of two workers on separate cache lines: two lines of 64, because
 * processors prefetch a line together with its neighbour. */
enum { RXT_SPIN_WAIT_FAR = 128 };

/* A number. One worker sets it, the other worker waits until it has a certain value. All members
 * must be zero at the start. */
typedef struct rxt_spin_wait {
    atomic_uint of;
    atomic_int cpu; /* 1 + the CPU of the worker that set the number last; 0: unknown */
} rxt_spin_wait;

/* Returns when the number is `wanted`. Then all data that the other worker had written before it
 * set the number are visible (acquire). Polls as wait.h describes; yields if the other worker was
 * last seen on the same CPU, or if its CPU is unknown. */
void rxt_spin_wait_until(const rxt_spin_wait *spin, unsigned wanted);

/* Sets the number (release), for the waiting worker. */
void rxt_spin_wait_set(rxt_spin_wait *spin, unsigned to);

#endif
