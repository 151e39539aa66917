/* report.h - reports in text: the table, curve and answers of a study, its plan, its progress. The
 * caller must check the stream for errors (ferror). */
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

/* Prints a header, then for every answer its table, notes and curve, then the answers' sentences
 * and the splits that were not tried; lines have at most RXT_REPORT_WIDTH characters. Control
 * characters in the user's names are replaced. Sizes that --break-even added are omitted unless
 * `all`. */
void rxt_report_text(FILE *file, const rxt_rows *rows, const rxt_answers *answers, bool all);

/* Prints the warnings, one or two lines each. */
void rxt_report_warnings(FILE *file, const rxt_warnings *warnings);

/* Prints the table of one answer's rows under a line that says what is measured: at most
 * RXT_REPORT_LINES lines unless `all`. Rows are kept in this order of importance: the baseline and
 * the fastest; the fastest row with threads alone and the fastest row with ranks alone; wrong
 * results; ties; rows with the most workers; all others. */
void rxt_report_table(FILE *file, const rxt_rows *rows, const rxt_answer *answer, bool all);

/* Draws speedup against workers for one answer's rows, in characters: t threads (1×t), r ranks
 * (r×1), m mixed, the ideal line dotted. Prints nothing for fewer than two splits. */
void rxt_report_curve(FILE *file, const rxt_answer *answer);

/* Prints speedups as a grid of numbers, ranks across and threads down. Marks show the fastest split
 * and its ties. Prints nothing if the rows form no grid: a single number of ranks or of threads, or
 * no mixed split. */
void rxt_report_heat(FILE *file, const rxt_answer *answer);

/* Prints the costs of the tasks, one table per size; nothing if there are none. */
void rxt_report_costs(FILE *file, const rxt_rows *rows, const rxt_costs *costs);

/* Prints one sentence per size: the least work that makes it worth to create a worker. Only for
 * tasks that create workers. */
void rxt_report_worth(FILE *file, const rxt_costs *costs);

/* --show-binding: the CPUs where the workers were seen, one line per row. */
void rxt_report_binding(FILE *file, const rxt_rows *rows);

/* --dry-run: the splits, every worker's CPU, memory, budget. `started`: the number of ranks
 * started, including those that no split can use. */
void rxt_report_plan(FILE *file, const rxt_plan *plan, int started);

/* --list: the kernels with their formula, traffic and types. `level` adds the instruction set that
 * is used, and those that were compiled. */
void rxt_report_kernels(FILE *file, bool level);

/* The progress of a study: on a terminal one line that is overwritten, else a new line every two
 * seconds. */
typedef struct rxt_progress_line {
    bool on, live, shown;
    double every;       /* seconds between two outputs */
    double trial, next; /* clock time of the next output about trials, and about rounds */
} rxt_progress_line;

/* `kind`: the environment variable TERM. A dumb or unknown terminal gets separate lines without
 * control codes. */
rxt_progress_line rxt_report_progress_line(rxt_progress request, bool quiet, bool terminal,
                                           const char *kind);
void rxt_report_progress(FILE *file, rxt_progress_line *line, double now, int round, int most,
                         double left);
void rxt_report_trying(FILE *file, rxt_progress_line *line, double now, int done, int all,
                       double left);
void rxt_report_progress_end(FILE *file, const rxt_progress_line *line);

#endif
