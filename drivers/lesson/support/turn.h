/* turn.h - waiting for another worker in memory that both have. */
#ifndef TURN_H
#define TURN_H

#include <stdatomic.h>

/* Bytes that two workers must not share unless they mean to: a line, and its neighbour. */
enum { RXT_TURN_FAR = 128 };

/* Returns when `turn` is the one wanted; what was written before it was set can then be read. Looks
 * at it all the time at first, then between offers of the core to whoever else may need it. */
void rxt_turn_await(const atomic_uint *turn, unsigned wanted);

/* Sets it, for who awaits. */
void rxt_turn_set(atomic_uint *turn, unsigned to);

#endif
