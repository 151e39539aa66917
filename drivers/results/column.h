/* column.h - one column of a row: its name, what its cells may hold, how a row gives one and takes
 * one back, and what text and schema say of it. columns.c has them all. */
#ifndef RXT_COLUMN_H
#define RXT_COLUMN_H

#include "base/vocabulary.h"
#include "results/row.h"

/* What a row has at that place. */
typedef enum rxt_column_kind {
    RXT_COLUMN_WORD,   /* const char *: one of `words`, or any where there are none; NULL: none  */
    RXT_COLUMN_TEXT,   /* char[], cut where there is no room                                     */
    RXT_COLUMN_WHOLE,  /* int or ptrdiff_t, from `least` on; below that it is not there          */
    RXT_COLUMN_FIGURE, /* double, 0 or more; NAN, and what has no end, are not there             */
    RXT_COLUMN_ABOVE,  /* double above 0                                                         */
    RXT_COLUMN_TRUTH   /* true, false or one of `words`; printed and read by functions of its own */
} rxt_column_kind;

/* How the table of a text shows it. */
typedef enum rxt_column_style {
    RXT_STYLE_NONE, /* not at all */
    RXT_STYLE_TIME,
    RXT_STYLE_PRECISION, /* half of the time's interval, in percent     */
    RXT_STYLE_SPEEDUP,   /* with its interval; 1 at the baseline itself */
    RXT_STYLE_RATIO,
    RXT_STYLE_RATE
} rxt_column_style;

/* One cell of CSV or JSON. */
typedef enum rxt_cell_kind {
    RXT_CELL_EMPTY,
    RXT_CELL_WORD,
    RXT_CELL_NUMBER,
    RXT_CELL_TRUTH
} rxt_cell_kind;

typedef struct rxt_column_cell {
    rxt_cell_kind kind;
    const char *word;
    double number;
    long long count; /* the number, where it is `whole` */
    bool whole, truth;
} rxt_column_cell;

enum { RXT_COLUMN_CELL = RXT_ROW_PLACEMENT, RXT_COLUMN_WHY = 200 };

typedef struct rxt_column {
    const char *name;
    rxt_column_kind kind;
    size_t at, size; /* where a row has it; size 0: it follows from other columns, by one of */
    ptrdiff_t (*whole)(const rxt_row *row);
    double (*figure)(const rxt_row *row);

    const rxt_vocabulary *words; /* NULL: any                                               */
    bool or_none;                /* or "-", where a serial call is all there is             */
    ptrdiff_t least;
    bool optional; /* the cell may be empty, null in JSON                                   */
    bool later;    /* older files, or those of other programs, have no such column          */
    bool timed;    /* it follows from times: a result that is not verified has none         */

    /* What is not printed or read as its kind is. `read` is false for what is not `expected`. */
    void (*print)(const rxt_row *row, bool stopped, char cell[RXT_COLUMN_CELL]);
    bool (*read)(const rxt_column_cell *cell, rxt_row *row);
    const char *expected;

    const char *unit, *help, *pattern; /* for docs/study.schema.json */

    rxt_column_style style;
    const char *heading;
    int width;   /* less than 0: flush left, behind a gap */
    bool sparse; /* shown only where some row has it      */
} rxt_column;

/* The row's cell as text, empty where it is not there; `stopped` as of the rows. */
void rxt_column_print(const rxt_column *column, const rxt_row *row, bool stopped,
                      char cell[RXT_COLUMN_CELL]);

/* Enters a cell in a row, which keeps the cell's word; what follows from other columns is only
 * looked at. False, and why, for what no study has. */
bool rxt_column_read(const rxt_column *column, const rxt_column_cell *cell, rxt_row *row,
                     char why[RXT_COLUMN_WHY]);

/* The kind of its cells that are not empty; one of RXT_CELL_TRUTH may be a word, too. */
rxt_cell_kind rxt_column_cell_kind(const rxt_column *column);

/* A row's figure, NAN where it is not there. Requires RXT_COLUMN_FIGURE or RXT_COLUMN_ABOVE. */
double rxt_column_figure(const rxt_column *column, const rxt_row *row);

#endif
