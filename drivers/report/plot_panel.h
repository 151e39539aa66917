/* plot_panel.h - shared by the files report/plot*.c: the data of a page, and its pictures as
 * gnuplot commands. */
#ifndef RXT_REPORT_PLOT_PAGE_H
#define RXT_REPORT_PLOT_PAGE_H

#include <stdbool.h>
#include <stdio.h>

#include "report/plot.h"

typedef struct rxt_plot_page {
    const rxt_rows *rows;
    const char *created;
    const char *kernel, *team, *combine, *bind; /* what is drawn */
    ptrdiff_t n;                                /* the size, in pictures that show one size */
    int splits, lines;
    const rxt_row **split; /* [splits]: rows with a time at n, ordered by workers, nodes, ranks */
    const rxt_row **line;  /* [lines]: rows of all sizes, ordered by n */
} rxt_plot_page;

/* Chooses what to draw. RXT_USAGE, RXT_ENVIRONMENT and `left_out` as for rxt_report_plot. Free the
 * page with rxt_plot_leave, also after an error. */
rxt_status rxt_plot_take(rxt_plot_page *page, const rxt_plot_request *request,
                         char left_out[RXT_STATUS_TEXT]);
void rxt_plot_leave(rxt_plot_page *page);

/* The kinds of splits; each has its own colour, shape and dash. */
typedef enum rxt_plot_kind {
    RXT_PLOT_BASE,
    RXT_PLOT_THREADS,
    RXT_PLOT_RANKS,
    RXT_PLOT_MIXED,
    RXT_PLOT_FASTEST /* style of the fastest split, whatever its kind; rxt_plot_kind_of never
                        returns it */
} rxt_plot_kind;
rxt_plot_kind rxt_plot_kind_of(const rxt_row *row);

/* Prints the text in single quotes, so that gnuplot does not interpret it. A single quote in the
 * text becomes ’. */
void rxt_plot_quote(FILE *file, const char *text);

/* Prints the command for the title of a picture. */
void rxt_plot_title(FILE *file, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Prints " with points" in the colour and shape of a kind; with `lines`, prints " with
 * linespoints", also with the dash of the kind. */
void rxt_plot_style(FILE *file, rxt_plot_kind kind, bool lines);

/* Prints " with yerrorbars" in the colour and shape of a kind. */
void rxt_plot_bars(FILE *file, rxt_plot_kind kind);

/* Prints the colour and dash of a kind, and ends the command line. */
void rxt_plot_ink(FILE *file, rxt_plot_kind kind);

/* Prints the commands for a logarithmic y axis of seconds, from low to high; both above 0. */
void rxt_plot_times(FILE *file, double low, double high);

/* One picture. there: can it be drawn from the page? put: prints its commands. */
typedef struct rxt_plot_panel {
    bool (*there)(const rxt_plot_page *page);
    void (*put)(FILE *file, const rxt_plot_page *page);
} rxt_plot_panel;
extern const rxt_plot_panel rxt_plot_speedup, rxt_plot_sizes, rxt_plot_heat, rxt_plot_spread;

#endif
