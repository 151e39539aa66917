/* open.c - opens a study from its settings and the started ranks.
 *
 * All ranks agree after every step, so that either all continue or none does. */
#include "study/study.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "machine/launcher.h"
#include "study/agree.h"
#include "study/head.h"
#include "study/levels.h"
#include "study/study_type.h"

static rxt_status no_memory(void)
{
    return rxt_status_no_memory("for the study's own lists");
}

/* ---- own operands ---- */

static void say_made_up(const rxt_study_host *host, const rxt_settings *settings)
{
    if (rxt_settings_inputs(settings) < 2 || !rxt_settings_own(settings) ||
        (settings->own[0] && settings->own[1]))
        return;
    rxt_study_say(host, "--%c is not given: the %s operand is generated",
                  settings->own[0] ? 'y' : 'x', settings->own[0] ? "second" : "first");
}

/* Opens the files of own operands. Their length is the only size of the study. */
static rxt_status open_operands(rxt_study *study)
{
    rxt_status st = rxt_operands_open(study->settings.own, study->settings.seed, &study->operands);

    st = rxt_comm_agree(study->host.world, st);
    if (!st && rxt_settings_own(&study->settings))
        study->settings.size[study->settings.sizes++] =
            (rxt_size){ .n = rxt_operands_total(&study->operands) };
    return st;
}

static rxt_status check_operands(rxt_study *study)
{
    rxt_status st = rxt_operands_check(study->host.world, &study->operands, study->settings.type,
                                       study->host.stop);

    if (!st && rxt_comm_rank(study->host.world) == 0)
        say_made_up(&study->host, &study->settings);
    return st;
}

/* ---- the host ---- */

/* The CPUs that the ranks of this node may use together, limited to those of --cpus. */
static rxt_status cpus_of(const rxt_study_host *host, const rxt_settings *settings, rxt_cpus *cpus)
{
    rxt_launcher launcher = rxt_launcher_find();

    *cpus = rxt_cpus_offered(&launcher, host->launched);
    rxt_comm_node_or(host->world, cpus->bits, sizeof cpus->bits);
    return settings->has_cpus ? rxt_cpus_narrow(cpus, &settings->cpus) : RXT_OK;
}

static rxt_status open_place(rxt_study *study)
{
    const rxt_settings *settings = &study->settings;
    rxt_cpus cpus;
    rxt_status st = cpus_of(&study->host, settings, &cpus);

    study->quota = rxt_cpus_quota("");
    study->workspace.resolution = rxt_clock_resolution();
    /* all ranks must plan with the same resolution */
    rxt_comm_max(study->host.world, 1, &study->workspace.resolution);
    if (!st)
        st = rxt_place_open(&(rxt_place_request){ .cpus = &cpus,
                                                  .smt = settings->smt,
                                                  .cores = settings->cores,
                                                  .quota = study->quota },
                            &study->place);
    st = rxt_comm_agree(study->host.world, st);
    if (!st)
        st = rxt_host_open(study->host.world, study->place, &cpus, study->quota, &study->nodes);
    if (!st && study->host.blas)
        snprintf(study->nodes->blas, sizeof study->nodes->blas, "%s",
                 rxt_blas_account(study->host.blas));
    return st;
}

static rxt_status find_levels(rxt_study *study)
{
    return rxt_levels_find(&(rxt_levels_request){ .settings = &study->settings,
                                                  .host = &study->host,
                                                  .resolution = study->workspace.resolution,
                                                  .place = study->place,
                                                  .nodes = study->nodes });
}

/* Replaces counts, cache sizes and memory by their minima over all nodes: splits must fit on every
 * node, and all ranks must make the same plan. all_cores becomes the maximum. */
static void agree_host(const rxt_comm *world, rxt_place *place, rxt_splits_host *host,
                       rxt_plan_memory *memory)
{
    int *count[] = { &host->cores,  &host->l3s,      &host->numas,      &host->sockets,
                     &host->per_l3, &host->per_numa, &host->per_socket, &host->thread_limit };
    double cache[] = { place->l1, place->l2, place->l3, place->l3_all };
    double *size[] = { &cache[0], &cache[1], &cache[2], &cache[3], &memory->free, &memory->total };
    enum { COUNTS = sizeof count / sizeof count[0], SIZES = sizeof size / sizeof size[0] };
    double least[COUNTS + SIZES + 1];

    for (int i = 0; i < COUNTS; i++)
        least[i] = -*count[i];
    for (int i = 0; i < SIZES; i++)
        least[COUNTS + i] = -*size[i];
    least[COUNTS + SIZES] = host->all_cores;
    rxt_comm_max(world, COUNTS + SIZES + 1, least);
    host->all_cores = (int)least[COUNTS + SIZES];
    for (int i = 0; i < COUNTS; i++)
        *count[i] = (int)-least[i];
    for (int i = 0; i < SIZES; i++)
        *size[i] = -least[COUNTS + i];
    rxt_place_set_caches(place, cache);
}

