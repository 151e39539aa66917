/* best_draw.h - random signs for the files best*.c: each draw gives every block of rounds a sign of
 * +1 or -1. */
#ifndef RXT_BEST_DRAW_H
#define RXT_BEST_DRAW_H

#include <stdint.h>

#include "base/random.h"

enum {
    RXT_DRAW_BLOCKS = 64, /* most blocks of a draw, one bit each; if there are more rounds,
                             neighbouring rounds share a block */
    RXT_DRAWS = 999
};

/* The random bits of a draw; bit b is set if block b gets +1. The bits depend only on the number of
 * the draw, so that the same study always has the same answers. */
static inline uint64_t rxt_draw(int draw)
{
    return rxt_random_at(0, (uint64_t)draw + 1);
}

static inline int rxt_draw_sign(int draw, int block)
{
    return rxt_draw(draw) >> block & 1 ? 1 : -1;
}

/* The number of blocks for that many rounds, and the block of a round. With more than
 * RXT_DRAW_BLOCKS rounds, neighbouring rounds share a block. */
static inline int rxt_draw_blocks(int rounds)
{
    return rounds < RXT_DRAW_BLOCKS ? rounds : RXT_DRAW_BLOCKS;
}

static inline int rxt_draw_block(int round, int rounds)
{
    return (int)((long long)round * rxt_draw_blocks(rounds) / rounds);
}

#endif
