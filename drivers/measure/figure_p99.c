/* figure_p99.c - the figure p99 of a task: 99 % of the units of the last call took at most this
 * time, in seconds. */
#include "measure/visit_state.h"

#include <rxt/task.h>

double rxt_figure_p99(const rxt_visit *visit, const void *partial)
{
    const rxt_task *task = visit->kernel->task;

    return task && task->quantile ? task->quantile(partial, 0.99) : NAN;
}
