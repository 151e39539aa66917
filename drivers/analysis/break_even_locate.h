/* break_even_locate.h - locates a break-even size among measured sizes. */
#ifndef BREAK_EVEN_LOCATE_H
#define BREAK_EVEN_LOCATE_H

#include "analysis/break_even.h"
#include "stats/chance.h"

/* One size, and how w workers compare with one worker at this size. */
typedef struct rxt_spot {
    ptrdiff_t n;
    rxt_sample gain;   /* T(1×1) / T(w), paired; in weak scaling T(1×1) × w / T(w) */
    rxt_chance chance; /* that w workers seem faster, or slower, by chance */
} rxt_spot;

/* Locates the break-even size from count >= 1 sizes in ascending order. Sets all fields except
 * `split`. Pure. */
rxt_break_even rxt_break_even_locate(int count, const rxt_spot s[]);

#endif
