/* rows.c - converts the results of a study to rows. */
#include "study/study.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/vocabulary.h"
#include "study/study_type.h"
#include "support/proof.h"

/* Prints the CPUs where the workers were seen. With several nodes, each rank's CPUs follow the name
 * of its node. */
static void print_placement(const rxt_comm *world, const rxt_split *split, const int *seen,
                            char *text, int size)
{
    int per_node = split->ranks / split->nodes;
    char cpus[RXT_ROW_PLACEMENT];

    if (rxt_comm_nodes(world) == 1) {
        rxt_place_text(split->ranks, split->threads, seen, text, size);
        return;
    }
    text[0] = '\0';
    for (int r = 0; r < split->ranks; r++) {
        rxt_place_text(1, split->threads, seen + r * split->threads, cpus, sizeof cpus);
        rxt_text_append(text, (size_t)size, "%s%s:%s", r ? ";" : "",
                        rxt_comm_node_name(world, r / per_node), cpus);
    }
    rxt_place_cut(text, size);
}

/* Were two workers of a node seen on one core? False if the plan itself may put workers on one core
 * (--smt, or more workers than cores). This rank knows only the cores of its own node; on other
 * nodes it finds only workers with equal CPU numbers. */
static bool shares(const rxt_comm *world, const rxt_plan *plan, const rxt_cell *cell,
                   const rxt_cell_state *state)
{
    const rxt_split *split = &plan->splits.split[cell->split];
    int workers = rxt_plan_per_node(plan, cell->split) * split->threads;

    if (plan->settings->smt || state->calls == 0 || workers > plan->place->bound)
        return false;
    for (int n = 0; n < split->nodes; n++) {
        const rxt_place *own = n == rxt_comm_node(world) ? plan->place : NULL;

        if (rxt_place_shares(own, workers, state->seen + n * workers))
            return true;
    }
    return false;
}

static void note_place(const rxt_plan *plan, const rxt_cell *cell, const rxt_cell_state *state,
                       rxt_row *row)
{
    const int *planned = rxt_plan_cpu(plan, cell->bind, cell->split);
    int workers = rxt_plan_per_node(plan, cell->split) * row->split.threads;
    bool none = rxt_bind_leaves(plan->settings->bind[cell->bind]);

    if (none)
        rxt_row_note(row, "binding as found");
    if (!none && rxt_place_mixes(plan->place, workers, planned))
        rxt_row_note(row, "fast and efficient cores mixed");
    if (!none && workers > plan->place->bound)
        rxt_row_note(row, "workers share cores");
    if (row->shared)
        rxt_row_note(row, "two workers were seen on one core");
    if (state->refused)
        rxt_row_note(row, "not bound (%s)", strerror(state->refused));
    if (state->astray)
        rxt_row_note(row, "a worker was seen off its planned CPU");
}

/* Adds the reason as a note. Because "; " separates notes, each "; " in the reason becomes ", ". */
static void note_trouble(const char *why, rxt_row *row)
{
    char note[RXT_STATUS_TEXT];

    snprintf(note, sizeof note, "%s", why);
    for (char *at = note; (at = strstr(at, "; "));)
        *at = ',';
    rxt_row_note(row, "%s", note);
}

/* Notes that --break-even added the size, and that earlier jobs measured part of the rounds. */
static void note_origin(const rxt_resume_state *resume, rxt_row *row)
{
    if (row->between)
        rxt_row_note(row, "size added by --break-even");
    if (resume->jobs > 1)
        rxt_row_note(row, "measured in %d jobs%s", resume->jobs,
                     resume->forced ? " that differ (--resume=force)" : "");
}

/* Notes why a task was not done, or a remark on how it was done. */
static void note_task(const rxt_task *task, const rxt_cell_state *state, rxt_row *row)
{
    const char *remark = task && task->remark ? task->remark() : NULL;

    if (state->trouble)
        note_trouble(state->trouble, row);
    else if (remark)
        rxt_row_note(row, "%s", remark);
}

