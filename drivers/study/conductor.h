/* conductor.h - what rank 0 knows of a study under way, and decides by: what was visited, and how
 * much of the budget is left. */
#ifndef RXT_CONDUCTOR_H
#define RXT_CONDUCTOR_H

#include "study/cell_state.h"
#include "study/study.h"

typedef struct rxt_conductor {
    const rxt_study_host *host;
    const rxt_plan *plan;
    rxt_cell_states cells; /* on rank 0; elsewhere empty                              */
    double deadline;       /* of the budget                                           */
    bool cut;              /* the end of a given budget cut a visit short             */
    bool narrowed;         /* no more sizes are opened: memory is short               */
    bool complete;         /* every block is done, or the budget spent after its minimum */
} rxt_conductor;

/* The rounds in which roofs are visited, too. */
int rxt_conductor_roof_rounds(const rxt_conductor *conductor);

/* The cells of a size that are still visited, into cells[]: rows whose results were right so far,
 * and in the first rounds their roofs. Returns how many. */
int rxt_conductor_block(rxt_conductor *conductor, int size, int cells[]);

/* Is every speedup of a size precise enough? `cells` is room for all of the plan's. */
bool rxt_conductor_is_precise(const rxt_conductor *conductor, int size, int cells[]);

/* Would one more visit to cell c, as long as its last, end after the user's budget? */
bool rxt_conductor_too_late(const rxt_conductor *conductor, int c);

/* RXT_STOPPED when a budget that is spent leaves less than the minimum of rounds. */
rxt_status rxt_conductor_out_of_budget(const rxt_conductor *conductor);

#endif
