/* resume.c - a study's journal: begun, or taken up where an earlier job stopped.
 *
 * A round that was cut short stays so: its visits are kept, and its pairs, but the study goes on
 * with a round of its own. Visits of two jobs are no neighbours in time, and make no pair. */
#include "study/study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/atomic_file.h"
#include "base/clock.h"
#include "files/record.h"

static const char *file_of(const rxt_study *study)
{
    return study->settings->output;
}

/* ---- visits of earlier jobs ---- */

/* No round is without a visit, so none has a number beyond theirs. */
static bool fits(const rxt_study *study, const rxt_journal_contents *contents, int v)
{
    const rxt_journal_visit *visit = &contents->visit[v];
    const rxt_split *split;

    if (visit->cell >= study->plan.all || visit->round >= contents->visits)
        return false;
    split = rxt_study_split(study, &study->plan.cell[visit->cell]);
    return visit->workers == rxt_split_workers(*split);
}

/* Were all rows of the block visited in that round? What is wrong is not visited again. */
static bool whole(const rxt_study *study, int size, int round)
{
    for (int c = 0; c < study->plan.cells; c++)
        if (study->plan.cell[c].size == size && !study->state[c].wrong &&
            !study->state[c].trouble && isnan(study->state[c].seconds[round]))
            return false;
    return true;
}

void rxt_study_count_whole(rxt_study *study)
{
    for (int s = 0; s < study->plan.sizes; s++) {
        study->whole[s] = 0;
        for (int r = 0; study->opened[s] && r < study->rounds; r++)
            study->whole[s] += whole(study, s, r);
    }
}

static bool is_there(const rxt_study *study, const rxt_journal_visit *visit)
{
    return visit->round >= 0 && !isnan(study->state[visit->cell].seconds[visit->round]);
}

static rxt_status no_visit(const rxt_study *study, int v, const char *why)
{
    char name[PATH_MAX];

    return rxt_status_of(RXT_USAGE, "--resume: %.200s: visit %d %s; leave --resume out",
                         rxt_journal_name(file_of(study), name), v + 1, why);
}

/* A size that an earlier job opened. */
static rxt_status open_size(rxt_study *study, int size)
{
    return study->opened[size] ? RXT_OK : rxt_study_cell_states_grow(study, size);
}

static rxt_status enter_all(rxt_study *study, const rxt_journal_contents *contents)
{
    int rounds = 0;
    rxt_status st;

    for (int v = 0; v < contents->visits; v++) {
        if (!fits(study, contents, v))
            return no_visit(study, v, "is of no split of this study");
        if (contents->visit[v].round >= rounds)
            rounds = contents->visit[v].round + 1;
        st = open_size(study, study->plan.cell[contents->visit[v].cell].size);
        if (st)
            return st;
    }
    st = rxt_study_room(study, rounds + study->settings->rounds_max);
    for (int v = 0; !st && v < contents->visits; v++) {
        if (is_there(study, &contents->visit[v]))
            return no_visit(study, v, "is there twice");
        rxt_study_enter(study, &contents->visit[v]);
    }
    if (st)
        return st;
    study->rounds = rounds;
    rxt_study_count_whole(study);
    return RXT_OK;
}

static int timed(const rxt_journal_contents *contents)
{
    int count = 0;

    for (int v = 0; v < contents->visits; v++)
        count += contents->visit[v].round >= 0;
    return count;
}

/* ---- begin, or go on ---- */

/* What goes on by force has every result proved anew (study/rounds.c): operands may be others. */
static rxt_status go_on(rxt_study *study, const rxt_journal_contents *contents)
{
    bool forced = false;
    int times = timed(contents);
    rxt_status st = rxt_study_same(study, contents, &forced);

    if (!st)
        st = enter_all(study, contents);
    if (!st)
        st = rxt_journal_go_on(study->journal, contents, forced);
    if (st)
        return st;
    study->jobs = contents->jobs + 1;
    study->anew = forced;
    study->forced = contents->forced || forced;
    rxt_study_created(contents->head, study->created);
    rxt_study_say(study, "goes on after %d %svisits in %d rounds of %d earlier job%s",
                  times > 0 ? times : contents->visits, times > 0 ? "" : "trial ", study->rounds,
                  contents->jobs, contents->jobs == 1 ? "" : "s");
    return RXT_OK;
}

