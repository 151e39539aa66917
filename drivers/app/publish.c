/* publish.c - writes a study's rows to its file and to standard output. */
#include "app/publish.h"

#include <stdio.h>
#include <unistd.h>

#include "analysis/answer.h"
#include "app/output.h"
#include "base/atomic_file.h"
#include "base/text.h"
#include "files/journal.h"
#include "files/record.h"
#include "report/plot.h"
#include "report/report.h"
#include <rxt/version.h>

/* Prints the warnings on stderr, because CSV has no place for them. */
static void say_warnings(const rxt_publication *p, const rxt_warnings *warnings)
{
    char line[RXT_SENTENCE + 16];

    for (int w = 0; w < warnings->count; w++) {
        snprintf(line, sizeof line, "warning: %s", warnings->warning[w].text);
        p->say(p->arg, line);
    }
}

static rxt_status print_text(const rxt_publication *p, const rxt_record *record)
{
    rxt_report_text(stdout, record->rows, record->answers, p->settings->verbose);
    rxt_report_warnings(stdout, record->warnings);
    if (p->settings->show_binding)
        rxt_report_binding(stdout, record->rows);
    return RXT_OK;
}

static rxt_status print_csv(const rxt_publication *p, const rxt_record *record)
{
    rxt_record_csv(stdout, record->rows);
    say_warnings(p, record->warnings);
    return RXT_OK;
}

static rxt_status print_json(const rxt_publication *p, const rxt_record *record)
{
    (void)p;
    return rxt_record_json(stdout, record);
}

static rxt_status print_record(const rxt_publication *p, const rxt_record *record)
{
    static rxt_status (*const prints[RXT_FORMATS])(const rxt_publication *, const rxt_record *) = {
        [RXT_FORMAT_TEXT] = print_text,
        [RXT_FORMAT_CSV] = print_csv,
        [RXT_FORMAT_JSON] = print_json,
    };
    rxt_status st = prints[p->settings->format](p, record);

    return rxt_status_first(st, rxt_output_flush());
}

/* Is there a time or a wrong result to report? */
static bool measured(const rxt_rows *rows)
{
    for (int i = 0; i < rows->count; i++)
        if (rows->row[i].rounds > 0 || rows->row[i].error > 1)
            return true;
    return false;
}

/* Prints an error and returns its exit code. */
static rxt_code tell(const rxt_publication *p, rxt_status st)
{
    rxt_code code = rxt_status_code(st);

    if (st)
        p->complain(p->arg, st->text);
    rxt_status_free(st);
    return code;
}

static rxt_code first_of(rxt_code first, rxt_code second)
{
    return first ? first : second;
}

/* ---- the file ---- */

static void keep(rxt_publication *p, const char *where, const char *file, const char *ending)
{
    snprintf(p->kept, sizeof p->kept, "the results are %s%.200s%s", where, file, ending);
}

static void say_nothing(rxt_publication *p, const rxt_study *study)
{
    char line[200], name[PATH_MAX];

    snprintf(line, sizeof line, "nothing was measured yet: %.100s is not written",
             p->settings->output);
    p->say(p->arg, line);
    if (rxt_study_has_journal(study) && rxt_study_has_visits(study))
        snprintf(p->kept, sizeof p->kept, "its trials are in %.200s: --resume continues from them",
                 rxt_journal_name(p->settings->output, name));
}

/* Adds the place of the results to an error message. */
static rxt_status with_journal(const rxt_publication *p, rxt_status st)
{
    rxt_status both = rxt_status_of(rxt_status_code(st), "%.400s; %s", st->text, p->kept);

    rxt_status_free(st);
    return both;
}