/* Adds notes on the error bound of the result. */
static void note_bound(const rxt_workspace *workspace, const rxt_cell *cell, rxt_row *row)
{
    const rxt_plan *plan = workspace->plan;
    const rxt_settings *settings = plan->settings;
    const rxt_kernel *kernel = settings->kernel[cell->kernel];
    const void *facts = workspace->facts[cell->kernel * plan->totals + cell->total];
    rxt_case of;
    double bound;

    if (row->consistent && row->verified)
        rxt_row_note(row, "no proof: results are compared between splits");
    if (!facts)
        return;
    of = rxt_team_case(settings->team[cell->team], kernel, plan->total[cell->total],
                       row->split.ranks, row->split.threads);
    bound = rxt_proof_of(kernel)->bound(facts, &of);
    row->own = rxt_settings_own(settings);
    if (row->own)
        row->bound = bound;
    if (row->own && row->verified && bound > fabs(row->result.value))
        rxt_row_note(row, "ill-conditioned: the error bound exceeds the result");
    if (row->verified && bound > rxt_proof_of(kernel)->mean(facts))
        rxt_row_note(row, "a lost element could hide below the error bound");
}

/* The cache level that a worker's share fits in. The workers of one node hold that node's part of
 * the operands. */
static const char *level_of(const rxt_plan *plan, const rxt_cell *cell, const rxt_row *row)
{
    return rxt_place_level(plan->place, row->bytes / row->split.nodes,
                           rxt_plan_per_node(plan, cell->split) * row->split.threads,
                           rxt_plan_cpu(plan, cell->bind, cell->split));
}

/* Bytes of all operands on all ranks; NAN for a task without operands. */
static double footprint(const rxt_plan *plan, const rxt_cell *cell)
{
    const rxt_kernel *kernel = plan->settings->kernel[cell->kernel];

    if (kernel->task && kernel->arrays == 0)
        return NAN;
    return (double)plan->total[cell->total] * kernel->arrays * (double)rxt_type_size(kernel->type);
}

/* Makes a row with the fields that identify it and with its times; describe_row adds the texts. */
static rxt_row row_of(const rxt_study *study, int c)
{
    const rxt_plan *plan = &study->plan;
    const rxt_settings *settings = plan->settings;
    const rxt_cell *cell = &plan->cell[c];
    const rxt_cell_state *state = &study->conductor.cells.state[c];
    const rxt_kernel *kernel = settings->kernel[cell->kernel];
    const rxt_task *task = kernel->task;
    bool serial = cell->split == 0;

    return (rxt_row){
        .kernel = kernel->name,
        .type = rxt_type_name(kernel->type),
        .scaling = rxt_scaling_name(settings->weak),
        .team = serial ? rxt_vocabulary_none : rxt_team_kind_name(settings->team[cell->team]),
        .combine =
            serial ? rxt_vocabulary_none : rxt_combine_name(settings->combine[cell->combine]),
        .sync = rxt_sync_name(rxt_sync_of(kernel, settings->sync)),
        .bind = rxt_bind_name(settings->bind[cell->bind]),
        .loads = kernel->loads,
        .stores = kernel->stores,
        .flops = kernel->flops,
        .n = plan->n[cell->size],
        .unit = task ? task->unit : NULL,
        .alone = serial && task && task->fits && !task->fits(1, 1, 1),
        .figures = rxt_visit_figures_none(),
        .between = cell->size >= plan->asked,
        .bytes = footprint(plan, cell),
        .split = plan->splits.split[cell->split],
        .baseline = plan->splits.split[plan->cell[cell->baseline].split],
        .calls = state->calls,
        .seconds = state->seconds,
        .epoch = state->epoch,
        .roof = NAN,
        .result = state->result,
        .error = state->error,
        .verified = !state->wrong && state->error <= 1,
        .consistent = rxt_proof_by_agreement(kernel),
        .unbound = state->refused != 0,
        .astray = state->astray,
        .library = kernel->blas ? rxt_blas_account(study->host.blas) : NULL,
    };
}

