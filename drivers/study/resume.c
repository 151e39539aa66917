/* resume.c - begins a study's journal and writes to it. */
#include "study/resume.h"

#include "base/atomic_file.h"
#include "base/clock.h"

/* Reports that there is no journal. The study is measured without a journal, but cannot be
 * resumed. */
static rxt_status go_without(const rxt_resume_state *resume, rxt_status st)
{
    rxt_study_say(resume->host, "%s; this study cannot be resumed if it is stopped", st->text);
    rxt_status_free(st);
    return RXT_OK;
}

rxt_status rxt_resume_begin(rxt_resume_state *resume, struct json_t *head)
{
    char aside[RXT_JOURNAL_NAME], name[PATH_MAX];
    rxt_status st = rxt_journal_create(resume->file, head, aside, &resume->journal);

    resume->begun = !st;
    if (aside[0])
        rxt_study_say(resume->host, "%.100s belongs to an incomplete study: kept as %s%s",
                      rxt_journal_name(resume->file, name), aside,
                      rxt_atomic_file_ends(aside, ".old")
                          ? ""
                          : ", beside older journals; remove those that you do not need");
    return rxt_status_code(st) == RXT_ENVIRONMENT ? go_without(resume, st) : st;
}

/* If the journal cannot be written any more, this is reported once and the study goes on. If the
 * process is killed later, the results of the study are lost. */
void rxt_resume_record(rxt_resume_state *resume, const rxt_journal_visit *visit)
{
    char name[PATH_MAX];

    if (!resume->journal || resume->failed)
        return;
    rxt_journal_write(resume->journal, visit);
    resume->failed = rxt_journal_error(resume->journal) != 0;
    if (!resume->failed)
        return;
    rxt_study_say(resume->host,
                  "%.200s: cannot be written (%s); this study cannot be resumed if it is stopped",
                  rxt_journal_name(resume->file, name),
                  rxt_status_reason(rxt_journal_error(resume->journal)));
}

/* Writes the journal to the disk at most every 5 s. If the process is killed, nothing that was
 * written is lost; if the machine fails, the last seconds are lost. */
void rxt_resume_sync(rxt_resume_state *resume)
{
    const double seconds = 5;

    if (!resume->journal || rxt_clock_now() < resume->synced + seconds)
        return;
    rxt_journal_sync(resume->journal);
    resume->synced = rxt_clock_now();
}
