/* conductor.h - the state of a running study on rank 0: the results of the visits, the end of the
 * budget, and whether the study is complete. */
#ifndef RXT_CONDUCTOR_H
#define RXT_CONDUCTOR_H

#include "study/cell_state.h"
#include "study/study.h"

typedef struct rxt_conductor {
    const rxt_study_host *host;
    const rxt_plan *plan;
    rxt_cell_states cells; /* empty on ranks other than 0 */
    double deadline;       /* end of the budget, on the clock of rxt_clock_now */
    bool cut;              /* the user's budget ended during a visit, which was dropped */
    bool narrowed;         /* no more sizes are added, because memory is short */
    bool complete; /* all blocks are done, or the budget was spent after the minimum of rounds */
} rxt_conductor;

/* The number of whole rounds of a size in which its roofs are visited as well. */
int rxt_conductor_roof_rounds(const rxt_conductor *conductor);

/* Writes the cells of a size that are still visited into cells[]: the rows that have no wrong
 * result and whose task can be done; in the first rounds also the roofs of these rows. Returns
 * their number. */
int rxt_conductor_block(rxt_conductor *conductor, int size, int cells[]);

/* Is a size done: is every speedup precise enough, or the maximum of rounds reached?
 * cells[plan->cells] is scratch space. */
bool rxt_conductor_is_precise(const rxt_conductor *conductor, int size, int cells[]);

/* Would another visit to cell c, if it takes as long as the last one, end after the user's
 * budget? */
bool rxt_conductor_too_late(const rxt_conductor *conductor, int c);

/* Call after the end of the budget. RXT_STOPPED if a requested size has fewer whole rounds than the
 * minimum. */
rxt_status rxt_conductor_out_of_budget(const rxt_conductor *conductor);

#endif
