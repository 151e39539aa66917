/* visit.h - one visit: what the conductor orders, and what every rank of the split does. */
#ifndef RXT_VISIT_H
#define RXT_VISIT_H

#include "measure/measure.h"
#include "study/workspace.h"

/* What the conductor tells the ranks that take part: to visit a cell, to be ready for a size, or
 * that it was the last order. */
typedef struct rxt_order {
    enum { RXT_ORDER_VISIT, RXT_ORDER_WIDEN, RXT_ORDER_END } what;
    int cell, size;
    ptrdiff_t calls;
    bool trial;
} rxt_order;

/* This rank's part in a visit; seen is [workers of the split]. Collective over the split. */
rxt_status rxt_visit_take_part(const rxt_workspace *workspace, const rxt_order *what, int *seen,
                               rxt_outcome *outcome);

/* The ranks beside the conductor: takes part in all that is ordered, until the end is. *lost: the
 * conductor is gone. */
rxt_status rxt_visit_follow(rxt_workspace *workspace, bool *lost);

#endif
