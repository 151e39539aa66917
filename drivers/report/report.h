/* report.h - rows to text, CSV and JSON; each column stated once. Writes to the stream given;
 * errors of the stream are the caller's to see (ferror). */
#ifndef RXT_REPORT_H
#define RXT_REPORT_H

#include <stdio.h>

#include "analysis/answer.h"
#include "analysis/warnings.h"
#include "base/clock.h"
#include "host/host.h"
#include "plan/plan.h"
#include "results/row.h"

enum { RXT_REPORT_WIDTH = 100, RXT_REPORT_LINES = 12 };

/* A header, then for every answer its table, notes and curve, then the answers' sentences and
 * the horizon; lines of at most RXT_REPORT_WIDTH characters. Control characters in the user's
 * names are replaced. Sizes that --break-even added are left out unless `all`. */
void rxt_report_text(FILE *file, const rxt_rows *rows, const rxt_answers *answers, bool all);

/* The warnings, each a line or two; nothing where there are none. */
void rxt_report_warnings(FILE *file, const rxt_warnings *warnings);

/* The table of one answer's rows under a line that says what is measured: at most
 * RXT_REPORT_LINES lines unless `all`. First it leaves out rows that are not the baseline,
 * fastest, tied, the best of an axis, wrong, or on the diagonal. */
void rxt_report_table(FILE *file, const rxt_rows *rows, const rxt_answer *answer, bool all);

/* Speedup against workers for one answer's rows, drawn in characters: t threads (1×t), r ranks
 * (r×1), m mixed, the ideal line dotted. Nothing for fewer than two splits. */
void rxt_report_curve(FILE *file, const rxt_answer *answer);

/* Speedups by ranks and threads as a grid of numbers, the fastest and its ties marked. Nothing
 * where the answer's rows make no grid: fewer than two ranks or threads, or no mixed split. */
void rxt_report_heat(FILE *file, const rxt_answer *answer);

/* Tasks side by side, a table for each size; nothing where there are no costs. */
void rxt_report_costs(FILE *file, const rxt_rows *rows, const rxt_costs *costs);

/* From how much work on a worker pays, a sentence for each size; only for tasks that create
 * workers. */
void rxt_report_worth(FILE *file, const rxt_costs *costs);

/* --show-binding: where every worker was seen, a line a row. */
void rxt_report_binding(FILE *file, const rxt_rows *rows);

/* --dry-run: the splits, every worker's CPU, memory, budget. `started`: all ranks, also those that
 * no split can use. */
void rxt_report_plan(FILE *file, const rxt_plan *plan, int started);

/* --list: the kernels with their formula, traffic and types; `level` adds the instruction set that
 * was picked, and those that there are. */
void rxt_report_kernels(FILE *file, bool level);

/* The progress of a study: on a terminal one live line, else a line every two seconds. */
typedef struct rxt_progress_line {
    bool on, live, shown;
    double every;       /* seconds between two               */
    double trial, next; /* the time of the next, of a trial and of a round */
} rxt_progress_line;

/* `kind` is TERM: a dumb terminal, or one that is not known, gets lines and no control codes. */
rxt_progress_line rxt_report_progress_line(rxt_progress request, bool quiet, bool terminal,
                                           const char *kind);
void rxt_report_progress(FILE *file, rxt_progress_line *line, double now, int round, int most,
                         double left);
void rxt_report_trying(FILE *file, rxt_progress_line *line, double now, int done, int all,
                       double left);
void rxt_report_progress_end(FILE *file, const rxt_progress_line *line);

#endif
