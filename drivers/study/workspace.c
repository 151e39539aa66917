/* workspace.c - what a rank needs to visit a split at a size: communicators, memory for operands,
 * and the facts that prove the results. */
#include "study/workspace.h"

#include <math.h>
#include <stdlib.h>

#include "base/clock.h"
#include "measure/measure.h"
#include "support/proof.h"

/* ---- the lists ---- */

static int most_workers(const rxt_splits *splits)
{
    int workers = 1;

    for (int p = 0; p < splits->count; p++)
        if (rxt_split_workers(splits->split[p]) > workers)
            workers = rxt_split_workers(splits->split[p]);
    return workers;
}

rxt_status rxt_workspace_make(rxt_workspace *workspace)
{
    const rxt_plan *plan = workspace->plan;
    size_t kernels = (size_t)rxt_plan_kernels(plan);

    workspace->seen = malloc((size_t)most_workers(&plan->splits) * sizeof *workspace->seen);
    workspace->part = calloc((size_t)plan->splits.count, sizeof *workspace->part);
    workspace->arena = calloc((size_t)plan->sizes, sizeof *workspace->arena);
    workspace->facts = calloc(kernels * (size_t)plan->totals, sizeof *workspace->facts);
    if (!workspace->seen || !workspace->part || !workspace->arena || !workspace->facts)
        return rxt_status_no_memory("for the study's own lists");
    return RXT_OK;
}

/* ---- the splits' communicators ---- */

/* Splits with the same ranks share a communicator. */
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

static rxt_status ready_part(rxt_workspace *workspace, int split)
{
    rxt_comm *part = workspace->part[split];
    rxt_status st = RXT_OK;

    for (int k = 0; part && k < rxt_plan_kernels(workspace->plan) && !st; k++) {
        const rxt_kernel *kernel = rxt_plan_kernel(workspace->plan, k);

        for (int c = 0; c < workspace->plan->settings->combines && !st; c++)
            st = rxt_comm_ready(part, workspace->plan->settings->combine[c], kernel->merge);
        if (!st && kernel->stores > 0)
            st = rxt_comm_ready(part, RXT_COMBINE_MPI, rxt_proof_of(kernel)->facts);
    }
    return st;
}

rxt_status rxt_workspace_make_parts(rxt_workspace *workspace)
{
    const rxt_plan *plan = workspace->plan;
    rxt_status st = RXT_OK;

    for (int p = 0; p < plan->splits.count && !st; p++) {
        int like = first_like(plan, p);

        if (like < p) {
            workspace->part[p] = workspace->part[like];
            continue;
        }
        st = rxt_comm_part(workspace->host->world, plan->splits.split[p].nodes,
                           rxt_plan_per_node(plan, p), &workspace->part[p]);
        if (!st) /* ranks outside this part must learn of a failure, too */
            st = rxt_comm_agree(workspace->host->world, ready_part(workspace, p));
    }
    return st;
}

/* ---- sizes ---- */

rxt_status rxt_workspace_take(rxt_workspace *workspace, int size)
{
    const rxt_plan *plan = workspace->plan;
    int node_rank = rxt_comm_node_rank(workspace->host->world);
    const rxt_arena_request request = { .type = plan->settings->type,
                                        .arrays = plan->arrays,
                                        .capacity = rxt_plan_capacity(plan, size, node_rank),
                                        .pages = plan->settings->pages };
    rxt_status st = rxt_arena_open(&request, &workspace->arena[size]);

    return rxt_comm_agree(workspace->host->world, st);
}

/* Kernels with the same formula on the same operands share their facts. Returns the facts of an
 * earlier kernel that is the same in this sense, or NULL. */
static void *facts_like(const rxt_workspace *workspace, int kernel, int total)
{
    const rxt_kernel *mine = rxt_plan_kernel(workspace->plan, kernel);

    for (int k = 0; k < kernel; k++) {
        const rxt_kernel *other = rxt_plan_kernel(workspace->plan, k);

        if (other->proof == mine->proof && other->fill == mine->fill &&
            other->factors == mine->factors && other->arrays == mine->arrays &&
            (mine->proof || (other->reference == mine->reference && other->merge == mine->merge &&
                             other->flops == mine->flops)))
            return workspace->facts[k * workspace->plan->totals + total];
    }
    return NULL;
}

