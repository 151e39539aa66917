/* visit.h - one visit: the order of rank 0, and the part of every rank of the split. */
#ifndef RXT_VISIT_H
#define RXT_VISIT_H

#include "measure/measure.h"
#include "study/workspace.h"

/* Rank 0's order to the ranks that take part: visit a cell, get ready for a size, or end. */
typedef struct rxt_order {
    enum { RXT_ORDER_VISIT, RXT_ORDER_WIDEN, RXT_ORDER_END } what;
    int cell, size, epoch;
    ptrdiff_t calls;
    bool trial;
} rxt_order;

/* Does this rank's part of a visit. `seen` gets the CPU of each worker of the split. Collective
 * over the split. */
rxt_status rxt_visit_take_part(const rxt_workspace *workspace, const rxt_order *what, int *seen,
                               rxt_outcome *outcome);

/* Called by all ranks except rank 0: takes part in everything that rank 0 orders, until it orders
 * the end. *lost is set if rank 0 has ended. */
rxt_status rxt_visit_follow(rxt_workspace *workspace, bool *lost);

#endif
