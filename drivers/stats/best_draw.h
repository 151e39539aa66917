/* best_draw.h - random signs for the files best*.c: each draw gives every block of rounds a sign of
 * +1 or -1. */
#ifndef RXT_BEST_DRAW_H
#define RXT_BEST_DRAW_H

#include <stdint.h>

#include "base/random.h"

enum {
    RXT_DRAW_BLOCKS = 64, /* most blocks of a draw, one bit each; if there are more units,
                             neighbouring units share a block */
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

/* The number of blocks for that many units (rounds or epochs), and the block of a unit. With more
 * than RXT_DRAW_BLOCKS units, neighbouring units share a block. */
static inline int rxt_draw_blocks(int units)
{
    return units < RXT_DRAW_BLOCKS ? units : RXT_DRAW_BLOCKS;
}

static inline int rxt_draw_block(int unit, int units)
{
    return (int)((long long)unit * rxt_draw_blocks(units) / units);
}

#endif