static void describe_row(const rxt_study *study, int c, rxt_row *row)
{
    const rxt_plan *plan = &study->plan;
    const rxt_comm *world = study->host.world;
    const rxt_cell *cell = &plan->cell[c];
    const rxt_cell_state *state = &study->conductor.cells.state[c];

    for (int f = 0; f < RXT_VISIT_FIGURES; f++)
        row->figures.of[f] = rxt_sample_of(study->conductor.cells.rounds, state->figure[f]).median;
    row->shared = shares(world, plan, cell, state);
    row->level = isnan(row->bytes) ? NULL : level_of(plan, cell, row);
    if (state->calls > 0)
        print_placement(world, &row->split, state->seen, row->placement, sizeof row->placement);
    note_place(plan, cell, state, row);
    note_bound(&study->workspace, cell, row);
    note_task(plan->settings->kernel[cell->kernel]->task, state, row);
    note_origin(&study->resume, row);
}

/* The work of one call of a row, in the unit of the roof: flops if `flops`, else bytes moved. */
static double work_of(const rxt_plan *plan, const rxt_cell *cell, bool flops)
{
    const rxt_kernel *kernel = plan->settings->kernel[cell->kernel];
    double total = (double)plan->total[cell->total];

    return flops ? total * kernel->flops
                 : total * (kernel->loads + kernel->stores) * (double)rxt_type_size(kernel->type);
}

/* The roofs are those of this run, so only its rounds are compared with them. */
static void judge_row(const rxt_plan *plan, const rxt_cell_states *cells, int c, rxt_row *row)
{
    const rxt_cell *cell = &plan->cell[c];
    const rxt_row all = *row;
    rxt_row_roof roof[RXT_ROOF_KINDS] = { 0 };
    int workers = rxt_row_workers(row);

    for (int kind = 0; kind < RXT_ROOF_KINDS; kind++) {
        int judge = cell->roof[kind];
        const rxt_roof *loop;

        if (judge < 0)
            continue;
        loop = &plan->roof[plan->cell[judge].kernel - plan->settings->kernels];
        roof[kind].seconds = cells->state[judge].seconds;
        roof[kind].times = rxt_roof_work(loop, plan->total[cell->total], workers) /
                           work_of(plan, cell, kind == RXT_ROOF_FLOPS);
        if (cells->state[judge].wrong)
            rxt_row_note(row, "the roof's own result was wrong: the roof is not used");
    }
    row->seconds = cells->state[c].seconds;
    row->epoch = cells->state[c].epoch;
    row->run = NULL;
    rxt_row_judge(row, roof, cells->rounds);
    row->seconds = all.seconds;
    row->epoch = all.epoch;
    row->run = all.run;
}

static void describe_host(const rxt_study *study, char *text, size_t size)
{
    char mpi[64], openmp[64];
    const rxt_place *place = study->place;
    int nodes = rxt_comm_nodes(study->host.world);

    rxt_comm_version(mpi);
    rxt_team_version(openmp);
    snprintf(text, size, "%s, ", place->model[0] ? place->model : "unknown CPU");
    if (nodes > 1)
        rxt_text_append(text, size, "%d nodes of ", nodes);
    rxt_text_append(text, size, "%d %s", place->seats,
                    study->settings.smt ? place->seats == 1 ? "hardware thread" : "hardware threads"
                    : place->seats == 1 ? "core"
                                        : "cores");
    if (study->quota > 0)
        rxt_text_append(text, size, " (quota %.3g)", study->quota);
    rxt_text_append(text, size, ", %s, %s", mpi, openmp);
    if (study->host.blas)
        rxt_blas_name(study->host.blas, text, size);
}

/* Copies the flags of the open sizes. Another thread may make the rows while the main thread opens
 * a size, so the flags may change. */
static bool *opened_now(const rxt_plan *plan, const rxt_cell_states *cells)
{
    size_t sizes = cells->state ? (size_t)plan->sizes : 0;
    bool *opened = malloc(sizes + 1);

    if (opened && sizes > 0)
        memcpy(opened, cells->opened, sizes);
    return opened;
}

