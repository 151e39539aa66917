/* dry_run.c - the plan of a study, for this machine or another one (--dry-run). */
#include "app/dry_run.h"

#include <limits.h>
#include <math.h>

#include "machine/launcher.h"
#include "report/report.h"

/* The machine that the plan is for. */
typedef struct machine {
    rxt_place *place;
    rxt_plan_memory memory;
    int nodes, ranks, started, thread_limit; /* ranks: per node; started: on all nodes */
    bool single;                             /* more ranks cannot be started             */
} machine;

static rxt_status look_here(const rxt_settings *settings, const rxt_launcher *launcher,
                            const rxt_cpus *launched, machine *m)
{
    rxt_cpus cpus = rxt_cpus_offered(launcher, launched);
    rxt_place_request request = {
        .cpus = &cpus, .smt = settings->smt, .cores = settings->cores, .quota = rxt_cpus_quota("")
    };
    rxt_status st = settings->has_cpus ? rxt_cpus_narrow(&cpus, &settings->cpus) : RXT_OK;

    m->memory.free = rxt_cpus_memory("", &m->memory.total);
    m->thread_limit = rxt_team_limit();
    return st ? st : rxt_place_open(&request, &m->place);
}

static rxt_status look_elsewhere(const rxt_settings *settings, machine *m)
{
    rxt_place_request request = { .topology = settings->topology,
                                  .cpus = settings->has_cpus ? &settings->cpus : NULL,
                                  .smt = settings->smt,
                                  .cores = settings->cores };
    rxt_status st = rxt_place_open(&request, &m->place);

    if (st)
        return st;
    m->memory.free = m->memory.total = m->place->memory > 0 ? m->place->memory : INFINITY;
    m->thread_limit = INT_MAX;
    return RXT_OK;
}

/* The largest number of nodes that the settings name; the plan assumes that all nodes are like this
 * one. */
static int nodes_named(const rxt_splits_request *request)
{
    int most = request->baseline.nodes > 1 ? request->baseline.nodes : 1;

    for (int n = 0; n < request->node_count; n++)
        most = request->nodes[n] > most ? request->nodes[n] : most;
    for (int p = 0; p < request->pairs; p++)
        most = request->pair[p].nodes > most ? request->pair[p].nodes : most;
    return most;
}

/* Sets the ranks and nodes of an assumed launch: settings->ranks_started ranks, 0: one per core. */
static rxt_status pretend(const rxt_settings *settings, machine *m)
{
    int ranks = settings->ranks_started;

    m->nodes = m->single ? 1 : nodes_named(&settings->splits);
    if (ranks > 0 && ranks < m->nodes)
        return rxt_status_of(RXT_USAGE,
                             "--dry-run: %d nodes are named, but only %d rank%s started; plan one "
                             "rank or more on each node with --ranks-started=%d or more",
                             m->nodes, ranks, ranks == 1 ? " was" : "s were", m->nodes);
    m->ranks = ranks > 0 ? ranks / m->nodes : m->single ? 1 : m->place->cores;
    m->started = ranks > 0 ? ranks : m->ranks * m->nodes;
    return RXT_OK;
}

/* Sets the ranks and nodes of the real launch. If the launcher does not give the number of ranks
 * per node, or this number differs between nodes, all ranks are assumed to be on this node. */
static void as_launched(const rxt_launcher *launcher, machine *m)
{
    m->ranks = launcher->local ? launcher->local : launcher->ranks;
    m->nodes = launcher->ranks / m->ranks;
    m->started = launcher->ranks;
}

static rxt_status deal_ranks(const rxt_settings *settings, const rxt_launcher *launcher, machine *m)
{
    bool launched = launcher->name[0] && rxt_comm_many();

    m->single = !rxt_comm_many() && !settings->ranks_started;
    if (!launched || settings->topology || settings->ranks_started)
        return pretend(settings, m);
    as_launched(launcher, m);
    return RXT_OK;
}

static rxt_status print_plan(FILE *file, const rxt_settings *settings, const machine *m)
{
    rxt_splits_host host = rxt_plan_host(m->place, m->nodes, m->ranks, m->thread_limit);
    rxt_plan plan;
    rxt_status st;

    host.single = m->single;
    st = rxt_plan_of(settings, m->place, &host, &m->memory, &plan);
    if (st)
        return st;
    rxt_report_plan(file, &plan, m->started);
    rxt_plan_free(&plan);
    return RXT_OK;
}

/* Opens the user's operands only for their length, which is the size of the study. */
static rxt_status size_own(rxt_settings *settings)
{
    rxt_operands operands;
    rxt_status st = rxt_operands_open(settings->own, settings->seed, &operands);

    if (!st && rxt_settings_own(settings))
        settings->size[settings->sizes++] = (rxt_size){ .n = rxt_operands_total(&operands) };
    rxt_operands_close(&operands);
    return st;
}

rxt_status rxt_dry_run(FILE *file, const rxt_settings *asked, const rxt_launcher *launcher,
                       const rxt_cpus *launched)
{
    rxt_settings sized = *asked, *settings = &sized;
    machine m = { 0 };
    rxt_status st = size_own(settings);

    if (!st)
        st = settings->topology ? look_elsewhere(settings, &m)
                                : look_here(settings, launcher, launched, &m);
    if (!st)
        st = deal_ranks(settings, launcher, &m);
    if (!st)
        st = print_plan(file, settings, &m);
    rxt_place_close(m.place);
    return st;
}
