/* workspace.h - what a rank needs to take part in visits. */
#ifndef RXT_WORKSPACE_H
#define RXT_WORKSPACE_H

#include "data/arena.h"
#include "study/study.h"

typedef struct rxt_workspace {
    const rxt_study_host *host;
    const rxt_plan *plan;
    double resolution;   /* resolution of the clock, in seconds */
    rxt_comm **part;     /* [splits]: communicators; NULL where this rank takes no part; shared by
                            splits with the same ranks */
    rxt_arena **arena;   /* [sizes]: memory for operands; NULL: not allocated */
    void **facts;        /* [kernels × totals]; NULL for a kernel that stores */
    int *seen;           /* [workers of the largest split]: CPUs seen in a visit */
    double making, made; /* made: number of elements of operands generated; making: seconds that
                            this took, summed over all ranks */
} rxt_workspace;

/* Allocates the lists, all empty. Local. */
rxt_status rxt_workspace_make(rxt_workspace *workspace);

/* Makes the communicators of all splits and readies them for the kernels' reductions. Collective
 * over the world. */
rxt_status rxt_workspace_make_parts(rxt_workspace *workspace);

/* rxt_workspace_take allocates this rank's memory for a size. rxt_workspace_prove makes the facts
 * of all kernels at the size's totals, unless they exist. rxt_workspace_ready does both, for a size
 * that is opened while the study runs; if it fails, the size stays closed. Collective over the
 * world. */
rxt_status rxt_workspace_take(rxt_workspace *workspace, int size);
rxt_status rxt_workspace_prove(rxt_workspace *workspace, int size);
rxt_status rxt_workspace_ready(rxt_workspace *workspace, int size);

/* Seconds that one rank needs to generate one element of an operand; 0: not known. Local. */
double rxt_workspace_seconds_each(const rxt_workspace *workspace);

/* Frees everything; the plan must still exist. Lists that were not made are skipped. */
void rxt_workspace_close(rxt_workspace *workspace);

#endif
