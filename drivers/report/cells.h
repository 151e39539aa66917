/* cells.h - formats the cells of text tables, for report/table.c and report/cost.c. Each function
 * that takes `cell` prints into it and returns it. */
#ifndef RXT_REPORT_CELLS_H
#define RXT_REPORT_CELLS_H

#include <stdio.h>

#include "stats/sample.h"

enum { RXT_CELL = 64 };

/* A time, such as "38.50 µs". */
char *rxt_cell_time(double seconds, char cell[RXT_CELL]);

/* A ratio with three significant digits, but at most three decimals. */
char *rxt_cell_ratio(double ratio, char cell[RXT_CELL]);

/* A ratio with its interval, such as "1.87 [1.84 1.90]"; without an interval "1.87". */
char *rxt_cell_interval(const rxt_sample *ratio, char cell[RXT_CELL]);

/* The half-width of a time's interval in percent of the median; "" without an interval. */
char *rxt_cell_precision(const rxt_sample *time, char cell[RXT_CELL]);

/* Prints a text, padded with blanks to |width| characters. The blanks come before the text if width
 * is positive, after it if width is negative. Returns the number of characters printed. */
int rxt_cell_put(FILE *file, const char *text, int width);

#endif
