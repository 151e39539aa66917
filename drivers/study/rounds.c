/* rounds.c - carries out the plan: rounds of visits in random order, directed by rank 0. */
#include "study/study.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/random.h"
#include "study/bisect.h"
#include "study/budget.h"
#include "study/conduct.h"
#include "study/refusal.h"
#include "study/study_type.h"
#include "study/trial.h"
#include "study/visit.h"

/* Fisher-Yates shuffle. */
static void shuffle(int count, int items[], uint64_t *state)
{
    for (int i = count - 1; i > 0; i--) {
        int j = (int)(rxt_random_next(state) % (uint64_t)(i + 1)), item = items[i];

        items[i] = items[j];
        items[j] = item;
    }
}

/* Visits the cells of a block in random order. *late is set if the user's budget has no time for
 * the next visit. */
static rxt_status visit_block(rxt_study *study, int size, int round, int cells[], uint64_t *state,
                              bool *late)
{
    rxt_conductor *conductor = &study->conductor;
    int count = rxt_conductor_block(conductor, size, cells);

    if (study->settings.epochs > 1)
        rxt_cell_states_next_epoch(&conductor->cells, size);
    shuffle(count, cells, state);
    for (int i = 0; i < count; i++) {
        rxt_status st;

        *late = rxt_conductor_too_late(conductor, cells[i]);
        if (*late)
            return RXT_OK;
        st = rxt_study_conduct(study, cells[i], round);
        *late = conductor->cut;
        if (st || *late)
            return st;
    }
    conductor->cells.whole[size]++;
    return RXT_OK;
}

/* Visits all open blocks once, then closes the blocks that are precise enough. */
static rxt_status one_round(rxt_study *study, int *blocks, int *open, int cells[], uint64_t *state,
                            bool *late)
{
    rxt_conductor *conductor = &study->conductor;
    int round = conductor->cells.rounds, left = 0;
    rxt_status st = rxt_cell_states_begin_round(conductor->plan, &conductor->cells);

    shuffle(*open, blocks, state);
    for (int b = 0; b < *open && !*late && !st; b++)
        st = visit_block(study, blocks[b], round, cells, state, late);
    if (st)
        return st;
    if (*late)
        return rxt_conductor_out_of_budget(conductor);
    for (int b = 0; b < *open; b++)
        if (!rxt_conductor_is_precise(conductor, blocks[b], cells))
            blocks[left++] = blocks[b];
    *open = left;
    rxt_watch_look(&study->watch);
    rxt_resume_sync(&study->resume);
    return RXT_OK;
}

static void show_progress(const rxt_conductor *conductor, int open)
{
    const rxt_study_host *host = conductor->host;
    double left = conductor->deadline - rxt_clock_now();
    int rounds = conductor->cells.rounds, most = conductor->plan->settings->rounds_max;

    if (open > 0)
        host->progress(host->arg, rounds, rounds > most ? rounds : most, left);
}

/* Selects the blocks that continue after the end of the budget: none if the user gave the budget.
 * With the default budget, those that have fewer rounds than rxt_study_enough; if there are none,
 * --break-even may add sizes. */
static rxt_status beyond_budget(rxt_study *study, int blocks[], int *open)
{
    int left = 0;

    for (int b = 0; b < *open; b++)
        if (study->conductor.cells.whole[blocks[b]] < rxt_study_enough(study))
            blocks[left++] = blocks[b];
    *open = study->settings.budget_given ? 0 : left;
    return *open ? RXT_OK : rxt_study_bisect(study, true, blocks, open);
}

/* Is the budget spent, and does every block of a requested size have the minimum of rounds? */
static bool is_spent(const rxt_conductor *conductor)
{
    return rxt_cell_states_whole(conductor->plan, &conductor->cells) >=
               conductor->plan->settings->rounds_min &&
           rxt_clock_now() > conductor->deadline;
}

/* Writes the open blocks that are not precise enough yet into blocks[]; returns their number. */
static int open_blocks(const rxt_conductor *conductor, int blocks[], int cells[])
{
    const rxt_cell_states *states = &conductor->cells;
    int open = 0;

    for (int s = 0; s < conductor->plan->sizes; s++)
        if (states->opened[s] &&
            (states->whole[s] == 0 || !rxt_conductor_is_precise(conductor, s, cells)))
            blocks[open++] = s;
    return open;
}

/* Makes rounds until every block is done or, once all blocks have their minimum of rounds, the
 * budget is spent. */
static rxt_status all_rounds(rxt_study *study, int blocks[], int cells[])
{
    const rxt_conductor *conductor = &study->conductor;
    /* a resumed job must not repeat an earlier job's random orders */
    uint64_t state = study->settings.seed + (uint64_t)conductor->cells.rounds;
    int open = open_blocks(conductor, blocks, cells);
    bool late = false;
    rxt_status st = rxt_study_bisect(study, true, blocks, &open);

    while (!st && !late && open > 0) {
        st = one_round(study, blocks, &open, cells, &state, &late);
        if (!st && !late)
            st = rxt_study_bisect(study, false, blocks, &open);
        if (!st && !late && is_spent(conductor))
            st = beyond_budget(study, blocks, &open);
        show_progress(conductor, open);
    }
    return st;
}

static rxt_status lead(rxt_study *study)
{
    rxt_conductor *conductor = &study->conductor;
    int *blocks = malloc((size_t)study->plan.sizes * sizeof *blocks);
    int *cells = malloc((size_t)study->plan.all * sizeof *cells);
    bool late = false;
    rxt_status st = RXT_OK;

    if (!blocks || !cells)
        st = rxt_status_no_memory("for the order of visits");
    if (!st) {
        rxt_budget_say_guess(conductor, rxt_workspace_seconds_each(&study->workspace),
                             study->workspace.resolution);
        st = rxt_study_try(study, &late);
    }
    if (!st && late)
        st = rxt_conductor_out_of_budget(conductor);
    if (!st) {
        /* count the whole rounds of earlier jobs again: only after the trials it is known which
         * cells cannot be measured; a whole round does not need these cells */
        rxt_cell_states_count_whole(conductor->plan, &conductor->cells);
        rxt_refusal_say_unbound(conductor);
        rxt_refusal_say_left_out(conductor);
        rxt_budget_say_needs(conductor);
        rxt_study_say_bisection(study);
        st = all_rounds(study, blocks, cells);
        conductor->complete = !st;
        rxt_study_say_brackets(study);
    }
    free(blocks);
    free(cells);
    rxt_study_end(study);
    return st;
}

rxt_status rxt_study_run(rxt_study *study, bool *lost)
{
    const rxt_conductor *conductor = &study->conductor;
    rxt_status st, wrong;

    *lost = false;
    rxt_watch_begin(&study->watch);
    if (rxt_comm_rank(study->host.world) == 0)
        st = lead(study);
    else
        st = rxt_visit_follow(&study->workspace, lost);
    if (!*lost)
        rxt_watch_end(&study->watch, study->host.world, study->nodes);
    if (rxt_comm_rank(study->host.world) != 0)
        return st;
    wrong = rxt_refusal_wrong(conductor);
    st = rxt_status_code(st) == RXT_ENVIRONMENT ? rxt_status_first(st, wrong)
                                                : rxt_status_first(wrong, st);
    return rxt_status_first(st, rxt_refusal_of(conductor));
}
