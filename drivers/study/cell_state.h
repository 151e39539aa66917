/* cell_state.h - the results and the state of every cell. They exist on rank 0 only. */
#ifndef RXT_CELL_STATE_H
#define RXT_CELL_STATE_H

#include "files/journal.h"
#include "plan/plan.h"

typedef struct rxt_cell_state {
    ptrdiff_t calls;  /* calls per visit; 0: not visited yet */
    double cost;      /* wall time of one visit in seconds */
    double *seconds;  /* [room]: per call; NAN: not visited; NULL: size not opened */
    int *epoch;       /* [room]: the epoch of each visit; 0 where not visited */
    rxt_value result; /* result of the last visit; after a wrong result: that result */
    double error;     /* error in units of the proof's bound; NAN: never called */
    bool wanted;      /* for a roof: a row that is compared with this roof is still visited */
    double *figure[RXT_VISIT_FIGURES]; /* other figures of a visit; each [room] like seconds */
    bool wrong;                        /* a result was wrong; the cell is not visited again */
    char *trouble; /* why the task cannot be done (the cell is not visited again); NULL: it can */
    bool refused_work; /* `trouble` was caused by the environment, not by the command line */
    int refused;       /* errno of a failed thread binding, or 0 */
    bool astray;       /* a bound worker was seen on a CPU other than its planned one */
    int *seen;         /* [workers]: CPUs seen in the last visit; -1: none seen yet */
} rxt_cell_state;

/* The epoch of a size: its splits are visited in pages that were drawn once, until the next epoch
 * draws others for all of them. */
typedef struct rxt_epoch_state {
    int number;      /* of the epoch now, from 0 */
    double drawing;  /* seconds that all draws of this job took, except that of its first epoch */
    double visiting; /* seconds that all visits of this job took, without `drawing` */
} rxt_epoch_state;

/* The state of all cells of a plan, and the rounds in which they were visited. */
typedef struct rxt_cell_states {
    rxt_cell_state *state;  /* [plan->all]; NULL: not allocated yet */
    int rounds;             /* rounds begun so far */
    int room;               /* capacity of the lists of times, in rounds */
    int *whole;             /* [sizes]: rounds in which the whole block was visited */
    rxt_epoch_state *epoch; /* [sizes] */
    bool *opened;    /* [sizes]: the size is measured; sizes asked for are open from the start */
    void **outgrown; /* old lists that were replaced by longer ones; freed at the end */
    int outgrown_count;
} rxt_cell_states;

/* rxt_cell_states_make allocates empty states for the requested sizes. rxt_cell_states_grow
 * allocates the states of one more size and opens this size. RXT_ENVIRONMENT without memory. */
rxt_status rxt_cell_states_make(const rxt_plan *plan, rxt_cell_states *cells);
rxt_status rxt_cell_states_grow(const rxt_plan *plan, int size, rxt_cell_states *cells);
void rxt_cell_states_free(const rxt_plan *plan, rxt_cell_states *cells);

/* Makes room for this many rounds; the times of existing rounds are kept. RXT_ENVIRONMENT without
 * memory. */
rxt_status rxt_cell_states_room(const rxt_plan *plan, int rounds, rxt_cell_states *cells);

/* Begins a round and makes room for its times. RXT_ENVIRONMENT without memory. */
rxt_status rxt_cell_states_begin_round(const rxt_plan *plan, rxt_cell_states *cells);

/* Begins a new epoch of a size, unless the draws so far took more than a small part (7 %) of the
 * time of the visits. So an epoch lasts one round where drawing is cheap, and several rounds where
 * it is not. */
void rxt_cell_states_next_epoch(rxt_cell_states *cells, int size);

/* Adds the time of a visit in the current epoch, of which drawing took `drawing`. */
void rxt_cell_states_count_epoch(rxt_cell_states *cells, int size, double cost, double drawing);

/* Enters the results of a visit of this job or, from the journal, of an earlier job. */
void rxt_cell_states_enter(const rxt_journal_visit *visit, rxt_cell_states *cells);

/* Records why the task of cell c cannot be done. Frees `why`. */
rxt_status rxt_cell_states_give_up(int c, rxt_status why, rxt_cell_states *cells);

/* Sets `whole` for every size: the number of rounds in which the whole block was visited. Cells
 * that are wrong or cannot be done are not required. Call it between rounds. */
void rxt_cell_states_count_whole(const rxt_plan *plan, rxt_cell_states *cells);

/* The smallest number of whole rounds among the requested sizes. */
int rxt_cell_states_whole(const rxt_plan *plan, const rxt_cell_states *cells);

/* Was any row visited? A trial visit counts, too. */
bool rxt_cell_states_any(const rxt_plan *plan, const rxt_cell_states *cells);

/* The number of rows of all sizes whose `opened` flag is set. */
int rxt_cell_states_rows(const rxt_plan *plan, const bool opened[]);

#endif
