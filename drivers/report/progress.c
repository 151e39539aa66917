/* progress.c - the progress of a study, on stderr: on a terminal one line that is overwritten, else
 * a new line every two seconds. */
#include "report/report.h"

#include <string.h>

/* Is this a terminal without control codes, or an unknown one? */
static bool is_simple(const char *kind)
{
    static const char *const simple[] = { "", "dumb", "unknown", "network" };
    bool any = !kind;

    for (size_t k = 0; k < sizeof simple / sizeof simple[0] && !any; k++)
        any = !strcmp(kind, simple[k]);
    return any;
}

rxt_progress_line rxt_report_progress_line(rxt_progress request, bool quiet, bool terminal,
                                           const char *kind)
{
    bool clever = terminal && !is_simple(kind);
    bool on = request == RXT_PROGRESS_YES || (request == RXT_PROGRESS_AUTO && terminal && !quiet);

    return (rxt_progress_line){ .on = on, .live = clever, .every = clever ? 0.1 : 2.0 };
}

static bool is_due(rxt_progress_line *line, double now, double *next)
{
    if (!line->on || now < *next)
        return false;
    *next = now + line->every;
    line->shown = true;
    return true;
}

static void put_line(FILE *file, const rxt_progress_line *line, const char *text)
{
    fprintf(file, "%s%s%s", line->live ? "\r\033[K" : "", text, line->live ? "" : "\n");
    fflush(file);
}

void rxt_report_trying(FILE *file, rxt_progress_line *line, double now, int done, int all,
                       double left)
{
    char text[100];

    if (line->trial == 0 && !line->live) /* most trials end before the first line */
        line->trial = now + line->every;
    if (!is_due(line, now, &line->trial))
        return;
    snprintf(text, sizeof text, "trial %d of %d, about %.0f s left", done, all, left);
    put_line(file, line, text);
}

void rxt_report_progress(FILE *file, rxt_progress_line *line, double now, int round, int most,
                         double left)
{
    char text[100];

    if (!is_due(line, now, &line->next))
        return;
    snprintf(text, sizeof text, "round %d of at most %d, at most %.0f s left", round, most,
             left > 0 ? left : 0.0);
    put_line(file, line, text);
}

void rxt_report_progress_end(FILE *file, const rxt_progress_line *line)
{
    if (line->shown && line->live)
        fprintf(file, "\r\033[K");
}
