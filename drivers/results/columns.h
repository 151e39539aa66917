/* columns.h - the columns of a row, each stated once: CSV's header and cells, JSON's keys and
 * values, what is read back, the table of a text, and the rows of docs/study.schema.json.
 */
#ifndef RXT_COLUMNS_H
#define RXT_COLUMNS_H

#include "results/column.h"

enum { RXT_COLUMNS_MOST = 64 }; /* of any file */

/* In a file's order; rows of the lesson have two more. */
const rxt_column *rxt_columns_of(bool lesson, int *count);

/* The column of what a visit measures, one of RXT_VISIT_FIGURES. */
const rxt_column *rxt_columns_visit(int figure);

/* A bound to two digits, rounded up: "1.1e-09". Returns text. */
char *rxt_columns_bound(double bound, char text[32]);

#endif