/* Makes the facts of a kernel at a total, unless they exist. Two sizes may have the same total. */
static rxt_status facts_of(rxt_workspace *workspace, int kernel, int total)
{
    const rxt_kernel *of = rxt_plan_kernel(workspace->plan, kernel);
    int i = kernel * workspace->plan->totals + total;
    double began = rxt_clock_now();
    rxt_status st = RXT_OK;

    if (of->stores > 0 || workspace->facts[i] ||
        (workspace->facts[i] = facts_like(workspace, kernel, total)) != NULL)
        return RXT_OK;
    workspace->facts[i] = malloc(rxt_proof_of(of)->facts->size);
    if (!workspace->facts[i])
        st = rxt_status_no_memory("for the facts that prove results");
    if (!st)
        st = rxt_comm_ready(workspace->host->world, RXT_COMBINE_MPI, rxt_proof_of(of)->facts);
    st = rxt_comm_agree(workspace->host->world, st);
    if (!st)
        st = rxt_measure_facts(workspace->host->world, of, workspace->plan->total[total],
                               workspace->plan->settings->operands, workspace->host->stop,
                               workspace->facts[i]);
    workspace->making += (rxt_clock_now() - began) * rxt_comm_size(workspace->host->world);
    workspace->made += (double)workspace->plan->total[total] * rxt_inputs_of(of);
    return st;
}

/* RXT_USAGE if sums of the user's own operands overflow; generated operands cannot. All ranks have
 * the same facts, so they return the same status. */
static rxt_status check_overflow(const rxt_workspace *workspace, int kernel, int total)
{
    const rxt_settings *settings = workspace->plan->settings;
    const rxt_kernel *of = rxt_plan_kernel(workspace->plan, kernel);
    const void *facts = workspace->facts[kernel * workspace->plan->totals + total];
    rxt_case one = { .type = of->type, .total = 1, .chain = 1, .workers = 1, .kernel = of };

    if (!facts || !rxt_settings_own(settings) || isfinite(rxt_proof_of(of)->bound(facts, &one)))
        return RXT_OK;
    return rxt_status_of(
        RXT_USAGE,
        "%s: partial sums of %s overflow, or almost overflow; scale the operands by a power of 2",
        settings->own[0] && settings->own[1] ? "--x, --y"
        : settings->own[0]                   ? "--x"
                                             : "--y",
        of->formula);
}

/* Is this total the number of elements of `size` at any split? */
static bool has_total(const rxt_plan *plan, int size, int total)
{
    for (int p = 0; p < plan->splits.count; p++)
        if (rxt_plan_total(plan, size, p) == plan->total[total])
            return true;
    return false;
}

rxt_status rxt_workspace_prove(rxt_workspace *workspace, int size)
{
    const rxt_plan *plan = workspace->plan;
    rxt_status st = RXT_OK;

    for (int k = 0; k < rxt_plan_kernels(plan); k++)
        for (int t = 0; t < plan->totals && !st; t++) {
            if (!has_total(plan, size, t))
                continue;
            st = facts_of(workspace, k, t);
            if (!st)
                st = check_overflow(workspace, k, t);
        }
    return st;
}

rxt_status rxt_workspace_ready(rxt_workspace *workspace, int size)
{
    rxt_status st = rxt_workspace_take(workspace, size);

    return st ? st : rxt_workspace_prove(workspace, size);
}

double rxt_workspace_seconds_each(const rxt_workspace *workspace)
{
    return workspace->made > 0 ? workspace->making / workspace->made : 0;
}

/* ---- the end ---- */

static void free_facts(rxt_workspace *workspace)
{
    int totals = workspace->plan->totals;

    for (int i = rxt_plan_kernels(workspace->plan) * totals - 1; i >= 0; i--)
        if (!facts_like(workspace, i / totals, i % totals))
            free(workspace->facts[i]);
    free(workspace->facts);
}

static void free_parts(rxt_workspace *workspace)
{
    for (int p = workspace->plan->splits.count - 1; p >= 0; p--)
        if (first_like(workspace->plan, p) == p)
            rxt_comm_close(workspace->part[p]);
    free(workspace->part);
}

void rxt_workspace_close(rxt_workspace *workspace)
{
    if (workspace->part)
        free_parts(workspace);
    if (workspace->facts)
        free_facts(workspace);
    for (int s = 0; workspace->arena && s < workspace->plan->sizes; s++)
        rxt_arena_close(workspace->arena[s]);
    free(workspace->arena);
    free(workspace->seen);
}
