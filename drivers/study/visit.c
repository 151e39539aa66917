/* visit.c - one visit: the conductor's order, what every rank of the split does, and what the
 * conductor keeps of it. */
#include "study/study.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "measure/measure.h"
#include "support/proof.h"

enum { VISIT, WIDEN, END };
enum { TOO_LONG = 8 }; /* times what a visit lasts at least */

/* What the conductor tells the ranks that take part: to visit a cell, or to be ready for a size. */
typedef struct order {
    int what, cell, size;
    ptrdiff_t calls;
    bool trial;
} order;

const rxt_split *rxt_study_split(const rxt_study *study, const rxt_cell *cell)
{
    return &study->plan.splits.split[cell->split];
}

static rxt_team_kind team_of(const rxt_study *study, const rxt_cell *cell)
{
    rxt_team_kind team = study->settings->team[cell->team];
    bool roof = cell->kernel >= study->settings->kernels;

    return roof ? rxt_team_roof(team) : team;
}

/* This rank's part in a visit; seen is [workers of the split]. */
static rxt_status visit(rxt_study *study, const order *what, int *seen, rxt_outcome *outcome)
{
    const rxt_cell *cell = &study->plan.cell[what->cell];
    const rxt_settings *settings = study->settings;
    int threads = rxt_study_split(study, cell)->threads,
        node_rank = rxt_comm_node_rank(study->host.world);
    rxt_visit visit = {
        .kernel = rxt_plan_kernel(&study->plan, cell->kernel),
        .comm = study->part[cell->split],
        .place = study->place,
        .bind = settings->bind[cell->bind],
        .launched = study->host.launched,
        .team = team_of(study, cell),
        .combine = settings->combine[cell->combine],
        .sync = settings->sync,
        .threads = threads,
        .oversubscribed = rxt_plan_oversubscribed(&study->plan, cell->bind, cell->split),
        .cpu = rxt_plan_cpu(&study->plan, cell->bind, cell->split) + node_rank * threads,
        .cache =
            rxt_place_cache(study->place, rxt_plan_per_node(&study->plan, cell->split) * threads,
                            rxt_plan_cpu(&study->plan, cell->bind, cell->split)),
        .arena = study->arena[cell->size],
        .total = study->plan.total[cell->total],
        .operands = &study->operands,
        .facts = study->facts[cell->kernel * study->plan.totals + cell->total],
        .calls = what->calls,
        .trial = what->trial,
        .resolution = study->resolution,
        .blas = study->host.blas,
        .options = &settings->options,
        .stop = study->host.stop,
    };

    outcome->seen = seen;
    return rxt_measure_visit(&visit, outcome);
}

/* ---- the ranks that follow ---- */

/* A visit that fails is agreed on by all its ranks; the conductor draws the consequence. */
rxt_status rxt_study_follow(rxt_study *study, bool *lost)
{
    order what;
    rxt_outcome outcome;

    for (;;) {
        rxt_status st = rxt_comm_park(study->host.world, &what, sizeof what);

        *lost = st != RXT_OK;
        if (st || what.what == END)
            return st;
        rxt_status_free(what.what == WIDEN ? rxt_study_ready(study, what.size)
                                           : visit(study, &what, study->seen, &outcome));
    }
}

/* ---- the conductor ---- */

static bool seats_kept(const rxt_study *study, const rxt_cell *cell, const int *seen)
{
    int threads = rxt_study_split(study, cell)->threads,
        per_node = rxt_plan_per_node(&study->plan, cell->split);
    const int *planned = rxt_plan_cpu(&study->plan, cell->bind, cell->split);

    if (rxt_bind_leaves(study->settings->bind[cell->bind]))
        return true;
    for (int w = 0; w < per_node * threads; w++)
        if (seen[w] != planned[w])
            return false;
    return true;
}

/* A journal that cannot be written costs the safety of a kill, not the study. */
static void record(rxt_study *study, const rxt_journal_visit *visit)
{
    char name[PATH_MAX];

    if (!study->journal || study->failed)
        return;
    rxt_journal_write(study->journal, visit);
    study->failed = rxt_journal_error(study->journal) != 0;
    if (!study->failed)
        return;
    rxt_study_say(study, "%.200s: cannot be written (%s); the study could not be resumed",
                  rxt_journal_name(study->settings->output, name),
                  rxt_status_reason(rxt_journal_error(study->journal)));
}

/* Keeps an outcome, whose CPUs are in the state already. */
static void keep(rxt_study *study, int c, int round, const rxt_outcome *outcome, double cost)
{
    rxt_cell_state *state = &study->state[c];
    const rxt_split *split = rxt_study_split(study, &study->plan.cell[c]);
    bool bound = !outcome->refused && !state->refused;
    rxt_journal_visit visit = {
        .cell = c,
        .round = round,
        .calls = outcome->calls,
        .seconds = outcome->seconds,
        .p99 = outcome->p99,
        .cost = cost,
        .result = outcome->result,
        .error = outcome->error,
        .right = outcome->right,
        .astray = bound && !seats_kept(study, &study->plan.cell[c], state->seen),
        .refused = outcome->refused,
        .workers = rxt_split_workers(*split),
        .seen = state->seen,
    };

    rxt_study_enter(study, &visit);
    record(study, &visit);
}

