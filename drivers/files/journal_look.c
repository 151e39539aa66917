/* journal_look.c - checks the study file of a study that resumes. */
#include "files/journal.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <unistd.h>

#include "files/study_reader.h"

static rxt_status no_study(const char *why)
{
    return rxt_status_of(RXT_USAGE,
                         "--resume: %.380s; choose another --output, or leave --resume out to "
                         "replace it",
                         why);
}

/* If the file is not valid, adds the remedy to the message. An error of the system is returned
 * unchanged, because it would also occur with another file. */
static rxt_status explain(rxt_status st)
{
    rxt_status new;

    if (rxt_status_code(st) != RXT_USAGE)
        return st;
    new = no_study(st->text);
    rxt_status_free(st);
    return new;
}

/* Can the file belong to this study? A CSV has no settings, so only its number of rows is checked.
 * A JSON must have settings; whether they are equal is checked elsewhere. */
static rxt_status check_settings(const char *path, const rxt_study_reader *study, int least,
                                 int most)
{
    bool json = study->document;
    char why[200];

    if (json ? json_is_object(json_object_get(study->document, "settings"))
             : study->rows.count >= least && study->rows.count <= most)
        return RXT_OK;
    snprintf(why, sizeof why, "%.150s: does not have the %s of this study", path,
             json ? "settings" : "rows");
    return no_study(why);
}

rxt_status rxt_journal_look(const char *path, int least, int most, rxt_journal_found *found)
{
    rxt_study_reader *study;
    rxt_status st;

    *found = (rxt_journal_found){ .target = RXT_TARGET_NONE };
    if (access(path, F_OK) != 0 && errno == ENOENT)
        return RXT_OK;
    st = rxt_study_reader_open(path, &study);
    if (st)
        return explain(st);
    found->target = study->rows.stopped ? RXT_TARGET_STOPPED : RXT_TARGET_COMPLETE;
    found->wrong = rxt_rows_wrong(&study->rows);
    found->runs = study->rows.runs > 0 ? study->rows.runs : 1;
    snprintf(found->began, sizeof found->began, "%s",
             study->rows.runs > 0 ? study->rows.run[study->rows.runs - 1].began : study->created);
    st = check_settings(path, study, least, most);
    rxt_study_reader_close(study);
    return st;
}
