/* plot_panel.h - what the files report_plot*.c share: a page, and its pictures in gnuplot's words.
 */
#ifndef RXT_REPORT_PLOT_PAGE_H
#define RXT_REPORT_PLOT_PAGE_H

#include <stdbool.h>
#include <stdio.h>

#include "report/plot.h"

typedef struct rxt_plot_page {
    const rxt_rows *rows;
    const char *created;
    const char *kernel, *team, *combine, *bind; /* what is shown                               */
    ptrdiff_t n;                                /* the size of the pictures of one size        */
    int splits, lines;
    const rxt_row **split; /* [splits]: rows with a time at n, by workers, then nodes, ranks    */
    const rxt_row **line;  /* [lines]: of every size, by n                                     */
} rxt_plot_page;

/* Chooses what is shown. RXT_USAGE, RXT_ENVIRONMENT and `left_out` as rxt_report_plot. Free with
 * rxt_plot_leave, whatever came of it. */
rxt_status rxt_plot_take(rxt_plot_page *page, const rxt_plot_request *request,
                         char left_out[RXT_STATUS_TEXT]);
void rxt_plot_leave(rxt_plot_page *page);

/* The kinds of splits, apart by colour, shape and dash. */
typedef enum rxt_plot_kind {
    RXT_PLOT_BASE,
    RXT_PLOT_THREADS,
    RXT_PLOT_RANKS,
    RXT_PLOT_MIXED,
    RXT_PLOT_FASTEST /* any kind; no split has this kind itself */
} rxt_plot_kind;
rxt_plot_kind rxt_plot_kind_of(const rxt_row *row);

/* A text in single quotes, which gnuplot does not interpret; a quote in it becomes ’. */
void rxt_plot_quote(FILE *file, const char *text);

/* The title of a picture. */
void rxt_plot_title(FILE *file, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* " with points", of a kind's colour and shape, or as lines in its dash as well. */
void rxt_plot_style(FILE *file, rxt_plot_kind kind, bool lines);

/* " with yerrorbars", of a kind's colour and shape. */
void rxt_plot_bars(FILE *file, rxt_plot_kind kind);

/* A kind's colour and dash, which end a command. */
void rxt_plot_ink(FILE *file, rxt_plot_kind kind);

/* A logarithmic axis of seconds, from low to high, above 0. */
void rxt_plot_times(FILE *file, double low, double high);

/* One picture: does the page give one, and its commands. */
typedef struct rxt_plot_panel {
    bool (*there)(const rxt_plot_page *page);
    void (*put)(FILE *file, const rxt_plot_page *page);
} rxt_plot_panel;
extern const rxt_plot_panel rxt_plot_speedup, rxt_plot_sizes, rxt_plot_heat, rxt_plot_spread;

#endif
