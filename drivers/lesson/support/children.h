/* children.h - child processes: created and waited for. Shared by the tasks fork and spawn.
 *
 * All children are created before the first one is waited for, so all of them may exist at the same
 * time. Each child ends by itself with an exit code that proves that it ran: the numbers created,
 * run and reaped must be the same. If the system refuses to create a child, the children that were
 * created before are still reaped. */
#ifndef CHILDREN_H
#define CHILDREN_H

#include <signal.h>
#include <sys/types.h>

#include <rxt/kernel.h>

#include "heap.h"

typedef struct rxt_children {
    rxt_heap heap;
    struct sigaction usual; /* action of SIGCHLD before make; free restores this action */
    int error;              /* errno of the first child that could not be created; 0: none */
    ptrdiff_t made;
    pid_t child[];
} rxt_children;

/* A task's make and free; the slab's state is an rxt_children. This process may have inherited from
 * its parent that SIGCHLD is ignored. Then the system would reap the children, and their exit codes
 * would be lost. So make sets the default action, and free restores the old action. */
rxt_status rxt_children_make(rxt_slab *slab);
void rxt_children_free(rxt_slab *slab);

/* Creates slab->n children by `create`, which returns 0 or an errno, and waits for each. Returns
 * how many ended with the exit code `code`. */
ptrdiff_t rxt_children_run(const rxt_slab *slab, int (*create)(pid_t *child), int code);

/* A task's trouble: says how many children could be created, and why not more. */
rxt_status rxt_children_trouble(rxt_slab *slab);

/* A task's fits: only splits with one thread per rank, because one thread of each rank creates the
 * children. */
bool rxt_children_fit(int nodes, int ranks, int threads);

#endif
