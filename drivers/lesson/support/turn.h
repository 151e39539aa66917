/* turn.h - waiting for another worker in memory that both have. */
#ifndef TURN_H
#define TURN_H

#include <stdatomic.h>

/* Bytes that two workers must not share unless they mean to: a line, and its neighbour. */
enum { RXT_TURN_FAR = 128 };

/* Whose turn it is; zeros before it is first set. */
typedef struct rxt_turn {
    atomic_uint of;
    atomic_int cpu; /* where it was set last, from 1; 0: unknown */
} rxt_turn;

/* Returns when it is the turn wanted; what was written before it was set can then be read. Looks at
 * it again and again (wait.h); gives way to the one who sets it where both were seen on one core.
 */
void rxt_turn_await(const rxt_turn *turn, unsigned wanted);

/* Sets it, for who awaits. */
void rxt_turn_set(rxt_turn *turn, unsigned to);

#endif