/* Makes the rows of the open sizes, without figures and texts. */
static rxt_status take_rows(const rxt_study *study, const bool opened[], rxt_rows *rows)
{
    const rxt_plan *plan = &study->plan;
    const rxt_cell_states *cells = &study->conductor.cells;
    int count = opened && cells->state ? rxt_cell_states_rows(plan, opened) : 0;

    *rows = (rxt_rows){ .rounds = cells->rounds };
    rows->row = opened ? calloc((size_t)count + 1, sizeof *rows->row) : NULL;
    if (!rows->row)
        return rxt_status_no_memory("for %d rows", count);
    for (int c = 0; c < plan->cells && rows->count < count; c++)
        if (opened[plan->cell[c].size])
            rows->row[rows->count++] = row_of(study, c);
    return RXT_OK;
}

static void describe_rows(const rxt_study *study, const bool opened[], rxt_rows *rows)
{
    for (int c = 0, r = 0; r < rows->count; c++)
        if (opened[study->plan.cell[c].size])
            describe_row(study, c, &rows->row[r++]);
}

/* Derives speedups and roofs. A row's baseline is in the same block, so the distance between the
 * two rows is the distance between their cells. Goes from the last row to the first. */
static void derive_rows(const rxt_study *study, const bool opened[], rxt_rows *rows)
{
    const rxt_plan *plan = &study->plan;
    int r = rows->count;

    for (int c = plan->cells - 1; c >= 0 && r > 0; c--)
        if (opened[plan->cell[c].size]) {
            r--;
            rxt_row_derive(&rows->row[r], &rows->row[r + plan->cell[c].baseline - c], rows->rounds);
            judge_row(plan, &study->conductor.cells, c, &rows->row[r]);
        }
}

static void describe(const rxt_study *study, rxt_rows *rows)
{
    const rxt_splits_request *request = &study->settings.splits;

    rows->splits = study->plan.host;
    rows->oversubscribe = request->oversubscribe;
    rows->smt = study->settings.smt;
    rows->against = study->settings.preset->against;
    rows->lesson = study->settings.preset->lesson != RXT_LESSON_NONE;
    rows->default_splits = !request->grid && request->pairs == 0 && request->rank_count == 0 &&
                           request->thread_count == 0 && request->node_count == 0 &&
                           request->per_node_count == 0;
    if (!study->conductor.cells.state)
        return;
    memcpy(rows->no_baseline, study->plan.splits.no_baseline, sizeof rows->no_baseline);
    describe_host(study, rows->host, sizeof rows->host);
    rxt_operands_text(&study->operands, rxt_settings_inputs(&study->settings), rows->operands,
                      sizeof rows->operands);
}

rxt_status rxt_study_times(const rxt_study *study, rxt_rows *rows)
{
    bool *opened = opened_now(&study->plan, &study->conductor.cells);
    rxt_status st = take_rows(study, opened, rows);

    if (!st)
        st = rxt_earlier_add(&study->earlier, study->resume.created, rows);
    free(opened);
    return st;
}

rxt_status rxt_study_rows(const rxt_study *study, bool stopped, rxt_rows *rows)
{
    bool *opened = opened_now(&study->plan, &study->conductor.cells);
    rxt_status st = take_rows(study, opened, rows);

    rows->stopped = stopped;
    if (!st)
        st = rxt_earlier_add(&study->earlier, study->resume.created, rows);
    if (!st) {
        describe(study, rows);
        describe_rows(study, opened, rows);
        derive_rows(study, opened, rows);
        rxt_history_spread(&study->history, rows);
    }
    free(opened);
    return st;
}

void rxt_study_rows_free(rxt_rows *rows)
{
    free(rows->row);
    free(rows->run);
    free(rows->own_seconds);
    free(rows->own_epoch);
    free(rows->own_run);
    *rows = (rxt_rows){ 0 };
}
