/* cell_state.h - what rank 0 keeps of every cell. Elsewhere there are none. */
#ifndef RXT_CELL_STATE_H
#define RXT_CELL_STATE_H

#include "files/journal.h"
#include "plan/plan.h"

typedef struct rxt_cell_state {
    ptrdiff_t calls;  /* per visit; 0: not visited yet                        */
    double cost;      /* seconds of wall time that a visit takes              */
    double *seconds;  /* [room]: per call, NAN where not visited; NULL: not opened */
    rxt_value result; /* of the last visit, or of the wrong one               */
    double error;     /* NAN: never called                                    */
    bool wanted;      /* of a roof: at least one of its rows is still visited  */
    double *figure[RXT_VISIT_FIGURES]; /* as seconds: what else a visit measures */
    bool wrong;                        /* a result was wrong: not visited again     */
    char *trouble;     /* why a task cannot be done: not visited again; NULL: it can */
    bool refused_work; /* that is the environment's fault                     */
    int refused;       /* errno of a binding refused, or 0                     */
    bool astray;       /* bound, but some worker was seen off its planned CPU  */
    int *seen;         /* [workers]: the CPUs of the last visit                */
} rxt_cell_state;

/* All of a plan's cells, and the rounds in which they were visited. */
typedef struct rxt_cell_states {
    rxt_cell_state *state; /* [cells]; NULL: not made yet                              */
    int rounds;            /* begun                                                    */
    int room;              /* rounds that the lists of times have room for             */
    int *whole;            /* [sizes]: rounds in which all of the block was visited    */
    bool *opened;          /* [sizes]: it is visited; those asked for are from the start        */
    double **outgrown;     /* outgrown lists of times, kept until the end           */
    int outgrown_count;
} rxt_cell_states;

/* Makes those of the sizes asked for, all empty; of one more size, which is open then; frees them.
 */
rxt_status rxt_cell_states_make(const rxt_plan *plan, rxt_cell_states *cells);
rxt_status rxt_cell_states_grow(const rxt_plan *plan, int size, rxt_cell_states *cells);
void rxt_cell_states_free(const rxt_plan *plan, rxt_cell_states *cells);

/* Room for this many rounds; existing rounds stay. */
rxt_status rxt_cell_states_room(const rxt_plan *plan, int rounds, rxt_cell_states *cells);

/* Begins a round, for whose times there may be no memory. */
rxt_status rxt_cell_states_begin_round(const rxt_plan *plan, rxt_cell_states *cells);

/* Enters a visit, of this job or an earlier one. */
void rxt_cell_states_enter(const rxt_journal_visit *visit, rxt_cell_states *cells);

/* Records why a task cannot be done on cell c; takes over `why`. */
rxt_status rxt_cell_states_give_up(int c, rxt_status why, rxt_cell_states *cells);

/* Counts the rounds in which the whole block was visited; cells that are wrong or cannot be done
 * are not required. Between rounds. */
void rxt_cell_states_count_whole(const rxt_plan *plan, rxt_cell_states *cells);

/* The rounds that every block asked for has whole. */
int rxt_cell_states_whole(const rxt_plan *plan, const rxt_cell_states *cells);

/* Was any row visited, be it for a trial? */
bool rxt_cell_states_any(const rxt_plan *plan, const rxt_cell_states *cells);

/* How many rows the sizes have that are `opened`. */
int rxt_cell_states_rows(const rxt_plan *plan, const bool opened[]);

#endif