static rxt_code save_record(rxt_publication *p, const rxt_record *record, const rxt_study *study)
{
    char name[PATH_MAX];
    rxt_status st;

    if (!p->settings->output)
        return RXT_DONE;
    if (!measured(record->rows)) {
        say_nothing(p, study);
        return RXT_DONE;
    }
    st = rxt_record_save(p->settings->output, record);
    if (!st)
        keep(p, "kept in ", p->settings->output, "");
    else if (rxt_study_has_journal(study))
        keep(p, "in ", rxt_journal_name(p->settings->output, name), ": --resume continues from it");
    if (st && rxt_study_has_journal(study) && !record->rows->stopped)
        st = with_journal(p, st);
    return tell(p, st);
}

/* ---- all of it ---- */

/* Prints the results on stdout; if they are in no file, sets `kept` accordingly. */
static rxt_code print(rxt_publication *p, const rxt_record *record)
{
    rxt_code code = tell(p, print_record(p, record));

    if (!p->kept[0] && measured(record->rows))
        snprintf(p->kept, sizeof p->kept, "the results are %s",
                 code                  ? "lost"
                 : p->settings->output ? "only printed, not in a file"
                                       : "printed");
    return code;
}

/* Checks again that --plot and --output are different files, because links may have been made while
 * the study ran. */
static rxt_status check_apart(const rxt_settings *settings)
{
    if (!settings->output || !rxt_atomic_file_same(settings->output, settings->plot))
        return RXT_OK;
    return rxt_status_of(RXT_ENVIRONMENT,
                         "--plot=%.200s: is now the same file as --output, so it is not drawn; use "
                         "rxt plot to draw into another file",
                         settings->plot);
}

/* Draws the plot. The plot comes last, because it can be drawn again from the file. */
static rxt_status plot_record(const rxt_publication *p, const rxt_record *record)
{
    const rxt_plot_request request = { .n = -1 };
    char left_out[RXT_STATUS_TEXT] = "", line[RXT_STATUS_TEXT + 80];
    rxt_status st;

    if (!p->settings->plot || !measured(record->rows))
        return RXT_OK;
    st = check_apart(p->settings);
    if (!st)
        st = rxt_report_plot("--plot", p->settings->plot, record->rows, record->created, &request,
                             left_out);
    snprintf(line, sizeof line, "measured but not drawn: %s (see rxt plot --help)", left_out);
    if (!st && left_out[0])
        p->say(p->arg, line);
    return st;
}

static void join_command(char *text, size_t size, char *const argv[])
{
    text[0] = '\0';
    for (int a = 0; argv[a]; a++)
        rxt_text_append(text, size, "%s%s", a ? " " : "", argv[a]);
}

static rxt_code publish_rows(rxt_publication *p, const rxt_study *study, rxt_rows *rows)
{
    rxt_answers answers;
    rxt_code code;
    rxt_observations seen = rxt_study_observations(study);
    rxt_warnings warnings = rxt_warnings_of(rows, &seen);
    rxt_record record = { .rows = rows,
                          .answers = &answers,
                          .warnings = &warnings,
                          .plan = rxt_study_plan(study),
                          .host = rxt_study_nodes(study),
                          .identity = rxt_study_identity(study),
                          .created = rxt_study_created(study),
                          .argv = p->argv,
                          .environment = environ };
    rxt_status st = rxt_answers_of(rows, &answers);

    if (st)
        return tell(p, st);
    code = save_record(p, &record, study);
    if (!code && !rows->stopped)
        rxt_study_remove_journal(study);
    atomic_store(&p->settled, code ? (int)code : RXT_STOPPED);
    code = first_of(code, print(p, &record));
    code = first_of(code, tell(p, plot_record(p, &record)));
    rxt_answers_free(&answers);
    return code;
}

rxt_code rxt_publish(rxt_publication *p, const rxt_study *study, bool stopped)
{
    rxt_rows rows;
    rxt_code code;
    rxt_status st = rxt_study_rows(study, stopped, &rows);

    if (st)
        return tell(p, st);
    rows.program = p->settings->preset->program;
    rows.version = RXT_VERSION;
    join_command(rows.command, sizeof rows.command, p->argv);
    code = publish_rows(p, study, &rows);
    rxt_study_rows_free(&rows);
    return code;
}
