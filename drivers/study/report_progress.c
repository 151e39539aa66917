/* report_progress.c - how far a study is, on stderr: one line that is overwritten on a terminal,
 * else a line now and then. */
#include <rxt/report.h>

#include <string.h>

rxt_progress_line rxt_report_progress_line(rxt_progress wish, bool quiet, bool terminal,
                                           const char *kind)
{
    bool clever = terminal && kind && strcmp(kind, "dumb") != 0;
    bool on = wish == RXT_PROGRESS_YES || (wish == RXT_PROGRESS_AUTO && terminal && !quiet);

    return (rxt_progress_line){ .on = on, .live = clever, .every = clever ? 0.1 : 2.0 };
}

void rxt_report_progress(FILE *file, rxt_progress_line *line, double now, int round, int most,
                         double left)
{
    if (!line->on || now < line->next)
        return;
    line->next = now + line->every;
    line->shown = true;
    fprintf(file, "%sround %d of at most %d, at most %.0f s left%s", line->live ? "\r\033[K" : "",
            round, most, left > 0 ? left : 0.0, line->live ? "" : "\n");
    fflush(file);
}

void rxt_report_progress_end(FILE *file, const rxt_progress_line *line)
{
    if (line->shown && line->live)
        fprintf(file, "\r\033[K");
}
