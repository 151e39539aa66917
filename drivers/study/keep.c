/* keep.c - a study's journal: started, or resumed where an earlier job stopped. */
#include "study/study.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/atomic_file.h"
#include "base/clock.h"
#include "files/record.h"
#include "study/head.h"
#include "study/restore.h"
#include "study/study_type.h"

/* ---- begin, or go on ---- */

static int timed(const rxt_journal_contents *contents)
{
    int count = 0;

    for (int v = 0; v < contents->visits; v++)
        count += contents->visit[v].round >= 0;
    return count;
}

/* Reads the first `runs` runs of the study's file, if there are any. */
static rxt_status take_earlier(rxt_study *study, int runs)
{
    rxt_status st = RXT_OK;

    if (runs > 0 && !study->earlier.file)
        st = rxt_earlier_open(study->resume.file, runs, &study->earlier);
    if (!st && runs > 0)
        st = rxt_earlier_open_sizes(&study->earlier, &study->plan, &study->conductor.cells);
    study->resume.earlier = runs;
    return st;
}

/* Resumes from a journal. If --resume=force accepted a difference, every result is proved again
 * (study/trial.c), because the operands may be different. */
static rxt_status go_on(rxt_study *study, const rxt_journal_contents *contents)
{
    rxt_resume_state *resume = &study->resume;
    bool forced = false;
    int times = timed(contents);
    rxt_status st = rxt_head_same(contents, &study->plan, study->nodes, resume->program, &forced);

    if (!st)
        st = take_earlier(study, rxt_head_runs(contents->head));
    if (!st)
        st = rxt_restore_visits(contents, &study->plan, &study->conductor.cells);
    if (!st)
        st = rxt_journal_go_on(resume->journal, contents, forced);
    if (st)
        return st;
    resume->jobs = contents->jobs + 1;
    resume->anew = forced;
    resume->forced = contents->forced || forced;
    rxt_head_created(contents->head, resume->created);
    rxt_study_say(&study->host,
                  "the study continues after %d %svisits in %d rounds of %d earlier job%s",
                  times > 0 ? times : contents->visits, times > 0 ? "" : "trial ",
                  study->conductor.cells.rounds, contents->jobs, contents->jobs == 1 ? "" : "s");
    return RXT_OK;
}

/* Is the study file complete? If a journal still exists, the last run in the file must be that of
 * the journal: its number and its start must be equal. Then an earlier job was killed before it
 * removed the journal. */
static bool is_finished(const rxt_resume_state *resume, const rxt_journal_found *found,
                        const rxt_journal_contents *contents)
{
    char began[32] = "";

    rxt_head_created(contents->head, began);
    return found->target == RXT_TARGET_COMPLETE &&
           (!resume->journal || (found->runs == rxt_head_runs(contents->head) + 1 && began[0] &&
                                 !strcmp(began, found->began)));
}

/* The number of rows of the requested sizes. --break-even may have added rows to the file. */
static int rows_asked(const rxt_plan *plan)
{
    int rows = 0;

    for (int c = 0; c < plan->cells; c++)
        rows += plan->cell[c].size < plan->asked;
    return rows;
}

/* Checks the study file itself. *nothing_left is set if it is complete. RXT_USAGE if the study was
 * stopped and its journal is missing; RXT_WRONG if the file is complete but has wrong results. */
static rxt_status look(rxt_study *study, const rxt_journal_contents *contents, bool *nothing_left)
{
    const rxt_resume_state *resume = &study->resume;
    rxt_journal_found found;
    char name[PATH_MAX];
    rxt_status st =
        rxt_journal_look(resume->file, rows_asked(&study->plan), study->plan.cells, &found);

    if (st)
        return st;
    *nothing_left = is_finished(resume, &found, contents);
    if (*nothing_left)
        st = rxt_head_same_settings(&study->plan, resume->file);
    if (*nothing_left && !st && found.wrong)
        return rxt_status_of(RXT_WRONG, "%.200s is complete, with wrong results: rows are marked",
                             resume->file);
    if (found.target == RXT_TARGET_STOPPED && !resume->journal)
        return rxt_status_of(RXT_USAGE,
                             "--resume: the study of %.140s was stopped and its journal is "
                             "missing: %.140s; leave --resume out to measure again",
                             resume->file, rxt_journal_name(resume->file, name));
    return st;
}

static void say_complete(const rxt_study *study)
{
    const rxt_resume_state *resume = &study->resume;

    rxt_study_say(&study->host, "%.200s is complete: nothing is left to measure%s", resume->file,
                  rxt_record_tells(resume->file) ? "" : " (a .csv does not record its settings)");
    if (resume->journal)
        rxt_journal_remove(resume->journal);
}

static rxt_status begin(rxt_study *study)
{
    struct json_t *head = rxt_head_of(&study->plan, study->nodes, &study->resume);

    return rxt_resume_begin(&study->resume, head);
}