/* The first cell with a result of the same kernel and operands: 1 × 1, where it has one. */
static const rxt_cell_state *like(const rxt_study *study, const rxt_cell *cell)
{
    for (int c = 0; c < study->plan.all; c++) {
        const rxt_cell *other = &study->plan.cell[c];
        const rxt_cell_state *state = &study->state[c];

        if (other->kernel == cell->kernel && other->total == cell->total && state->calls > 0 &&
            !state->wrong && !isnan(state->error))
            return state;
    }
    return NULL;
}

/* A result that has no proof must agree with that of another split, or of an earlier visit. */
static void compare(const rxt_study *study, const rxt_cell *cell, rxt_outcome *outcome)
{
    const rxt_kernel *kernel = rxt_plan_kernel(&study->plan, cell->kernel);
    const rxt_cell_state *other = rxt_proof_by_agreement(kernel) ? like(study, cell) : NULL;

    if (!other || !outcome->right)
        return;
    outcome->error = rxt_proof_apart(kernel->type, outcome->result, other->result, outcome->slack);
    outcome->right = outcome->error <= 1;
    if (!outcome->right)
        outcome->seconds = NAN;
}

/* Stopped while round number `round` was under way, or between two. */
static rxt_status cut_short(rxt_study *study, int round)
{
    study->cut = study->settings->budget_given && rxt_clock_now() >= study->deadline;
    if (study->cut)
        return RXT_OK;
    if (study->rounds == 0)
        return rxt_status_of(RXT_STOPPED, "stopped by a signal before the first round");
    return rxt_status_of(RXT_STOPPED, "stopped by a signal after %d round%s", round,
                         round == 1 ? "" : "s");
}

/* Calls of the next visit; 0: it finds them. Where the host stalled in all tries of the trial, the
 * stall was taken for a call's time, and visits are too short: the next one has twice as many.
 * Where workers share cores, calls take microseconds or a slice of the scheduler, by chance: a
 * visit that lasted for too long has half as many next time, or a study of such splits would not
 * end. */
static ptrdiff_t calls_for(const rxt_study *study, const rxt_cell_state *state, int round)
{
    double least = rxt_measure_least(study->resolution),
           last = round > 0 ? state->seconds[round - 1] * (double)state->calls : NAN;

    if (last < least / 2 && state->calls < PTRDIFF_MAX / 2)
        return 2 * state->calls;
    return last > TOO_LONG * least && state->calls > 1 ? state->calls / 2 : state->calls;
}

rxt_status rxt_study_conduct(rxt_study *study, int c, int round)
{
    const rxt_cell *cell = &study->plan.cell[c];
    rxt_cell_state *state = &study->state[c];
    order what = {
        .what = VISIT, .cell = c, .calls = calls_for(study, state, round), .trial = round < 0
    };
    double began = rxt_clock_now();
    rxt_outcome outcome;
    rxt_status st;

    rxt_comm_order(study->host.world, rxt_study_split(study, cell)->nodes,
                   rxt_plan_per_node(&study->plan, cell->split), &what, sizeof what);
    atomic_store(study->host.inside, true);
    st = visit(study, &what, state->seen, &outcome);
    atomic_store(study->host.inside, false);
    if (st)
        return rxt_plan_kernel(&study->plan, cell->kernel)->task ? rxt_study_give_up(study, c, st)
                                                                 : st;
    if (outcome.stopped)
        return cut_short(study, round < 0 ? study->rounds : round);
    compare(study, cell, &outcome);
    keep(study, c, round, &outcome, rxt_clock_now() - began - outcome.trying);
    return RXT_OK;
}

static void order_all(const rxt_study *study, order what)
{
    rxt_comm *world = study->host.world;

    rxt_comm_order(world, rxt_comm_nodes(world), rxt_comm_size(world), &what, sizeof what);
}

rxt_status rxt_study_widen(rxt_study *study, int size)
{
    rxt_status st;

    order_all(study, (order){ .what = WIDEN, .size = size });
    atomic_store(study->host.inside, true); /* operands may take long to be made */
    st = rxt_study_ready(study, size);
    atomic_store(study->host.inside, false);
    if (rxt_status_code(st) == RXT_STOPPED) {
        rxt_status_free(st);
        return cut_short(study, study->rounds);
    }
    return st ? st : rxt_study_cell_states_grow(study, size);
}

void rxt_study_end(const rxt_study *study)
{
    order_all(study, (order){ .what = END });
}
