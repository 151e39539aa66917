/* cost.h - compares the costs of tasks that do the same thing in different ways. Pure functions of
 * rows. */
#ifndef RXT_COST_H
#define RXT_COST_H

#include "results/row.h"

/* One task at one size, on its split with the most workers. */
typedef struct rxt_cost {
    const rxt_row *row, *against; /* two rows of the same size and binding; `against` is NULL if it
                                     was not measured or is not verified */
    rxt_sample ratio;             /* T(row) / T(against), paired; 1 if both are the same row */
} rxt_cost;

typedef struct rxt_costs {
    int count;
    rxt_cost *cost; /* [count]: ordered by size and binding, then the fastest first */
} rxt_costs;

/* Computes the costs of a study's tasks relative to the task named by rows->against; there are no
 * costs if rows->against is NULL. A task that was not measured has a cost without a ratio. If one
 * worker alone did a task for two workers, its row is left out. RXT_ENVIRONMENT without memory;
 * then there is nothing to free. Pure. Free with rxt_costs_free. */
rxt_status rxt_costs_of(const rxt_rows *rows, rxt_costs *costs);
void rxt_costs_free(rxt_costs *costs);

#endif
