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

/* Checks that gnuplot can draw and that `path` can be written at the end. RXT_USAGE if the ending
 * is not .svg, .png or .pdf, or if rxt_atomic_file_check refuses the path; the message names
 * `option`, which gave the path. RXT_ENVIRONMENT if gnuplot is missing or cannot draw such files;
 * the message names the package to install. Writes nothing. Local; starts gnuplot. */
rxt_status rxt_report_plot_check(const char *option, const char *path);

/* Draws one page into `path`, in the format of its ending: speedup against workers, time against
 * size, the heat map of ranks × threads, and the distribution of the samples. A picture that cannot
 * be drawn from these rows is omitted. The page shows one kernel, team, combine and bind: those of
 * the request, or the first in the rows. Pictures of one size show the size of the request, or the
 * largest size that has several splits. `left_out` gets one line that names what the rows contain
 * but the page does not show; "" if the page shows everything. RXT_USAGE if no row matches the
 * request, or no row has a time; RXT_ENVIRONMENT with the first line of gnuplot's messages if
 * gnuplot fails; other errors as rxt_atomic_file_save. Local. */
rxt_status rxt_report_plot(const char *option, const char *path, const rxt_rows *rows,
                           const char *created, const rxt_plot_request *request,
                           char left_out[RXT_STATUS_TEXT]);

#endif