/* A study without a journal is one that could not be resumed, which is no reason not to measure. */
static rxt_status go_without(const rxt_study *study, rxt_status st)
{
    rxt_study_say(study, "%s; the study could not be resumed", st->text);
    rxt_status_free(st);
    return RXT_OK;
}

static rxt_status begin(rxt_study *study)
{
    char aside[RXT_JOURNAL_NAME], name[PATH_MAX];
    rxt_status st =
        rxt_journal_create(file_of(study), rxt_study_head(study), aside, &study->journal);

    study->begun = !st;
    if (aside[0])
        rxt_study_say(study, "%.100s was of a study that is not complete: kept as %s%s",
                      rxt_journal_name(file_of(study), name), aside,
                      rxt_atomic_file_ends(aside, ".old")
                          ? ""
                          : ", beside older ones; remove what nobody needs");
    return rxt_status_code(st) == RXT_ENVIRONMENT ? go_without(study, st) : st;
}

/* The file of a complete study, and a journal that a kill did not leave time to remove. */
static bool is_finished(const rxt_study *study, const rxt_journal_found *found,
                        const rxt_journal_contents *contents)
{
    char created[32] = "";

    rxt_study_created(contents->head, created);
    return found->target == RXT_TARGET_COMPLETE &&
           (!study->journal || (created[0] && !strcmp(created, found->created)));
}

/* Rows of the sizes asked for: a break-even size adds some. */
static int rows_asked(const rxt_study *study)
{
    int rows = 0;

    for (int c = 0; c < study->plan.cells; c++)
        rows += study->plan.cell[c].size < study->plan.asked;
    return rows;
}

/* What does the file itself say? */
static rxt_status look(rxt_study *study, const rxt_journal_contents *contents, bool *nothing_left)
{
    rxt_journal_found found;
    char name[PATH_MAX];
    rxt_status st = rxt_journal_look(file_of(study), rows_asked(study), study->plan.cells, &found);

    if (st)
        return st;
    *nothing_left = is_finished(study, &found, contents);
    if (*nothing_left)
        st = rxt_study_same_settings(study, file_of(study));
    if (*nothing_left && !st && found.wrong)
        return rxt_status_of(RXT_WRONG, "%.200s is complete, with wrong results: rows are marked",
                             file_of(study));
    if (found.target == RXT_TARGET_STOPPED && !study->journal)
        return rxt_status_of(RXT_USAGE,
                             "--resume: %.140s is of a study that was stopped, but its visits are "
                             "not there: %.140s; leave --resume out to measure anew",
                             file_of(study), rxt_journal_name(file_of(study), name));
    return st;
}

static void say_complete(const rxt_study *study)
{
    rxt_study_say(study, "%.200s is complete: nothing is left to measure%s", file_of(study),
                  rxt_record_tells(file_of(study)) ? ""
                                                   : " (a .csv does not tell of which settings)");
    if (study->journal)
        rxt_journal_remove(study->journal);
}

static rxt_status resume(rxt_study *study, bool *nothing_left)
{
    rxt_journal_contents contents;
    char name[PATH_MAX];
    rxt_status st = rxt_journal_open(file_of(study), &study->journal, &contents);

    if (!st)
        st = look(study, &contents, nothing_left);
    if (!st && *nothing_left)
        say_complete(study);
    else if (!st && study->journal)
        st = go_on(study, &contents);
    rxt_journal_free(&contents);
    if (st || *nothing_left || study->journal)
        return st;
    rxt_study_say(study, "%.200s is not there: the study begins",
                  rxt_journal_name(file_of(study), name));
    return begin(study);
}

