/* break_even_locate.h - from which of some sizes on more workers pay. */
#ifndef BREAK_EVEN_LOCATE_H
#define BREAK_EVEN_LOCATE_H

#include "analysis/break_even.h"

/* One size: how w workers compare with one there. */
typedef struct rxt_spot {
    ptrdiff_t n;
    rxt_sample gain;      /* T(1×1) / T(w), paired        */
    int pairs, won, lost; /* rounds in which w was faster, or slower */
} rxt_spot;

/* The break-even size of at least one size in ascending order; sets all but the split. Pure. */
rxt_break_even rxt_break_even_locate(int count, const rxt_spot s[]);

#endif
