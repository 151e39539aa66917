/* plot.h - a study as pictures, drawn by gnuplot. */
#ifndef RXT_REPORT_PLOT_H
#define RXT_REPORT_PLOT_H

#include <stddef.h>

#include "results/row.h"
#include <rxt/status.h>

/* What to show of a study with several kernels, sizes or teams; NULL, and n = -1: no choice. */
typedef struct rxt_plot_request {
    const char *kernel, *team, *combine, *bind;
    ptrdiff_t n;
} rxt_plot_request;

/* Can the pictures be made, and `path` be written at the end? RXT_USAGE, naming the `option` that
 * gave it, for an ending other than .svg, .png and .pdf or what rxt_atomic_file_check refuses;
 * RXT_ENVIRONMENT, naming the package, without gnuplot, or with one that cannot draw such files.
 * Touches nothing. Local; starts gnuplot. */
rxt_status rxt_report_plot_check(const char *option, const char *path);

/* Draws one page into `path`, as its ending says: speedup against workers, time against size, the
 * heat map of ranks × threads, the distribution of the samples; those that the rows do not give are
 * left out. One kernel, team, combine, bind: the request's, or the first in the rows; the pictures
 * of one size take the largest of several splits. `left_out`: one line on what the rows have
 * besides;
 * "" for nothing. RXT_USAGE for a request that no row meets, or rows without a time;
 * RXT_ENVIRONMENT with gnuplot's first line where it fails, else as rxt_atomic_file_save. Local. */
rxt_status rxt_report_plot(const char *option, const char *path, const rxt_rows *rows,
                           const char *created, const rxt_plot_request *request,
                           char left_out[RXT_STATUS_TEXT]);

#endif
