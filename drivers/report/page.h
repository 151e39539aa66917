/* page.h - the parts of a self-contained HTML page. */
#ifndef RXT_REPORT_PAGE_H
#define RXT_REPORT_PAGE_H

#include <stdio.h>

#include "report/chart.h"
#include "stats/sample.h"

/* From the doctype to the body's begin, and from its end on. */
void rxt_page_open(FILE *file, const char *title);
void rxt_page_close(FILE *file);

/* The style of all pages. */
void rxt_page_style(FILE *file);

/* Untrusted text: markup, control characters and invalid UTF-8 are made harmless. */
void rxt_page_text(FILE *file, const char *text);

/* The same in an element: rxt_page_in(file, "code", text). */
void rxt_page_in(FILE *file, const char *element, const char *text);

/* The same, of at most `most` characters, with an ellipsis where it is cut. */
void rxt_page_cut(FILE *file, const char *text, int most);

/* "200 µs". Returns text. */
char *rxt_page_time(double seconds, char text[32]);

/* "200 µs [190 µs 220 µs]" of a time, "1.87× [1.84 1.90]" of a ratio, "" of none. Returns text. */
char *rxt_page_value(const rxt_chart *chart, const rxt_chart_point *point, char text[120]);

/* A chart of `id`, which must be unique, and what it is called; nothing without a point. */
void rxt_page_chart(FILE *file, const char *id, const char *title, const rxt_chart *chart);

/* Its numbers, as a table. */
void rxt_page_numbers(FILE *file, const rxt_chart *chart);

/* ---- between the files that draw ---- */

enum { RXT_PAGE_WIDTH = 360, RXT_PAGE_TICKS = 12 }; /* in the charts' units */

typedef struct rxt_page_axis {
    double low, high; /* of the values */
    double from, to;  /* where they lie */
} rxt_page_axis;

double rxt_page_at(const rxt_page_axis *axis, double value);

/* Round values between low and high, at most RXT_PAGE_TICKS. */
int rxt_page_ticks(double low, double high, double tick[]);

/* "20 µs" of times, else "20". Returns text. */
char *rxt_page_tick(bool times, double value, char text[32]);

/* Widens low … high to what the chart's y and their intervals need. */
void rxt_page_range(const rxt_chart *chart, double *low, double *high);

/* 0 …: series of one name, here and beside, have one colour and shape. */
int rxt_page_colour(const rxt_chart *chart, int series);
void rxt_page_mark(FILE *file, int colour, bool beside, double x, double y);

void rxt_page_lines(FILE *file, const rxt_chart *chart, int *height);
void rxt_page_dots(FILE *file, const rxt_chart *chart, int *height);

#endif
