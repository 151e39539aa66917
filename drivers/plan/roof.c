/* roof.c - which roofs the rows of a plan are compared with. */
#include "plan/roof.h"

#include <stdlib.h>

/* The roofs of the kernels, and the cells that these roofs have so far. */
typedef struct judges {
    rxt_plan *plan;
    int (*of)[RXT_ROOF_KINDS]; /* [kernels]: for each kernel the indices of its roofs; -1: no such
                                  roof */
    int *cell;                 /* [roofs × sizes × binds × splits]: index of the cell; -1: not
                                  made yet */
} judges;

/* Index of a roof in the plan's list; a new roof is appended. -1: the kernel has no such roof. */
static int number_of(rxt_plan *plan, const rxt_roof *roof)
{
    int r = 0;

    if (!roof->kernel.loop)
        return -1;
    while (r < plan->roofs && !rxt_roof_equal(&plan->roof[r], roof))
        r++;
    if (r == plan->roofs)
        plan->roof[plan->roofs++] = *roof;
    return r;
}

static void list_roofs(judges *j)
{
    const rxt_settings *settings = j->plan->settings;
    rxt_roof roof[RXT_ROOF_KINDS];

    for (int k = 0; k < settings->kernels; k++) {
        rxt_roof_of(settings->kernel[k], roof);
        for (int kind = 0; kind < RXT_ROOF_KINDS; kind++)
            j->of[k][kind] = settings->kernel[k]->task ? -1 : number_of(j->plan, &roof[kind]);
    }
}

/* Should the roof be measured for this row? A row without elements has no roof, because no data is
 * moved then. A far loop is not measured if a worker's share fits into a core's L2 cache, because
 * far loops are made for larger data. */
static bool worth(const rxt_plan *plan, const rxt_roof *roof, const rxt_cell *row)
{
    const rxt_split *split = &plan->splits.split[row->split];
    double total = (double)plan->total[row->total], workers = split->ranks * split->threads,
           bytes = total * roof->kernel.arrays * (double)rxt_type_size(roof->kernel.type);

    return total > 0 && (!roof->far || bytes / workers > plan->place->l2);
}

/* Index of the cell of roof r for the size and the workers of a row. If there is no such cell yet,
 * it is made. Rows of all teams and combines use the same cell. An arithmetic roof moves no data,
 * so it is measured at one size only, that of the first row that needs it. -1: the roof is not
 * worth measuring. */
static int cell_of(judges *j, int r, const rxt_cell *row)
{
    rxt_plan *plan = j->plan;
    int binds = plan->settings->binds, splits = plan->splits.count;
    int size = plan->roof[r].flops > 0 ? 0 : row->size;
    int *cell = &j->cell[((r * plan->sizes + size) * binds + row->bind) * splits + row->split];

    if (*cell >= 0 || !worth(plan, &plan->roof[r], row))
        return *cell;
    *cell = plan->all++;
    plan->cell[*cell] = (rxt_cell){ .kernel = plan->settings->kernels + r,
                                    .size = row->size,
                                    .bind = row->bind,
                                    .split = row->split,
                                    .total = row->total,
                                    .baseline = *cell };
    return *cell;
}

/* Finds the roofs of all rows. Sizes that --break-even adds have no roofs. */
static void judge_rows(judges *j)
{
    rxt_plan *plan = j->plan;

    for (int c = 0; c < plan->cells; c++) {
        rxt_cell *row = &plan->cell[c];

        for (int kind = 0; kind < RXT_ROOF_KINDS; kind++) {
            int r = row->size < plan->asked ? j->of[row->kernel][kind] : -1;

            row->roof[kind] = r < 0 ? -1 : cell_of(j, r, row);
        }
    }
}

static rxt_status make_room(judges *j)
{
    rxt_plan *plan = j->plan;
    size_t most = (size_t)plan->roofs * (size_t)plan->sizes * (size_t)plan->settings->binds *
                  (size_t)plan->splits.count;
    rxt_cell *more = realloc(plan->cell, ((size_t)plan->cells + most) * sizeof *more);

    if (more)
        plan->cell = more;
    j->cell = malloc(most * sizeof *j->cell + 1);
    if (!more || !j->cell)
        return rxt_status_no_memory("for the study's plan");
    for (size_t i = 0; i < most; i++)
        j->cell[i] = -1;
    return RXT_OK;
}

rxt_status rxt_plan_roofs(rxt_plan *plan)
{
    size_t kernels = (size_t)plan->settings->kernels;
    judges j = { .plan = plan, .of = malloc(kernels * sizeof *j.of + 1) };
    rxt_status st;

    plan->all = plan->cells;
    plan->roof = calloc(kernels * RXT_ROOF_KINDS + 1, sizeof *plan->roof);
    if (!j.of || !plan->roof) {
        free(j.of);
        return rxt_status_no_memory("for the study's plan");
    }
    list_roofs(&j);
    st = make_room(&j);
    if (!st)
        judge_rows(&j);
    free(j.of);
    free(j.cell);
    return st;
}
