/* column.h - one column of a row: its name, what its cells may hold, how a cell is printed from a
 * row and read into one, and how text and schema show it. columns.c has all columns. */
#ifndef RXT_COLUMN_H
#define RXT_COLUMN_H

#include "base/vocabulary.h"
#include "results/row.h"

/* The type of the row's member, and its values. */
typedef enum rxt_column_kind {
    RXT_COLUMN_WORD,   /* const char *: one of `words`, any word if `words` is NULL; the member is
                          NULL: no word */
    RXT_COLUMN_TEXT,   /* char[], cut if it does not fit */
    RXT_COLUMN_WHOLE,  /* int or ptrdiff_t, `least` or more; a smaller value means: missing */
    RXT_COLUMN_FIGURE, /* double, 0 or more; NAN or infinite means: missing */
    RXT_COLUMN_ABOVE,  /* double above 0; else as RXT_COLUMN_FIGURE */
    RXT_COLUMN_TRUTH   /* true, false or one of `words`; the column has functions to print and read
                        * it */
} rxt_column_kind;

/* How the table in the text output shows the column. */
typedef enum rxt_column_style {
    RXT_STYLE_NONE, /* not at all */
    RXT_STYLE_TIME,
    RXT_STYLE_PRECISION, /* half of the time's interval, in percent */
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
    long long count; /* the number, if it is `whole` */
    bool whole, truth;
} rxt_column_cell;

enum { RXT_COLUMN_CELL = RXT_ROW_PLACEMENT, RXT_COLUMN_WHY = 200 };

typedef struct rxt_column {
    const char *name;
    rxt_column_kind kind;
    size_t at, size; /* place in a row; size 0: not stored, `whole` or `figure` computes it */
    ptrdiff_t (*whole)(const rxt_row *row);
    double (*figure)(const rxt_row *row);

    const rxt_vocabulary *words; /* NULL: any                                               */
    bool or_none;                /* the word may also be "-", for a plain serial call */
    ptrdiff_t least;
    bool optional; /* the cell may be empty, null in JSON */
    bool later;    /* older files and files of other programs may lack it */
    bool timed;    /* computed from times; a row that is not verified has none */

    /* Only for a column that is not printed or read like others of its kind: its own functions.
     * `read` returns false for a cell that is not valid; `expected` describes valid cells. */
    void (*print)(const rxt_row *row, bool stopped, char cell[RXT_COLUMN_CELL]);
    bool (*read)(const rxt_column_cell *cell, rxt_row *row);
    const char *expected;

    const char *unit, *help, *pattern; /* for docs/study.schema.json */

    rxt_column_style style;
    const char *heading;
    int width;   /* less than 0: flush left, after a gap */
    bool sparse; /* shown only if some row has a value */
} rxt_column;

/* Prints the row's cell as text, "" if the value is missing. `stopped`: the member of rxt_rows. */
void rxt_column_print(const rxt_column *column, const rxt_row *row, bool stopped,
                      char cell[RXT_COLUMN_CELL]);

/* Reads a cell into a row; the row may keep the pointer to the cell's word. A cell of a column that
 * is computed from others is only checked. Returns false, with the reason in `why`, for a value
 * that no study can contain. */
bool rxt_column_read(const rxt_column *column, const rxt_column_cell *cell, rxt_row *row,
                     char why[RXT_COLUMN_WHY]);

/* The kind of the column's cells that are not empty. A cell of RXT_CELL_TRUTH may also be a
 * word. */
rxt_cell_kind rxt_column_cell_kind(const rxt_column *column);

/* The row's number in this column; NAN if the number is missing. Requires RXT_COLUMN_FIGURE or
 * RXT_COLUMN_ABOVE. */
double rxt_column_figure(const rxt_column *column, const rxt_row *row);

#endif
