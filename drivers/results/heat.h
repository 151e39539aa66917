/* heat.h - the grid of ranks × threads that text and pictures show. */
#ifndef RXT_REPORT_HEAT_H
#define RXT_REPORT_HEAT_H

#include <stdbool.h>

#include "results/row.h"

enum { RXT_HEAT_SIDE = 16 };

typedef struct rxt_heat {
    int nodes; /* number of nodes; it is the same for all splits of the grid */
    int columns, lines;
    int ranks[RXT_HEAT_SIDE], threads[RXT_HEAT_SIDE];  /* ascending                   */
    const rxt_row *cell[RXT_HEAT_SIDE][RXT_HEAT_SIDE]; /* [line][column], NULL: none    */
    const rxt_row *fastest;
    bool cut; /* not all numbers of ranks or threads have room; those with the largest speedups were
                 kept */
} rxt_heat;

/* The grid of the rows that have a speedup and use as many nodes as the fastest row: at most
 * `columns` numbers of ranks and `lines` numbers of threads, up to RXT_HEAT_SIDE. False if there is
 * no grid: fewer than two numbers of ranks or threads, or no mixed split. Pure. */
bool rxt_heat_of(int count, const rxt_row *const row[], int columns, int lines, rxt_heat *heat);

#endif
