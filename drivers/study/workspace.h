/* workspace.h - what a rank needs to take part in visits. */
#ifndef RXT_WORKSPACE_H
#define RXT_WORKSPACE_H

#include "data/arena.h"
#include "study/study.h"

typedef struct rxt_workspace {
    const rxt_study_host *host;
    const rxt_plan *plan;
    double resolution; /* of the clock that times visits                            */
    rxt_comm **part;   /* [splits]: NULL where this rank is outside; shared by splits of like
                          ranks */
    rxt_arena **arena; /* [sizes]: NULL where this rank needs none                  */
    void **facts;      /* [kernels × totals]: NULL for a kernel that stores         */
    int *seen;         /* [workers of the largest split]: CPUs of a visit           */
    double making,
        made; /* seconds that the ranks took to generate this many elements of operands */
} rxt_workspace;

/* Makes its lists, all empty. Local. */
rxt_status rxt_workspace_make(rxt_workspace *workspace);

/* Makes the splits' comms, ready for what is merged. Collective over the world. */
rxt_status rxt_workspace_make_parts(rxt_workspace *workspace);

/* Takes this rank's memory for a size; makes the facts of all kernels at its totals, where they are
 * not there yet; both, where a size is opened while the study runs: a failure leaves it closed.
 * Collective over the world. */
rxt_status rxt_workspace_take(rxt_workspace *workspace, int size);
rxt_status rxt_workspace_prove(rxt_workspace *workspace, int size);
rxt_status rxt_workspace_ready(rxt_workspace *workspace, int size);

/* Seconds that an element of an operand took to make; 0: not known. Local. */
double rxt_workspace_seconds_each(const rxt_workspace *workspace);

/* Gives all of it back, as long as the plan is there. Where it was not made there is nothing. */
void rxt_workspace_close(rxt_workspace *workspace);

#endif
