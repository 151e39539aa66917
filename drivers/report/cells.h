/* cells.h - the cells of text tables: for report/table.c and report/cost.c. Each prints into a
 * cell, and returns it. */
#ifndef RXT_REPORT_CELLS_H
#define RXT_REPORT_CELLS_H

#include <stdio.h>

#include "stats/sample.h"

enum { RXT_CELL = 64 };

/* "38.50 µs". */
char *rxt_cell_time(double seconds, char cell[RXT_CELL]);

/* Three digits, as far as they say something. */
char *rxt_cell_ratio(double ratio, char cell[RXT_CELL]);

/* "1.87 [1.84 1.90]"; "1.87" if there is no interval. */
char *rxt_cell_interval(const rxt_sample *ratio, char cell[RXT_CELL]);

/* The half-width of a time's interval in percent, "" where there is none. */
char *rxt_cell_precision(const rxt_sample *time, char cell[RXT_CELL]);

/* Pads a text to `width` characters: on the left where width is positive. Returns what it takes. */
int rxt_cell_put(FILE *file, const char *text, int width);

#endif
