/* open.c - from settings and the ranks started to a study ready to run.
 *
 * Every step ends in an agreement, so that all ranks go on or none does. */
#include "study/study.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "machine/launcher.h"
#include "support/proof.h"

static rxt_status no_memory(void)
{
    return rxt_status_no_memory("for the study's own lists");
}

/* ---- own operands ---- */

static void say_made_up(const rxt_study *study)
{
    const rxt_settings *settings = study->settings;

    if (rxt_settings_inputs(settings) < 2 || !rxt_settings_own(settings) ||
        (settings->own[0] && settings->own[1]))
        return;
    rxt_study_say(study, "--%c is not given: the %s operand is made up",
                  settings->own[0] ? 'y' : 'x', settings->own[0] ? "second" : "first");
}

/* Their length is the one size of the study. */
static rxt_status open_operands(rxt_study *study)
{
    rxt_status st = rxt_operands_open(study->sized.own, study->sized.seed, &study->operands);

    st = rxt_comm_agree(study->host.world, st);
    if (!st && rxt_settings_own(&study->sized))
        study->sized.size[study->sized.sizes++] =
            (rxt_size){ .n = rxt_operands_total(&study->operands) };
    return st;
}

static rxt_status check_operands(rxt_study *study)
{
    rxt_status st = rxt_operands_check(study->host.world, &study->operands, study->settings->type,
                                       study->host.stop);

    if (!st && rxt_comm_rank(study->host.world) == 0)
        say_made_up(study);
    return st;
}

/* ---- the host ---- */

/* The node's CPUs, --cpus laid over them. */
static rxt_status cpus_of(const rxt_study *study, rxt_cpus *cpus)
{
    rxt_launcher launcher = rxt_launcher_find();

    *cpus = rxt_cpus_offered(&launcher, study->host.launched);
    rxt_comm_node_or(study->host.world, cpus->bits, sizeof cpus->bits);
    return study->settings->has_cpus ? rxt_cpus_narrow(cpus, &study->settings->cpus) : RXT_OK;
}

static rxt_status open_place(rxt_study *study)
{
    const rxt_settings *settings = study->settings;
    rxt_cpus cpus;
    rxt_status st = cpus_of(study, &cpus);

    study->quota = rxt_cpus_quota("");
    study->resolution = rxt_clock_resolution();
    rxt_comm_max(study->host.world, 1, &study->resolution); /* all ranks plan with the same */
    if (!st)
        st = rxt_place_open(&(rxt_place_request){ .cpus = &cpus,
                                                  .smt = settings->smt,
                                                  .cores = settings->cores,
                                                  .quota = study->quota },
                            &study->place);
    st = rxt_comm_agree(study->host.world, st);
    if (!st)
        st = rxt_host_open(study->host.world, study->place, &cpus, study->quota, &study->machine);
    if (!st && study->host.blas)
        snprintf(study->machine->blas, sizeof study->machine->blas, "%s",
                 rxt_blas_account(study->host.blas));
    return st;
}

/* The poorest node's counts and caches: splits must fit on every node, and a plan that each rank
 * made of its own node's would be another on each. Of all cores the most: none works less. */
static void agree_host(const rxt_study *study, rxt_splits_host *host, rxt_plan_memory *memory)
{
    rxt_place *place = study->place;
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
    rxt_comm_max(study->host.world, COUNTS + SIZES + 1, least);
    host->all_cores = (int)least[COUNTS + SIZES];
    for (int i = 0; i < COUNTS; i++)
        *count[i] = (int)-least[i];
    for (int i = 0; i < SIZES; i++)
        *size[i] = -least[COUNTS + i];
    rxt_place_agree(place, cache);
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
    agree_host(study, &host, &memory);
    st = rxt_plan_of(study->settings, study->place, &host, &memory, &study->plan);
    st = rxt_comm_agree(world, st);
    return st ? st : rxt_study_agree(study);
}

/* In a script over many kernels the option is the same for all, so it is no fault. */
static void say_results(const rxt_study *study)
{
    const rxt_settings *settings = study->settings;
    bool idle = settings->sync == RXT_SYNC_VISIT && !rxt_settings_heeds_sync(settings);

    if (idle && rxt_comm_rank(study->host.world) == 0)
        rxt_study_say(study, "--sync=visit: changes nothing here: every kernel chosen "
                             "has a result, or threads of its own, which end its calls");
}

/* ---- what the visits need ---- */

/* Splits with the same ranks share a comm. */
static bool same_ranks(const rxt_plan *plan, int a, int b)
{
    return plan->splits.split[a].nodes == plan->splits.split[b].nodes &&
           plan->splits.split[a].ranks == plan->splits.split[b].ranks;
}

static int first_like(const rxt_plan *plan, int split)
{
    int p = 0;

    while (!same_ranks(plan, p, split))
        p++;
    return p;
}

