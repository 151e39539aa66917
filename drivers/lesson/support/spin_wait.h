/* spin_wait.h - waiting for another worker in memory that both have. */
#ifndef SPIN_WAIT_H
#define SPIN_WAIT_H

#include <stdatomic.h>

/* Bytes that two workers must not share unless they mean to: a line, and its neighbour. */
enum { RXT_SPIN_WAIT_FAR = 128 };

/* Whose turn it is; zeros before it is first set. */
typedef struct rxt_spin_wait {
    atomic_uint of;
    atomic_int cpu; /* where it was set last, from 1; 0: unknown */
} rxt_spin_wait;

/* Returns when it is the turn wanted; what was written before it was set can then be read. Looks at
 * it again and again (wait.h); gives way to the one who sets it where both were seen on one core.
 */
void rxt_spin_wait_until(const rxt_spin_wait *spin, unsigned wanted);

/* Sets it, for who awaits. */
void rxt_spin_wait_set(rxt_spin_wait *spin, unsigned to);

#endif
