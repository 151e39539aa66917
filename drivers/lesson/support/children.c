/* children.c - child processes: created and waited for. */
#include "children.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "comm/comm.h"
#include "machine/cpus.h"

/* The most bytes that a child needs until it has ended: the system's own records, and page tables,
 * which take 1/512 of the memory that they map. On one CPU most children still exist when the last
 * one is created. */
static double bytes_of(double heap)
{
    return 256e3 + heap / 512;
}

static rxt_status list(const rxt_slab *slab, rxt_children **children)
{
    int ranks = slab->comm ? rxt_comm_node_ranks(slab->comm) : 1;
    double free = rxt_cpus_memory("", NULL), needed = (double)slab->n * bytes_of(slab->task->heap);

    if (needed * ranks > free)
        return rxt_status_no_memory("for %td processes at once: they can need %.0f MB, and %.0f "
                                    "MB are free",
                                    slab->n * ranks, needed * ranks / 1e6, free / 1e6);
    *children = calloc(1, sizeof **children + (size_t)slab->n * sizeof(pid_t));
    return *children ? RXT_OK : rxt_status_no_memory("for a list of %td processes", slab->n);
}

rxt_status rxt_children_make(rxt_slab *slab)
{
    struct sigaction plain = { .sa_handler = SIG_DFL };
    rxt_heap heap;
    rxt_children *c = NULL;
    rxt_status st = rxt_heap_take(slab, &heap);

    if (!st)
        st = list(slab, &c);
    slab->state = c;
    if (st) {
        rxt_heap_drop(&heap);
        return st;
    }
    c->heap = heap;
    sigaction(SIGCHLD, &plain, &c->usual);
    return RXT_OK;
}

void rxt_children_free(rxt_slab *slab)
{
    rxt_children *c = slab->state;

    if (!c)
        return;
    sigaction(SIGCHLD, &c->usual, NULL);
    rxt_heap_drop(&c->heap);
    free(c);
}

/* Waits for a child and returns its exit code, or -1 if it did not exit by itself. */
static int reap(pid_t child)
{
    int ended = 0;

    while (waitpid(child, &ended, 0) < 0)
        if (errno != EINTR)
            return -1;
    return WIFEXITED(ended) ? WEXITSTATUS(ended) : -1;
}

ptrdiff_t rxt_children_run(const rxt_slab *slab, int (*create)(pid_t *child), int code)
{
    rxt_children *c = slab->state;
    ptrdiff_t done = 0;

    if (c->error) /* keep the error of the first failed call for trouble */
        return 0;
    c->made = 0;
    while (c->made < slab->n && !c->error) {
        c->error = create(&c->child[c->made]);
        c->made += !c->error;
    }
    for (ptrdiff_t i = 0; i < c->made; i++)
        done += reap(c->child[i]) == code;
    return done;
}

rxt_status rxt_children_trouble(rxt_slab *slab)
{
    const rxt_children *c = slab->state;

    if (!c->error)
        return RXT_OK;
    return rxt_status_of(RXT_ENVIRONMENT,
                         "only %td of %td processes could be created (%s); raise ulimit -u, or "
                         "kernel.pid_max by sysctl",
                         c->made, slab->n, strerror(c->error));
}

bool rxt_children_fit(int nodes, int ranks, int threads)
{
    (void)nodes;
    (void)ranks;
    return threads == 1;
}
