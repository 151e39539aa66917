/* fork.c - workers that are copies of the process: fork, _exit in the child, and waitpid for each.
 *
 * Memory is copied only when it is written to, but the page tables are copied at once: the more
 * memory the parent holds, the longer a fork takes (--heap). The memory of loaded libraries counts,
 * too: a fork of a small program took 0.28 ms; a fork of this driver took 0.64 ms without MPI and
 * 1.2 ms with Open MPI. Children inherit the CPU of their parent, as threads do. */
#include <rxt/task.h>

#include <errno.h>
#include <unistd.h>

#include "../support/children.h"

enum { RAN = 42 };

static int create(pid_t *child)
{
    *child = fork();
    if (*child == 0)
        _exit(RAN);
    return *child < 0 ? errno : 0;
}

static void run(const rxt_slab *slab, void *partial)
{
    *(double *)partial = (double)rxt_children_run(slab, create, RAN);
}

const rxt_task rxt_task_fork = {
    .kernel = {
        .name = "fork",
        .formula = "fork; _exit; waitpid",
        .merge = &rxt_sum,
        .proof = &rxt_proof_units,
        .grain = 1,
        .run = run,
        .make = rxt_children_make,
        .free = rxt_children_free,
        .task = &rxt_task_fork,
    },
    .unit = RXT_UNIT_WORKER,
    .fits = rxt_children_fit,
    .trouble = rxt_children_trouble,
};
