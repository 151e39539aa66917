/* figure_p99.c - the seconds below which 99 % of a task's units took, in the last call. */
#include "measure/visit_state.h"

#include <rxt/task.h>

double rxt_figure_p99(const rxt_visit *visit, const void *partial)
{
    const rxt_task *task = visit->kernel->task;

    return task && task->quantile ? task->quantile(partial, 0.99) : NAN;
}
