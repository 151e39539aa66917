/* cost.c - the costs of tasks: how much longer it takes to do the same in another way. */
#include "report/report.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/list.h"
#include "base/text.h"
#include "report/cells.h"
#include "report/fill.h"
#include <rxt/task.h>

enum { NAME = 20 }; /* the usual width of a task's name */

static bool same_block(const rxt_cost *a, const rxt_cost *b)
{
    return a->row->n == b->row->n && !strcmp(a->row->bind, b->row->bind);
}

static void put_heading(FILE *file, const rxt_rows *rows, const rxt_cost *cost)
{
    char n[32], text[100];

    fprintf(file, "n = %s %s%s%s\n", rxt_list_print(cost->row->n, n), cost->row->unit,
            cost->row->n == 1 ? "" : "s", rxt_row_weak(cost->row) ? " a worker" : "");
    rxt_cell_put(file, "  task", -2 - NAME);
    rxt_cell_put(file, "split", -8);
    rxt_cell_put(file, "time", 10);
    rxt_cell_put(file, "± %", 6);
    snprintf(text, sizeof text, "a %.40s", cost->row->unit);
    rxt_cell_put(file, text, 13);
    fprintf(file, "   times %s [95 %%]\n", rows->against);
}

static void put_cost(FILE *file, const rxt_cost *cost)
{
    const rxt_row *row = cost->row;
    char cell[RXT_CELL], split[RXT_SPLIT_TEXT];

    rxt_cell_put(file, "  ", 2);
    rxt_cell_put(file, row->kernel, -NAME);
    if (!row->verified || isnan(row->time.median)) {
        fputs(!row->verified && !isnan(row->error) ? "wrong result\n" : "not measured\n", file);
        return;
    }
    rxt_cell_put(file, rxt_split_name(row->split, split), -8);
    rxt_cell_put(file, rxt_cell_time(row->time.median, cell), 10);
    rxt_cell_put(file, rxt_cell_precision(&row->time, cell), 6);
    rxt_cell_put(file, row->n > 0 ? rxt_cell_time(row->time.median / (double)row->n, cell) : "",
                 13);
    fputs("   ", file);
    if (cost->against == row)
        fputs("1", file);
    else if (!isnan(cost->ratio.median))
        fputs(rxt_cell_interval(&cost->ratio, cell), file);
    fputc('\n', file);
}

/* Prints the least work that makes it worth to create a worker: the work must take longer than the
 * creation. */
static void put_worth(FILE *file, const rxt_cost cost[], int count)
{
    char text[RXT_SENTENCE], cell[RXT_CELL], n[32];
    int said = 0;

    snprintf(text, sizeof text, "n = %s   A worker pays if its work takes longer than this: ",
             rxt_list_print(cost->row->n, n));
    for (int c = 0; c < count; c++) {
        const rxt_row *row = cost[c].row;

        if (row->verified && !isnan(row->time.median))
            rxt_text_append(text, sizeof text, "%s%s %s", said++ ? ", " : "", row->kernel,
                            rxt_cell_time(row->time.median / (double)row->n, cell));
    }
    rxt_text_append(text, sizeof text, ".");
    if (said)
        rxt_report_fill(file, "", 10, text);
}

static int block_of(const rxt_costs *costs, int first)
{
    int count = 1;

    while (first + count < costs->count &&
           same_block(&costs->cost[first], &costs->cost[first + count]))
        count++;
    return count;
}

/* Prints why tasks of a block were not measured. */
static void put_reasons(FILE *file, const rxt_cost cost[], int count)
{
    char text[RXT_ROW_NOTE + 100];

    for (int c = 0; c < count; c++) {
        const rxt_row *row = cost[c].row;

        snprintf(text, sizeof text, "%.90s: %s", row->kernel, row->note);
        if (!row->verified && row->note[0])
            rxt_report_fill(file, "  note:", 8, text);
    }
}

void rxt_report_costs(FILE *file, const rxt_rows *rows, const rxt_costs *costs)
{
    for (int first = 0, count; first < costs->count; first += count) {
        count = block_of(costs, first);
        fputc('\n', file);
        put_heading(file, rows, &costs->cost[first]);
        for (int c = first; c < first + count; c++)
            put_cost(file, &costs->cost[c]);
        put_reasons(file, &costs->cost[first], count);
    }
}

void rxt_report_worth(FILE *file, const rxt_costs *costs)
{
    for (int c = 0; c < costs->count; c += block_of(costs, c)) {
        const rxt_row *row = costs->cost[c].row;

        if (row->n > 0 && !strcmp(row->unit, RXT_UNIT_WORKER))
            put_worth(file, &costs->cost[c], block_of(costs, c));
    }
}
