/* best_draw.h - chance for the files best*.c: which rounds of a draw have their signs turned. */
#ifndef RXT_BEST_DRAW_H
#define RXT_BEST_DRAW_H

#include <stdint.h>

#include "base/random.h"

enum {
    RXT_DRAW_BLOCKS = 64, /* bits of a draw: with more rounds, neighbours share one */
    RXT_DRAWS = 999
};

/* Bit b: what draw `draw` does to block b, of the draw's number: a study has the same answers every
 * time. */
static inline uint64_t rxt_draw(int draw)
{
    return rxt_random_at(0, (uint64_t)draw + 1);
}

static inline int rxt_draw_sign(int draw, int block)
{
    return rxt_draw(draw) >> block & 1 ? 1 : -1;
}

/* The number of blocks for that many rounds, and the block of a round; neighbouring rounds share
 * one. */
static inline int rxt_draw_blocks(int rounds)
{
    return rounds < RXT_DRAW_BLOCKS ? rounds : RXT_DRAW_BLOCKS;
}

static inline int rxt_draw_block(int round, int rounds)
{
    return (int)((long long)round * rxt_draw_blocks(rounds) / rounds);
}

#endif
