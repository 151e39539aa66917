/* columns.h - the columns of a row, each defined once: for CSV's header and cells, JSON's keys
 * and values, reading both back, the table in the text output, and the rows of
 * docs/study.schema.json. */
#ifndef RXT_COLUMNS_H
#define RXT_COLUMNS_H

#include "results/column.h"

enum { RXT_COLUMNS_MOST = 64 }; /* most columns of a file */

/* All columns in the order of a file; rows of the lesson have two more. */
const rxt_column *rxt_columns_of(bool lesson, int *count);

/* The column of a number that a visit measures, one of RXT_VISIT_FIGURES. */
const rxt_column *rxt_columns_visit(int figure);

/* Prints a bound with two digits, rounded up: "1.1e-09". Returns text. */
char *rxt_columns_bound(double bound, char text[32]);

#endif
