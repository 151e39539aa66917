/* visit.c - one visit: the part of every rank of its split. */
#include "study/visit.h"

static rxt_team_kind team_of(const rxt_settings *settings, const rxt_cell *cell)
{
    rxt_team_kind team = settings->team[cell->team];
    bool roof = cell->kernel >= settings->kernels;

    return roof ? rxt_team_roof(team) : team;
}

rxt_status rxt_visit_take_part(const rxt_workspace *workspace, const rxt_order *what, int *seen,
                               rxt_outcome *outcome)
{
    const rxt_plan *plan = workspace->plan;
    const rxt_cell *cell = &plan->cell[what->cell];
    const rxt_settings *settings = plan->settings;
    int threads = plan->splits.split[cell->split].threads,
        node_rank = rxt_comm_node_rank(workspace->host->world);
    rxt_visit visit = {
        .kernel = rxt_plan_kernel(plan, cell->kernel),
        .comm = workspace->part[cell->split],
        .place = plan->place,
        .bind = settings->bind[cell->bind],
        .launched = workspace->host->launched,
        .team = team_of(settings, cell),
        .combine = settings->combine[cell->combine],
        .sync = settings->sync,
        .threads = threads,
        .oversubscribed = rxt_plan_oversubscribed(plan, cell->bind, cell->split),
        .cpu = rxt_plan_cpu(plan, cell->bind, cell->split) + node_rank * threads,
        .cache = rxt_place_cache(plan->place, rxt_plan_per_node(plan, cell->split) * threads,
                                 rxt_plan_cpu(plan, cell->bind, cell->split)),
        .arena = workspace->arena[cell->size],
        .epoch = what->epoch,
        .total = plan->total[cell->total],
        .operands = settings->operands,
        .facts = workspace->facts[cell->kernel * plan->totals + cell->total],
        .calls = what->calls,
        .trial = what->trial,
        .resolution = workspace->resolution,
        .blas = workspace->host->blas,
        .options = &settings->options,
        .stop = workspace->host->stop,
    };

    outcome->seen = seen;
    return rxt_measure_visit(&visit, outcome);
}

/* ---- the ranks that follow ---- */

/* Follows orders until the end. The status of a visit is dropped here: all ranks of the visit have
 * the same status, and rank 0 acts on it. */
rxt_status rxt_visit_follow(rxt_workspace *workspace, bool *lost)
{
    rxt_order what;
    rxt_outcome outcome;

    for (;;) {
        rxt_status st = rxt_comm_park(workspace->host->world, &what, sizeof what);

        *lost = st != RXT_OK;
        if (st || what.what == RXT_ORDER_END)
            return st;
        rxt_status_free(what.what == RXT_ORDER_WIDEN
                            ? rxt_workspace_ready(workspace, what.size)
                            : rxt_visit_take_part(workspace, &what, workspace->seen, &outcome));
    }
}
