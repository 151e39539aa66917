/* study.c - accessors of a study, for other parts of the program. */
#include "study/study.h"

#include <stdarg.h>

#include "base/text.h"
#include "study/doubts.h"
#include "study/refusal.h"
#include "study/study_type.h"

void rxt_study_say(const rxt_study_host *host, const char *format, ...)
{
    char line[2 * RXT_STATUS_TEXT] = "";
    va_list args;

    va_start(args, format);
    rxt_text_append_list(line, sizeof line, format, args);
    va_end(args);
    host->say(host->arg, line);
}

const rxt_plan *rxt_study_plan(const rxt_study *study)
{
    return &study->plan;
}

const rxt_host *rxt_study_nodes(const rxt_study *study)
{
    return study->nodes;
}

double rxt_study_deadline(const rxt_study *study)
{
    return study->conductor.deadline;
}

const char *rxt_study_created(const rxt_study *study)
{
    return study->earlier.file ? study->earlier.file->created : study->resume.created;
}

const struct json_t *rxt_study_identity(const rxt_study *study)
{
    return study->resume.identity;
}

bool rxt_study_is_complete(const rxt_study *study)
{
    return study->conductor.complete;
}

rxt_status rxt_study_verdict(const rxt_study *study)
{
    return rxt_refusal_wrong(&study->conductor);
}

rxt_status rxt_study_out_of_budget(const rxt_study *study)
{
    return rxt_conductor_out_of_budget(&study->conductor);
}

bool rxt_study_has_visits(const rxt_study *study)
{
    return rxt_cell_states_any(&study->plan, &study->conductor.cells);
}

bool rxt_study_has_journal(const rxt_study *study)
{
    return study->resume.journal && !study->resume.failed;
}

void rxt_study_remove_journal(const rxt_study *study)
{
    if (study->resume.journal)
        rxt_journal_remove(study->resume.journal);
}

void rxt_study_drop(const rxt_study *study)
{
    if (study->resume.begun && !rxt_study_has_visits(study))
        rxt_study_remove_journal(study);
}

rxt_observations rxt_study_observations(const rxt_study *study)
{
    const rxt_settings *settings = &study->settings;
    rxt_observations seen = { .shared = rxt_doubts_shared(study->nodes),
                              .pair = rxt_doubts_pair(&study->plan, &study->conductor.cells),
                              .resolution = study->workspace.resolution,
                              .precision = settings->precision,
                              .budget = settings->budget,
                              .rounds_min = settings->rounds_min,
                              .rounds_max = settings->rounds_max,
                              .kept = settings->output != NULL && !study->conductor.complete };

    rxt_watch_tell(&study->watch, study->host.world, &seen);
    rxt_doubts_levels(study->nodes, seen.level);
    return seen;
}