/* Begins a run that is added to those of the file, or the first run if there is no file. */
static rxt_status add_run(rxt_study *study)
{
    const rxt_resume_state *resume = &study->resume;
    rxt_status st = RXT_OK;

    if (access(resume->file, F_OK) == 0 || errno != ENOENT)
        st = rxt_earlier_open(resume->file, 0, &study->earlier);
    if (st || !study->earlier.file)
        return st ? st : begin(study);
    if (study->earlier.file->rows.stopped)
        return rxt_status_of(RXT_USAGE,
                             "--again: the last run of %.200s was stopped; use --resume --again to "
                             "continue that run",
                             resume->file);
    st = rxt_head_again(rxt_earlier_identity(&study->earlier), &study->plan, study->nodes,
                        resume->program);
    if (!st)
        st = take_earlier(study, study->earlier.runs);
    if (st)
        return st;
    rxt_study_say(&study->host, "run %d of the study in %.200s", study->earlier.runs + 1,
                  resume->file);
    return begin(study);
}

/* Removes the journal of a complete run. */
static void drop_journal(rxt_resume_state *resume)
{
    if (resume->journal)
        rxt_journal_remove(resume->journal);
    rxt_journal_close(resume->journal);
    resume->journal = NULL;
}

static rxt_status go_on_or_begin(rxt_study *study, bool *nothing_left)
{
    rxt_resume_state *resume = &study->resume;
    rxt_journal_contents contents;
    char name[PATH_MAX];
    rxt_status st = rxt_journal_open(resume->file, &resume->journal, &contents);

    if (!st)
        st = look(study, &contents, nothing_left);
    if (!st && *nothing_left && study->settings.again) {
        *nothing_left = false;
        drop_journal(resume);
        rxt_journal_free(&contents);
        return add_run(study);
    }
    if (!st && *nothing_left)
        say_complete(study);
    else if (!st && resume->journal)
        st = go_on(study, &contents);
    rxt_journal_free(&contents);
    if (st || *nothing_left || resume->journal)
        return st;
    rxt_study_say(&study->host, "%.200s does not exist: the study starts",
                  rxt_journal_name(resume->file, name));
    return begin(study);
}

/* ---- the file ---- */

/* RXT_USAGE if an output file is an operand file, which would be overwritten. */
static rxt_status check_target(const rxt_operands *operands, const char *option, const char *path)
{
    const char *own = path ? rxt_operands_at(operands, path) : NULL;

    if (!own)
        return RXT_OK;
    return rxt_status_of(
        RXT_USAGE, "%s=%.200s: is the file of %s and would be overwritten; choose another file",
        option, path, own);
}

static rxt_status check_targets(const rxt_settings *settings)
{
    const char *file = settings->output, *plot = settings->plot;
    char journal[PATH_MAX];
    rxt_status st = check_target(settings->operands, "--output", file);
    bool own;

    if (!st)
        st = check_target(settings->operands, "--plot", plot);
    if (st || !file || !plot)
        return st;
    own = rxt_atomic_file_same(file, plot);
    if (!own && !rxt_atomic_file_same(rxt_journal_name(file, journal), plot))
        return RXT_OK;
    return rxt_status_of(
        RXT_USAGE,
        "--plot=%.200s: is the %s of --output and would be overwritten; choose another file", plot,
        own ? "file" : "journal");
}

/* Begins or resumes the journal. If another study holds the journal, this study waits until the
 * other study ends; the waiting time is added to this study's budget. */
static rxt_status take_journal(rxt_study *study, bool *nothing_left)
{
    const rxt_resume_state *resume = &study->resume;
    double began = rxt_clock_now();
    bool held = rxt_journal_held(resume->file);
    char name[PATH_MAX];
    rxt_status st;

    if (held)
        rxt_study_say(
            &study->host,
            "%.200s: another study is writing this file; waiting up to %d s for that study to end",
            rxt_journal_name(resume->file, name), RXT_JOURNAL_PATIENCE);
    st = study->settings.resume  ? go_on_or_begin(study, nothing_left)
         : study->settings.again ? add_run(study)
                                 : begin(study);
    if (held)
        study->conductor.deadline += rxt_clock_now() - began;
    return st;
}

/* What rank 0 does. */
static rxt_status keep(rxt_study *study, bool *nothing_left)
{
    rxt_resume_state *resume = &study->resume;
    rxt_status st = check_targets(&study->settings);

    if (st)
        return st;
    resume->identity = rxt_head_identity(&study->plan, study->nodes, resume->program);
    st = rxt_history_open(study->settings.history, resume->identity, &study->history);
    return st || !resume->file ? st : take_journal(study, nothing_left);
}

rxt_status rxt_study_keep(rxt_study *study, bool *nothing_left)
{
    rxt_status st = RXT_OK;
    double nothing;

    *nothing_left = false;
    if (rxt_comm_rank(study->host.world) == 0)
        st = keep(study, nothing_left);
    st = rxt_comm_agree(study->host.world, st);
    nothing = *nothing_left;
    rxt_comm_max(study->host.world, 1, &nothing);
    *nothing_left = nothing > 0;
    return st;
}
