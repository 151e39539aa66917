/* cost.c - compares tasks that do the same thing in different ways. */
#include "analysis/cost.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool same_block(const rxt_row *a, const rxt_row *b)
{
    return a->n == b->n && !strcmp(a->bind, b->bind);
}

static bool same_task(const rxt_row *a, const rxt_row *b)
{
    return same_block(a, b) && !strcmp(a->kernel, b->kernel);
}

/* Is row r the row of its task that is compared? This is the row with the most workers, and the
 * first of several such rows. If one worker alone did a task for two workers, its row is not
 * compared. */
static bool counts(const rxt_rows *rows, int r)
{
    const rxt_row *row = &rows->row[r];

    if (row->alone)
        return false;
    for (int other = 0; other < rows->count; other++) {
        int more = rxt_row_workers(&rows->row[other]) - rxt_row_workers(row);

        if (same_task(row, &rows->row[other]) && (more > 0 || (more == 0 && other < r)))
            return false;
    }
    return true;
}

/* The row that row r is compared with; NULL if that row was not measured or is not verified. */
static const rxt_row *against(const rxt_rows *rows, int r)
{
    for (int other = 0; other < rows->count; other++)
        if (same_block(&rows->row[r], &rows->row[other]) &&
            !strcmp(rows->row[other].kernel, rows->against) && counts(rows, other) &&
            rows->row[other].verified)
            return &rows->row[other];
    return NULL;
}

static rxt_cost cost_of(const rxt_rows *rows, int r)
{
    const rxt_row *row = &rows->row[r];
    rxt_cost cost = { .row = row,
                      .against = against(rows, r),
                      .ratio = { .median = NAN, .low = -INFINITY, .high = INFINITY } };

    if (cost.against && row->verified && row->seconds && cost.against->seconds)
        cost.ratio = rxt_row_ratio(rows->rounds, row, cost.against);
    return cost;
}

/* Orders costs by time, the fastest first; rows without a time come last. */
static int faster_first(const void *a, const void *b)
{
    double left = ((const rxt_cost *)a)->row->time.median,
           right = ((const rxt_cost *)b)->row->time.median;

    if (isnan(left) || isnan(right))
        return isnan(left) - isnan(right);
    return (left > right) - (left < right);
}

/* Takes all rows of the first size and binding, then those of the next. */
static void take_blocks(const rxt_rows *rows, rxt_costs *costs, bool taken[])
{
    for (int first = 0; first < rows->count; first++) {
        int begin = costs->count;

        if (taken[first])
            continue;
        for (int r = first; r < rows->count; r++) {
            if (taken[r] || !same_block(&rows->row[first], &rows->row[r]))
                continue;
            taken[r] = true;
            if (counts(rows, r))
                costs->cost[costs->count++] = cost_of(rows, r);
        }
        qsort(&costs->cost[begin], (size_t)(costs->count - begin), sizeof costs->cost[0],
              faster_first);
    }
}

rxt_status rxt_costs_of(const rxt_rows *rows, rxt_costs *costs)
{
    bool *taken;

    *costs = (rxt_costs){ 0 };
    if (!rows->against || rows->count == 0)
        return RXT_OK;
    taken = calloc((size_t)rows->count, sizeof *taken);
    costs->cost = calloc((size_t)rows->count, sizeof *costs->cost);
    if (taken && costs->cost)
        take_blocks(rows, costs, taken);
    free(taken);
    if (taken && costs->cost)
        return RXT_OK;
    rxt_costs_free(costs);
    return rxt_status_no_memory("to compare %d rows", rows->count);
}

void rxt_costs_free(rxt_costs *costs)
{
    free(costs->cost);
    *costs = (rxt_costs){ 0 };
}