bool rxt_study_has_visits(const rxt_study *study)
{
    for (int c = 0; study->state && c < study->plan.cells; c++)
        if (study->state[c].calls > 0 || study->state[c].wrong)
            return true;
    return false;
}

void rxt_study_drop(const rxt_study *study)
{
    if (study->journal && study->begun && !rxt_study_has_visits(study))
        rxt_journal_remove(study->journal);
}

void rxt_study_leave(rxt_study *study)
{
    rxt_study_drop(study);
    rxt_journal_close(study->journal);
}

/* Whoever names a file that is read, or two that are written, as one would lose it. */
static rxt_status check_target(const rxt_study *study, const char *option, const char *path)
{
    const char *own = path ? rxt_operands_at(&study->operands, path) : NULL;

    if (!own)
        return RXT_OK;
    return rxt_status_of(RXT_USAGE,
                         "%s=%.200s: is the file of %s, which would be replaced; choose another "
                         "file",
                         option, path, own);
}

static rxt_status check_targets(const rxt_study *study)
{
    const char *file = file_of(study), *plot = study->settings->plot;
    char journal[PATH_MAX];
    rxt_status st = check_target(study, "--output", file);
    bool own;

    if (!st)
        st = check_target(study, "--plot", plot);
    if (st || !file || !plot)
        return st;
    own = rxt_atomic_file_same(file, plot);
    if (!own && !rxt_atomic_file_same(rxt_journal_name(file, journal), plot))
        return RXT_OK;
    return rxt_status_of(RXT_USAGE,
                         "--plot=%.200s: is the %s of --output, which would be replaced; choose "
                         "another file",
                         plot, own ? "file" : "journal");
}

/* Another study's end may be waited for: not at the cost of this one's budget. */
static rxt_status take_journal(rxt_study *study, bool *nothing_left)
{
    double began = rxt_clock_now();
    bool held = rxt_journal_held(file_of(study));
    char name[PATH_MAX];
    rxt_status st;

    if (held)
        rxt_study_say(study, "%.200s: another study is writing it; waits up to %d s for its end",
                      rxt_journal_name(file_of(study), name), RXT_JOURNAL_PATIENCE);
    st = study->settings->resume ? resume(study, nothing_left) : begin(study);
    if (held)
        study->deadline += rxt_clock_now() - began;
    return st;
}

rxt_status rxt_study_keep(rxt_study *study, bool *nothing_left)
{
    rxt_status st = RXT_OK;
    double nothing;

    *nothing_left = false;
    if (rxt_comm_rank(study->host.world) == 0)
        st = check_targets(study);
    if (!st && file_of(study) && rxt_comm_rank(study->host.world) == 0)
        st = take_journal(study, nothing_left);
    st = rxt_comm_agree(study->host.world, st);
    nothing = *nothing_left;
    rxt_comm_max(study->host.world, 1, &nothing);
    *nothing_left = nothing > 0;
    return st;
}

/* A rank may have been started with other options. */
static bool any_resumes(const rxt_study *study)
{
    double resumes = study->settings->resume != RXT_RESUME_NO;

    rxt_comm_max(study->host.world, 1, &resumes);
    return resumes > 0;
}

/* The sizes that earlier jobs opened, by all ranks. */
static rxt_status ready_opened(rxt_study *study)
{
    const rxt_plan *plan = &study->plan;
    double *opened = calloc((size_t)plan->sizes, sizeof *opened);
    rxt_status st = opened ? RXT_OK : rxt_status_no_memory("for the study's own lists");

    st = rxt_comm_agree(study->host.world, st);
    for (int s = 0; !st && study->opened && s < plan->sizes; s++)
        opened[s] = study->opened[s];
    if (!st)
        rxt_comm_max(study->host.world, plan->sizes, opened);
    for (int s = plan->asked; !st && s < plan->sizes; s++)
        if (opened[s] > 0)
            st = rxt_study_ready(study, s);
    free(opened);
    return st;
}

rxt_status rxt_study_ready_again(rxt_study *study)
{
    return any_resumes(study) ? ready_opened(study) : RXT_OK;
}
