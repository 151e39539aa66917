/* spawn.c - workers that are other programs: posix_spawnp of `true`, and waitpid for each.
 *
 * Nothing is copied: the child uses its parent's memory until the new program is loaded. Most of
 * the cost is to find the program in PATH, to load it and to link it; each worker has this cost.
 * Children inherit the CPU of their parent. */
#include <rxt/task.h>

#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <unistd.h>

#include "../support/children.h"

static int create(pid_t *child)
{
    char *argv[] = { (char[]){ "true" }, NULL };

    return posix_spawnp(child, argv[0], NULL, NULL, argv, environ);
}

static void run(const rxt_slab *slab, void *partial)
{
    *(double *)partial = (double)rxt_children_run(slab, create, 0);
}

static rxt_status trouble(rxt_slab *slab)
{
    const rxt_children *c = slab->state;
    const char *path = getenv("PATH");

    if (c->error == ENOENT || c->error == EACCES)
        return rxt_status_of(RXT_ENVIRONMENT,
                             "the program true is not in PATH=%.200s; add its folder",
                             path ? path : "");
    return rxt_children_trouble(slab);
}

const rxt_task rxt_task_spawn = {
    .kernel = {
        .name = "spawn",
        .formula = "posix_spawnp(true); waitpid",
        .merge = &rxt_sum,
        .proof = &rxt_proof_units,
        .grain = 1,
        .run = run,
        .make = rxt_children_make,
        .free = rxt_children_free,
        .task = &rxt_task_spawn,
    },
    .unit = RXT_UNIT_WORKER,
    .fits = rxt_children_fit,
    .trouble = trouble,
};