static rxt_status ready_part(rxt_study *study, int split)
{
    rxt_comm *part = study->part[split];
    rxt_status st = RXT_OK;

    for (int k = 0; part && k < rxt_plan_kernels(&study->plan) && !st; k++) {
        const rxt_kernel *kernel = rxt_plan_kernel(&study->plan, k);

        for (int c = 0; c < study->settings->combines && !st; c++)
            st = rxt_comm_ready(part, study->settings->combine[c], kernel->merge);
        if (!st && kernel->stores > 0)
            st = rxt_comm_ready(part, RXT_COMBINE_MPI, rxt_proof_of(kernel)->facts);
    }
    return st;
}

static rxt_status make_parts(rxt_study *study)
{
    const rxt_plan *plan = &study->plan;
    rxt_status st = RXT_OK;

    for (int p = 0; p < plan->splits.count && !st; p++) {
        int like = first_like(plan, p);

        if (like < p) {
            study->part[p] = study->part[like];
            continue;
        }
        st = rxt_comm_part(study->host.world, plan->splits.split[p].nodes,
                           rxt_plan_per_node(plan, p), &study->part[p]);
        if (!st) /* the ranks outside this part are about to make the next one */
            st = rxt_comm_agree(study->host.world, ready_part(study, p));
    }
    return st;
}

/* All memory is taken before the operands are looked at, which may take long. */
static rxt_status take_sizes(rxt_study *study)
{
    rxt_status st = RXT_OK;

    for (int s = 0; s < study->plan.asked && !st; s++)
        st = rxt_study_take(study, s);
    return st;
}

static rxt_status prove_sizes(rxt_study *study)
{
    rxt_status st = RXT_OK;

    for (int s = 0; s < study->plan.asked && !st; s++)
        st = rxt_study_prove(study, s);
    return st;
}

/* ---- the lists ---- */

static rxt_status make_lists(rxt_study *study)
{
    const rxt_plan *plan = &study->plan;
    int workers = 1;
    rxt_status st = RXT_OK;

    for (int p = 0; p < plan->splits.count; p++)
        if (plan->splits.split[p].ranks * plan->splits.split[p].threads > workers)
            workers = plan->splits.split[p].ranks * plan->splits.split[p].threads;
    study->seen = malloc((size_t)workers * sizeof *study->seen);
    study->part = calloc((size_t)plan->splits.count, sizeof *study->part);
    study->arena = calloc((size_t)plan->sizes, sizeof *study->arena);
    study->facts =
        calloc((size_t)rxt_plan_kernels(&study->plan) * (size_t)plan->totals, sizeof *study->facts);
    if (!study->seen || !study->part || !study->arena || !study->facts)
        st = no_memory();
    if (!st && rxt_comm_rank(study->host.world) == 0)
        st = rxt_study_cell_states_make(study);
    return rxt_comm_agree(study->host.world, st);
}

static rxt_status fill_study(rxt_study *study)
{
    rxt_status st = rxt_study_agree_build(study);

    if (!st)
        st = open_operands(study);
    if (!st)
        st = open_place(study);
    if (!st)
        st = rxt_study_levels(study);
    if (!st)
        st = make_plan(study);
    if (!st)
        say_results(study);
    if (!st)
        st = make_lists(study);
    if (!st)
        st = rxt_study_watch(study);
    if (!st)
        st = make_parts(study);
    if (!st)
        st = take_sizes(study);
    if (!st)
        st = check_operands(study);
    if (!st)
        st = prove_sizes(study);
    return st;
}

rxt_status rxt_study_open(const rxt_settings *settings, const rxt_study_host *host, rxt_study **out)
{
    rxt_study *study = calloc(1, sizeof *study);
    rxt_status st = rxt_comm_agree(host->world, study ? RXT_OK : no_memory());

    *out = NULL;
    if (!st) {
        study->sized = *settings;
        study->sized.operands = &study->operands;
        study->settings = &study->sized;
        study->host = *host;
        study->jobs = 1;
        rxt_clock_date(study->created);
        study->deadline = host->began + settings->budget;
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

static void free_parts(rxt_study *study)
{
    for (int p = study->plan.splits.count - 1; p >= 0; p--)
        if (first_like(&study->plan, p) == p)
            rxt_comm_close(study->part[p]);
    free(study->part);
}

void rxt_study_close(rxt_study *study)
{
    if (!study)
        return;
    rxt_study_leave(study);
    if (study->part)
        free_parts(study);
    rxt_study_cell_states_free(study);
    rxt_study_unwatch(study);
    rxt_study_leave_sizes(study);
    free(study->seen);
    if (study->settings)
        rxt_plan_free(&study->plan);
    rxt_host_close(study->machine);
    rxt_place_close(study->place);
    rxt_operands_close(&study->operands);
    free(study);
}
