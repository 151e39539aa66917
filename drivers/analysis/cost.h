/* cost.h - costs of several tasks that do the same in different ways. Pure functions of rows. */
#ifndef RXT_COST_H
#define RXT_COST_H

#include "results/row.h"

/* One task at one size, on its split of most workers. */
typedef struct rxt_cost {
    const rxt_row *row, *against; /* of the same size and binding; against NULL: was not measured */
    rxt_sample ratio;             /* T(row) / T(against), paired; 1 for against itself            */
} rxt_cost;

typedef struct rxt_costs {
    int count;
    rxt_cost *cost; /* [count]: by size and binding, then the fastest first */
} rxt_costs;

/* The costs of a study's tasks against the one that rows->against names; none where it names
 * none. A task that was not done has its row, without a ratio. A task for two workers that one
 * worker did alone is left out. RXT_ENVIRONMENT without memory, then nothing is to be freed.
 * Pure. Free with rxt_costs_free. */
rxt_status rxt_costs_of(const rxt_rows *rows, rxt_costs *costs);
void rxt_costs_free(rxt_costs *costs);

#endif
