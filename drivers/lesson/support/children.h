/* children.h - processes that this one creates and waits for: what fork and spawn share.
 *
 * All are created before the first is waited for, so that as many can be there at once. Each ends
 * by itself, and with a code that tells that it ran: created, run and reaped must be the same
 * number. What was created before a refusal is reaped as well. */
#ifndef CHILDREN_H
#define CHILDREN_H

#include <signal.h>
#include <sys/types.h>

#include <rxt/kernel.h>

#include "heap.h"

typedef struct rxt_children {
    rxt_heap heap;
    struct sigaction usual; /* what this process did about its children's ends */
    int error;              /* of the first that could not be created          */
    ptrdiff_t made;
    pid_t child[];
} rxt_children;

/* A task's make and free; the state is an rxt_children. If our parent ignores SIGCHLD, the
 * system reaps children and their exit codes are lost; so the default is restored meanwhile. */
rxt_status rxt_children_make(rxt_slab *slab);
void rxt_children_free(rxt_slab *slab);

/* Creates slab->n by `create`, which returns 0 or an errno, and waits for each. Returns how many
 * ended with `code`. */
ptrdiff_t rxt_children_run(const rxt_slab *slab, int (*create)(pid_t *child), int code);

/* A task's trouble. */
rxt_status rxt_children_trouble(rxt_slab *slab);

/* A task's fits: one thread of each rank creates the workers. */
bool rxt_children_fit(int nodes, int ranks, int threads);

#endif
