/* columns.h - the columns of a row, each stated once: CSV's header and cells, JSON's keys and
 * values.
 */
#ifndef RXT_COLUMNS_H
#define RXT_COLUMNS_H

#include "results/row.h"

/* What a column's cells are. */
typedef enum rxt_kind { RXT_KIND_WORD, RXT_KIND_NUMBER, RXT_KIND_TRUTH } rxt_kind;

/* One column of INTERFACE's row: its name, and how a row's cell is printed (an empty string for
 * "not there"). */
typedef struct rxt_column {
    const char *name;
    rxt_kind kind;
    void (*print)(const rxt_row *row, bool stopped, char cell[RXT_ROW_PLACEMENT]);
} rxt_column;

/* In a file's order; rows of the lesson have two more. */
const rxt_column *rxt_columns_of(bool lesson, int *count);

/* A bound to two digits, rounded up: "1.1e-09". Returns text. */
char *rxt_columns_bound(double bound, char text[32]);

#endif
