/* conduct.c - rank 0's part of a visit: sends the order, and keeps the outcome. */
#include "study/conduct.h"

#include <math.h>
#include <stddef.h>

#include "base/clock.h"
#include "measure/measure.h"
#include "study/study_type.h"
#include "study/visit.h"
#include "support/proof.h"

enum { TOO_LONG = 8 }; /* a visit that lasts this many times the shortest duration is too long */

static bool seats_kept(const rxt_plan *plan, const rxt_cell *cell, const int *seen)
{
    int threads = plan->splits.split[cell->split].threads,
        per_node = rxt_plan_per_node(plan, cell->split);
    const int *planned = rxt_plan_cpu(plan, cell->bind, cell->split);

    if (rxt_bind_leaves(plan->settings->bind[cell->bind]))
        return true;
    for (int w = 0; w < per_node * threads; w++)
        if (seen[w] != planned[w])
            return false;
    return true;
}

/* Enters an outcome and writes it to the journal. The CPUs seen are already in the cell's state. */
static void keep(rxt_study *study, int c, int round, const rxt_outcome *outcome, double cost)
{
    const rxt_plan *plan = &study->plan;
    const rxt_cell *cell = &plan->cell[c];
    const rxt_split *split = &plan->splits.split[cell->split];
    rxt_cell_state *state = &study->conductor.cells.state[c];
    bool bound = !outcome->refused && !state->refused;
    rxt_journal_visit visit = {
        .cell = c,
        .round = round,
        .epoch = study->conductor.cells.epoch[cell->size].number,
        .calls = outcome->calls,
        .seconds = outcome->seconds,
        .figures = outcome->figures,
        .cost = cost,
        .result = outcome->result,
        .error = outcome->error,
        .right = outcome->right,
        .astray = bound && !seats_kept(plan, cell, state->seen),
        .refused = outcome->refused,
        .workers = rxt_split_workers(*split),
        .seen = state->seen,
    };

    rxt_cell_states_enter(&visit, &study->conductor.cells);
    rxt_resume_record(&study->resume, &visit);
}

/* The first cell that has a right result of the same kernel with the same total. The cell of 1×1
 * comes first, so it is found if it has a right result. */
static const rxt_cell_state *like(const rxt_conductor *conductor, const rxt_cell *cell)
{
    for (int c = 0; c < conductor->plan->all; c++) {
        const rxt_cell *other = &conductor->plan->cell[c];
        const rxt_cell_state *state = &conductor->cells.state[c];

        if (other->kernel == cell->kernel && other->total == cell->total && state->calls > 0 &&
            !state->wrong && !isnan(state->error))
            return state;
    }
    return NULL;
}

/* A result without a proof must agree with the result of another split, or of an earlier visit. */
static void compare(const rxt_conductor *conductor, const rxt_cell *cell, rxt_outcome *outcome)
{
    const rxt_kernel *kernel = rxt_plan_kernel(conductor->plan, cell->kernel);
    const rxt_cell_state *other = rxt_proof_by_agreement(kernel) ? like(conductor, cell) : NULL;

    if (!other || !outcome->right)
        return;
    outcome->error = rxt_proof_apart(kernel->type, outcome->result, other->result, outcome->slack);
    outcome->right = outcome->error <= 1;
    if (!outcome->right)
        outcome->seconds = NAN;
}

/* The status after an abandoned visit, in round number `round` or between two rounds. If the user's
 * budget has ended, sets conductor->cut and returns RXT_OK; else returns RXT_STOPPED. */
static rxt_status cut_short(rxt_conductor *conductor, int round)
{
    conductor->cut =
        conductor->plan->settings->budget_given && rxt_clock_now() >= conductor->deadline;
    if (conductor->cut)
        return RXT_OK;
    if (conductor->cells.rounds == 0)
        return rxt_status_of(RXT_STOPPED, "stopped by a signal before the first round");
    return rxt_status_of(RXT_STOPPED, "stopped by a signal after %d round%s", round,
                         round == 1 ? "" : "s");
}

/* Number of calls of the next visit; 0: the visit finds it. If the last visit was too short, the
 * next visit makes twice as many calls: the host stalled during all tries of the trial, so a call
 * seemed slower than it is. If the last visit was too long, the next visit makes half as many
 * calls; else the study would not end. This happens if workers share cores: a call then takes
 * microseconds or a whole time slice, at random. */
static ptrdiff_t calls_for(double resolution, const rxt_cell_state *state, int round)
{
    double least = rxt_measure_least(resolution),
           last = round > 0 ? state->seconds[round - 1] * (double)state->calls : NAN;

    if (last < least / 2 && state->calls < PTRDIFF_MAX / 2)
        return 2 * state->calls;
    return last > TOO_LONG * least && state->calls > 1 ? state->calls / 2 : state->calls;
}

rxt_status rxt_study_conduct(rxt_study *study, int c, int round)
{
    const rxt_plan *plan = &study->plan;
    const rxt_cell *cell = &plan->cell[c];
    rxt_cell_states *cells = &study->conductor.cells;
    int *seen = cells->state[c].seen;
    rxt_order what = { .what = RXT_ORDER_VISIT,
                       .cell = c,
                       .epoch = cells->epoch[cell->size].number,
                       .calls = calls_for(study->workspace.resolution, &cells->state[c], round),
                       .trial = round < 0 };
    double began = rxt_clock_now(), cost;
    rxt_outcome outcome;
    rxt_status st;

    rxt_comm_order(study->host.world, plan->splits.split[cell->split].nodes,
                   rxt_plan_per_node(plan, cell->split), &what, sizeof what);
    atomic_store(study->host.inside, true);
    st = rxt_visit_take_part(&study->workspace, &what, seen, &outcome);
    atomic_store(study->host.inside, false);
    if (st)
        return rxt_plan_kernel(plan, cell->kernel)->task ? rxt_cell_states_give_up(c, st, cells)
                                                         : st;
    if (outcome.stopped)
        return cut_short(&study->conductor, round < 0 ? cells->rounds : round);
    compare(&study->conductor, cell, &outcome);
    cost = rxt_clock_now() - began - outcome.trying;
    if (round >= 0)
        rxt_cell_states_count_epoch(cells, cell->size, cost, outcome.drawing);
    keep(study, c, round, &outcome, cost);
    return RXT_OK;
}

static void order_all(rxt_comm *world, rxt_order what)
{
    rxt_comm_order(world, rxt_comm_nodes(world), rxt_comm_size(world), &what, sizeof what);
}

rxt_status rxt_study_widen(rxt_study *study, int size)
{
    rxt_status st;

    order_all(study->host.world, (rxt_order){ .what = RXT_ORDER_WIDEN, .size = size });
    atomic_store(study->host.inside, true); /* filling operands may take long */
    st = rxt_workspace_ready(&study->workspace, size);
    atomic_store(study->host.inside, false);
    if (rxt_status_code(st) == RXT_STOPPED) {
        rxt_status_free(st);
        return cut_short(&study->conductor, study->conductor.cells.rounds);
    }
    return st ? st : rxt_cell_states_grow(&study->plan, size, &study->conductor.cells);
}

void rxt_study_end(const rxt_study *study)
{
    order_all(study->host.world, (rxt_order){ .what = RXT_ORDER_END });
}