static rxt_status make_plan(rxt_study *study)
{
    const rxt_comm *world = study->host.world;
    rxt_splits_host host = rxt_plan_host(study->place, rxt_comm_nodes(world),
                                         rxt_comm_node_ranks(world), rxt_team_limit());
    rxt_plan_memory memory;
    rxt_status st;

    host.single = !rxt_comm_many();
    memory.free = rxt_cpus_memory("", &memory.total);
    agree_host(world, study->place, &host, &memory);
    st = rxt_plan_of(&study->settings, study->place, &host, &memory, &study->plan);
    st = rxt_comm_agree(world, st);
    return st ? st : rxt_agree_plan(world, &study->plan, study->resume.program);
}

/* Reports that --sync has no effect. This is not an error, because a script may give the same
 * option for many kernels. */
static void say_results(const rxt_study_host *host, const rxt_settings *settings)
{
    bool idle = rxt_sync_frees(settings->sync) && !rxt_settings_heeds_sync(settings);

    if (idle && rxt_comm_rank(host->world) == 0)
        rxt_study_say(host,
                      "--sync=%s: has no effect here: every chosen kernel has a result or its own "
                      "threads, and either of these ends its calls",
                      rxt_sync_name(settings->sync));
}

/* ---- what the visits need ---- */

/* Allocates the memory of all sizes before the operands are checked, because the check may take
 * long. */
static rxt_status take_sizes(rxt_workspace *workspace)
{
    rxt_status st = RXT_OK;

    for (int s = 0; s < workspace->plan->asked && !st; s++)
        st = rxt_workspace_take(workspace, s);
    return st;
}

static rxt_status prove_sizes(rxt_workspace *workspace)
{
    rxt_status st = RXT_OK;

    for (int s = 0; s < workspace->plan->asked && !st; s++)
        st = rxt_workspace_prove(workspace, s);
    return st;
}

static rxt_status make_lists(rxt_study *study)
{
    rxt_status st = rxt_workspace_make(&study->workspace);

    if (!st && rxt_comm_rank(study->host.world) == 0)
        st = rxt_cell_states_make(&study->plan, &study->conductor.cells);
    return rxt_comm_agree(study->host.world, st);
}

static rxt_status fill_study(rxt_study *study)
{
    rxt_status st = rxt_agree_build(study->host.world);

    if (!st)
        st = open_operands(study);
    if (!st)
        st = open_place(study);
    if (!st)
        st = find_levels(study);
    if (!st)
        st = make_plan(study);
    if (!st)
        say_results(&study->host, &study->settings);
    if (!st)
        st = make_lists(study);
    if (!st)
        st = rxt_watch_open(study->host.world, study->place, &study->watch);
    if (!st)
        st = rxt_workspace_make_parts(&study->workspace);
    if (!st)
        st = take_sizes(&study->workspace);
    if (!st)
        st = check_operands(study);
    if (!st)
        st = prove_sizes(&study->workspace);
    return st;
}

/* The parts of a study point to each other, so the study must not be moved in memory after this. */
static void begin(rxt_study *study, const rxt_settings *settings, const rxt_study_host *host)
{
    study->settings = *settings;
    study->settings.operands = &study->operands;
    study->host = *host;
    study->workspace = (rxt_workspace){ .host = &study->host, .plan = &study->plan };
    study->conductor = (rxt_conductor){ .host = &study->host,
                                        .plan = &study->plan,
                                        .deadline = host->began + settings->budget };
    study->resume =
        (rxt_resume_state){ .host = &study->host, .file = study->settings.output, .jobs = 1 };
    rxt_clock_date(study->resume.created);
}

rxt_status rxt_study_open(const rxt_settings *settings, const rxt_study_host *host, rxt_study **out)
{
    rxt_study *study = calloc(1, sizeof *study);
    rxt_status st = rxt_comm_agree(host->world, study ? RXT_OK : no_memory());

    *out = NULL;
    if (!st) {
        begin(study, settings, host);
        st = fill_study(study);
    }
    if (st && rxt_status_code(st) != RXT_STOPPED) {
        rxt_study_close(study);
        return st;
    }
    *out = study;
    return st;
}

/* ---- the end ---- */

void rxt_study_close(rxt_study *study)
{
    if (!study)
        return;
    rxt_study_drop(study);
    rxt_journal_close(study->resume.journal);
    rxt_head_drop(study->resume.identity);
    rxt_earlier_close(&study->earlier);
    rxt_history_close(&study->history);
    rxt_cell_states_free(&study->plan, &study->conductor.cells);
    rxt_watch_close(&study->watch);
    rxt_workspace_close(&study->workspace);
    rxt_plan_free(&study->plan);
    rxt_host_close(study->nodes);
    rxt_place_close(study->place);
    rxt_operands_close(&study->operands);
    free(study);
}
