/* page.h - the parts of a self-contained HTML page. */
#ifndef RXT_REPORT_PAGE_H
#define RXT_REPORT_PAGE_H

#include <stdio.h>

#include "report/chart.h"
#include "stats/sample.h"

/* open: prints all from the doctype to the start of the body. close: ends the body and the page. */
void rxt_page_open(FILE *file, const char *title);
void rxt_page_close(FILE *file);

/* Prints the style sheet that all pages use. */
void rxt_page_style(FILE *file);

/* Prints text from any source: markup, control characters and invalid UTF-8 in the text cannot
 * damage the page. */
void rxt_page_text(FILE *file, const char *text);

/* Prints text as rxt_page_text does, inside an element, for example rxt_page_in(file, "code",
 * text). */
void rxt_page_in(FILE *file, const char *element, const char *text);

/* Prints text as rxt_page_text does, but at most `most` characters; a text that is cut ends in an
 * ellipsis. */
void rxt_page_cut(FILE *file, const char *text, int most);

/* Writes a time, such as "200 µs", into text. Returns text. */
char *rxt_page_time(double seconds, char text[32]);

/* Writes the y of a point into text: a time as "200 µs [190 µs 220 µs]", a ratio as "1.87× [1.84
 * 1.90]"; without [ ] if there is no interval. Returns text. */
char *rxt_page_value(const rxt_chart *chart, const rxt_chart_point *point, char text[120]);

/* Prints a chart as SVG. `id` must be unique in the page; `title` is its name for screen readers.
 * Prints nothing for a chart without series. */
void rxt_page_chart(FILE *file, const char *id, const char *title, const rxt_chart *chart);

/* Prints the numbers of the chart as a table. */
void rxt_page_numbers(FILE *file, const rxt_chart *chart);

/* ---- between the files that draw ---- */

enum { RXT_PAGE_WIDTH = 360, RXT_PAGE_TICKS = 12 }; /* in SVG units; most ticks of an axis */

typedef struct rxt_page_axis {
    double low, high; /* range of the values */
    double from, to;  /* coordinates of low and high in the SVG */
} rxt_page_axis;

double rxt_page_at(const rxt_page_axis *axis, double value);

/* Fills tick[] with round values between low and high, at most RXT_PAGE_TICKS; returns their
 * number. */
int rxt_page_ticks(double low, double high, double tick[]);

/* The label of a tick: "20 µs" for a time, "20×" for a ratio. Returns text. */
char *rxt_page_tick(bool times, double value, char text[32]);

/* Widens low … high until it contains all y of the chart, their intervals, bounds and the
 * horizontal line. */
void rxt_page_range(const rxt_chart *chart, double *low, double *high);

/* The colour of a series, 0 … 7. If the series is of another program (`beside`) and its name begins
 * with the name of one of our series, it gets the colour and shape of that series. */
int rxt_page_colour(const rxt_chart *chart, int series);
void rxt_page_mark(FILE *file, int colour, bool beside, double x, double y);

void rxt_page_lines(FILE *file, const rxt_chart *chart, int *height);
void rxt_page_dots(FILE *file, const rxt_chart *chart, int *height);

#endif
