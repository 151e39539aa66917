/* roof.c - which loops judge which rows of a plan. */
#include "plan/roof.h"

#include <stdlib.h>

/* Roofs of the kernels, and the cells that they have so far. */
typedef struct judges {
    rxt_plan *plan;
    int (*of)[RXT_ROOF_KINDS]; /* [kernels]: their roofs' numbers; -1: none          */
    int *cell;                 /* [roofs × sizes × binds × splits]: -1: not there yet */
} judges;

/* The number of a roof in the plan's list, where it is put when it is new. */
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

/* Without elements nothing is moved. Far loops are useless if the second-level cache of a core
 * holds the share. */
static bool worth(const rxt_plan *plan, const rxt_roof *roof, const rxt_cell *row)
{
    const rxt_split *split = &plan->splits.split[row->split];
    double total = (double)plan->total[row->total], workers = split->ranks * split->threads,
           bytes = total * roof->kernel.arrays * (double)rxt_type_size(roof->kernel.type);

    return total > 0 && (!roof->far || bytes / workers > plan->place->l2);
}

/* The cell of roof r on a row's workers, at its size: all teams and ways to combine share it.
 * Arithmetic moves nothing, so all sizes share the roof of the first row. */
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

/* Sizes that --break-even adds have no roofs. */
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
