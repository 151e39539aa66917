/* restore.c - enters the visits of earlier jobs as if this job had made them, and allocates on all
 * ranks the memory for the sizes of these visits.
 *
 * If the last round of an earlier job is incomplete, it stays incomplete: its visits and pairs are
 * kept, but the study continues with a new round. Visits of two jobs are far apart in time, so they
 * never form a pair. */
#include "study/restore.h"

#include <math.h>
#include <stdlib.h>

#include "study/study_type.h"

/* Does visit v of the journal belong to a cell of the plan? Every round has at least one visit, so
 * a round number is less than the number of visits. */
static bool fits(const rxt_plan *plan, const rxt_journal_contents *contents, int v)
{
    const rxt_journal_visit *visit = &contents->visit[v];
    const rxt_split *split;

    if (visit->cell >= plan->all || visit->round >= contents->visits)
        return false;
    split = &plan->splits.split[plan->cell[visit->cell].split];
    return visit->workers == rxt_split_workers(*split);
}

static bool is_there(const rxt_cell_states *cells, const rxt_journal_visit *visit)
{
    return visit->round >= 0 && !isnan(cells->state[visit->cell].seconds[visit->round]);
}

static rxt_status no_visit(const char *file, int v, const char *why)
{
    char name[PATH_MAX];

    return rxt_status_of(RXT_USAGE, "--resume: %.200s: visit %d %s; leave --resume out",
                         rxt_journal_name(file, name), v + 1, why);
}

/* The pages of an earlier job are gone, so this job begins a later epoch than that of the visit. */
static void go_beyond(const rxt_journal_visit *visit, const rxt_plan *plan, rxt_cell_states *cells)
{
    rxt_epoch_state *epoch = &cells->epoch[plan->cell[visit->cell].size];

    if (visit->round >= 0 && visit->epoch >= epoch->number)
        epoch->number = visit->epoch + 1;
}

/* Opens a size that an earlier job added. */
static rxt_status open_size(const rxt_plan *plan, int size, rxt_cell_states *cells)
{
    return cells->opened[size] ? RXT_OK : rxt_cell_states_grow(plan, size, cells);
}

rxt_status rxt_restore_visits(const rxt_journal_contents *contents, const rxt_plan *plan,
                              rxt_cell_states *cells)
{
    int rounds = 0;
    rxt_status st;

    for (int v = 0; v < contents->visits; v++) {
        if (!fits(plan, contents, v))
            return no_visit(plan->settings->output, v, "belongs to no split of this study");
        if (contents->visit[v].round >= rounds)
            rounds = contents->visit[v].round + 1;
        st = open_size(plan, plan->cell[contents->visit[v].cell].size, cells);
        if (st)
            return st;
    }
    st = rxt_cell_states_room(plan, rounds + plan->settings->rounds_max, cells);
    for (int v = 0; !st && v < contents->visits; v++) {
        if (is_there(cells, &contents->visit[v]))
            return no_visit(plan->settings->output, v, "appears twice");
        rxt_cell_states_enter(&contents->visit[v], cells);
        go_beyond(&contents->visit[v], plan, cells);
    }
    if (st)
        return st;
    cells->rounds = rounds;
    rxt_cell_states_count_whole(plan, cells);
    return RXT_OK;
}

/* Does any rank resume? All ranks must know the answer, because the next step is collective and
 * some ranks may have been started with other options. */
static bool any_resumes(const rxt_comm *world, const rxt_settings *settings)
{
    double resumes = settings->resume != RXT_RESUME_NO || settings->again != RXT_RESUME_NO;

    rxt_comm_max(world, 1, &resumes);
    return resumes > 0;
}

/* Makes all ranks ready for the sizes that earlier jobs added; only rank 0 knows which ones. */
static rxt_status ready_opened(const rxt_cell_states *cells, rxt_workspace *workspace)
{
    const rxt_plan *plan = workspace->plan;
    const rxt_comm *world = workspace->host->world;
    double *opened = calloc((size_t)plan->sizes, sizeof *opened);
    rxt_status st = opened ? RXT_OK : rxt_status_no_memory("for the study's own lists");

    st = rxt_comm_agree(world, st);
    for (int s = 0; !st && cells->opened && s < plan->sizes; s++)
        opened[s] = cells->opened[s];
    if (!st)
        rxt_comm_max(world, plan->sizes, opened);
    for (int s = plan->asked; !st && s < plan->sizes; s++)
        if (opened[s] > 0)
            st = rxt_workspace_ready(workspace, s);
    free(opened);
    return st;
}

rxt_status rxt_study_ready_again(rxt_study *study)
{
    return any_resumes(study->host.world, &study->settings)
               ? ready_opened(&study->conductor.cells, &study->workspace)
               : RXT_OK;
}
