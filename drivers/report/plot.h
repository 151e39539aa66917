/* plot.h - draws a study as pictures, by gnuplot. */
#ifndef RXT_REPORT_PLOT_H
#define RXT_REPORT_PLOT_H

#include <stddef.h>

#include "results/row.h"
#include <rxt/status.h>

/* What to draw of a study that has several kernels, sizes or teams; NULL and n = -1: the
 * default. */
typedef struct rxt_plot_request {
    const char *kernel, *team, *combine, *bind;
    ptrdiff_t n;
} rxt_plot_request;

/* Checks that gnuplot can draw and that `path` can be written at the end. RXT_USAGE, naming the
 * `option` that gave the path, for an ending other than .svg, .png and .pdf, or if
 * rxt_atomic_file_check refuses the path; RXT_ENVIRONMENT, naming the package to install, if
 * gnuplot is missing or cannot draw such files. Writes nothing. Local; starts gnuplot. */
rxt_status rxt_report_plot_check(const char *option, const char *path);

/* Draws one page into `path`, in the format of its ending: speedup against workers, time against
 * size, the heat map of ranks × threads, and the distribution of the samples. A picture that the
 * rows do not allow is omitted. One kernel, team, combine and bind is drawn: the request's, or the
 * first in the rows; pictures of one size use the request's, or the largest size that has several
 * splits. `left_out`: one line that names what else is in the rows; "" for nothing. RXT_USAGE if no
 * row matches the request, or no row has a time; RXT_ENVIRONMENT with gnuplot's first error line if
 * it fails, else as rxt_atomic_file_save. Local. */
rxt_status rxt_report_plot(const char *option, const char *path, const rxt_rows *rows,
                           const char *created, const rxt_plot_request *request,
                           char left_out[RXT_STATUS_TEXT]);

#endif
