/* size.c - prepares the ranks for a size: memory for operands, and the reference data of its
 * proofs. */
#include "study/study.h"

#include <math.h>
#include <stdlib.h>

#include "base/clock.h"
#include "data/arena.h"
#include "measure/measure.h"
#include "support/proof.h"
#include <rxt/status.h>

rxt_status rxt_study_take(rxt_study *study, int size)
{
    const rxt_plan *plan = &study->plan;
    int node_rank = rxt_comm_node_rank(study->host.world);
    rxt_status st = rxt_arena_open(study->settings->type, plan->arrays,
                                   rxt_plan_capacity(plan, size, node_rank), &study->arena[size]);

    return rxt_comm_agree(study->host.world, st);
}

/* Kernels of one formula on the same operands share their facts. */
static void *facts_like(const rxt_study *study, int kernel, int total)
{
    const rxt_kernel *mine = rxt_plan_kernel(&study->plan, kernel);

    for (int k = 0; k < kernel; k++) {
        const rxt_kernel *other = rxt_plan_kernel(&study->plan, k);

        if (other->proof == mine->proof && other->fill == mine->fill &&
            other->factors == mine->factors && other->arrays == mine->arrays &&
            (mine->proof || (other->reference == mine->reference && other->merge == mine->merge &&
                             other->flops == mine->flops)))
            return study->facts[k * study->plan.totals + total];
    }
    return NULL;
}

/* Two sizes may have a total in common. */
static rxt_status facts_of(rxt_study *study, int kernel, int total)
{
    const rxt_kernel *of = rxt_plan_kernel(&study->plan, kernel);
    int i = kernel * study->plan.totals + total;
    double began = rxt_clock_now();
    rxt_status st = RXT_OK;

    if (of->stores > 0 || study->facts[i] ||
        (study->facts[i] = facts_like(study, kernel, total)) != NULL)
        return RXT_OK;
    study->facts[i] = malloc(rxt_proof_of(of)->facts->size);
    if (!study->facts[i])
        st = rxt_status_no_memory("for what results are proved by");
    if (!st)
        st = rxt_comm_ready(study->host.world, RXT_COMBINE_MPI, rxt_proof_of(of)->facts);
    st = rxt_comm_agree(study->host.world, st);
    if (!st)
        st = rxt_measure_facts(study->host.world, of, study->plan.total[total], &study->operands,
                               study->host.stop, study->facts[i]);
    study->making += (rxt_clock_now() - began) * rxt_comm_size(study->host.world);
    study->made += (double)study->plan.total[total] * rxt_inputs_of(of);
    return st;
}

/* Generated operands cannot overflow. All ranks have the same facts and so the same verdict. */
static rxt_status check_overflow(const rxt_study *study, int kernel, int total)
{
    const rxt_settings *settings = study->settings;
    const rxt_kernel *of = rxt_plan_kernel(&study->plan, kernel);
    const void *facts = study->facts[kernel * study->plan.totals + total];
    rxt_case one = { .type = of->type, .total = 1, .chain = 1, .workers = 1, .kernel = of };

    if (!facts || !rxt_settings_own(settings) || isfinite(rxt_proof_of(of)->bound(facts, &one)))
        return RXT_OK;
    return rxt_status_of(
        RXT_USAGE,
        "%s: partial sums of %s overflow, or nearly; scale the operands by a power "
        "of 2",
        settings->own[0] && settings->own[1] ? "--x, --y"
        : settings->own[0]                   ? "--x"
                                             : "--y",
        of->formula);
}

/* The totals of a size are its splits'. */
static bool has_total(const rxt_plan *plan, int size, int total)
{
    for (int p = 0; p < plan->splits.count; p++)
        if (rxt_plan_total(plan, size, p) == plan->total[total])
            return true;
    return false;
}

rxt_status rxt_study_prove(rxt_study *study, int size)
{
    const rxt_plan *plan = &study->plan;
    rxt_status st = RXT_OK;

    for (int k = 0; k < rxt_plan_kernels(plan); k++)
        for (int t = 0; t < plan->totals && !st; t++) {
            if (!has_total(plan, size, t))
                continue;
            st = facts_of(study, k, t);
            if (!st)
                st = check_overflow(study, k, t);
        }
    return st;
}

rxt_status rxt_study_ready(rxt_study *study, int size)
{
    rxt_status st = rxt_study_take(study, size);

    return st ? st : rxt_study_prove(study, size);
}

static void free_facts(rxt_study *study)
{
    int totals = study->plan.totals;

    for (int i = rxt_plan_kernels(&study->plan) * totals - 1; i >= 0; i--)
        if (!facts_like(study, i / totals, i % totals))
            free(study->facts[i]);
    free(study->facts);
}

void rxt_study_leave_sizes(rxt_study *study)
{
    if (study->facts)
        free_facts(study);
    for (int s = 0; study->arena && s < study->plan.sizes; s++)
        rxt_arena_close(study->arena[s]);
    free(study->arena);
}
