/* columns.c - the columns of a row, each stated once, in the order of a file. */
#include "results/columns.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELL = RXT_ROW_PLACEMENT };

char *rxt_columns_bound(double bound, char text[32])
{
    snprintf(text, 32, "%.2g", bound);
    if (strtod(text, NULL) < bound) /* rounded down, by at most 5 % */
        snprintf(text, 32, "%.2g", 1.05 * bound);
    return text;
}

static void word(const char *text, char cell[CELL])
{
    snprintf(cell, CELL, "%s", text ? text : "");
}

/* A figure that is not there, or has no end, is an empty cell. */
static void figure(double value, char cell[CELL])
{
    if (isfinite(value))
        snprintf(cell, CELL, "%.9g", value);
    else
        word("", cell);
}

/* A figure that follows from times: a wrong result has none. */
static void timed(const rxt_row *row, double value, char cell[CELL])
{
    figure(row->verified ? value : (double)NAN, cell);
}

static void whole(ptrdiff_t value, char cell[CELL])
{
    snprintf(cell, CELL, "%td", value);
}

#define WORD(field)                                                              \
    static void print_##field(const rxt_row *row, bool stopped, char cell[CELL]) \
    {                                                                            \
        (void)stopped;                                                           \
        word(row->field, cell);                                                  \
    }
#define WHOLE(name, value)                                                      \
    static void print_##name(const rxt_row *row, bool stopped, char cell[CELL]) \
    {                                                                           \
        (void)stopped;                                                          \
        whole(value, cell);                                                     \
    }
#define TIMED(name, field)                                                      \
    static void print_##name(const rxt_row *row, bool stopped, char cell[CELL]) \
    {                                                                           \
        (void)stopped;                                                          \
        timed(row, row->field, cell);                                           \
    }

WORD(kernel)
WORD(type)
WORD(scaling)
WORD(team)
WORD(combine)
WORD(sync)
WORD(bind)
WORD(level)
WORD(placement)
WHOLE(n, row->n)
WHOLE(nodes, row->split.nodes)
WHOLE(ranks, row->split.ranks)
WHOLE(threads, row->split.threads)
WHOLE(workers, rxt_row_workers(row))
WHOLE(rounds, row->verified ? row->rounds : 0)
TIMED(time_median, time.median)
TIMED(time_low, time.low)
TIMED(time_high, time.high)
TIMED(time_min, time.min)
TIMED(time_q1, time.q1)
TIMED(time_q3, time.q3)
TIMED(time_max, time.max)
TIMED(speedup, speedup.median)
TIMED(speedup_low, speedup.low)
TIMED(speedup_high, speedup.high)
TIMED(efficiency, efficiency)
TIMED(gbytes_per_s, gbytes_per_s)
TIMED(gflops_per_s, gflops_per_s)
TIMED(roof, roof)
TIMED(p99, p99)
WORD(unit)

static void print_bytes(const rxt_row *row, bool stopped, char cell[CELL])
{
    (void)stopped;
    if (isfinite(row->bytes))
        snprintf(cell, CELL, "%.0f", row->bytes);
    else
        word("", cell);
}

static void print_calls(const rxt_row *row, bool stopped, char cell[CELL])
{
    (void)stopped;
    if (row->calls > 0)
        whole(row->calls, cell);
    else
        word("", cell);
}

static void print_baseline(const rxt_row *row, bool stopped, char cell[CELL])
{
    char name[RXT_SPLIT_TEXT];

    (void)stopped;
    word(rxt_split_plain(row->baseline, name), cell);
}

/* A row whose kernel was never called has neither result nor verdict. */
static bool called(const rxt_row *row)
{
    return row->verified || !isnan(row->error);
}

/* In C99's hexadecimal form, so that the bits can be compared. */
static void print_result(const rxt_row *row, bool stopped, char cell[CELL])
{
    bool whole_cell = called(row) && isfinite(row->result.value);

    (void)stopped;
    if (whole_cell && row->result.index >= 0)
        snprintf(cell, CELL, "%td %a", row->result.index, row->result.value);
    else if (whole_cell)
        snprintf(cell, CELL, "%a", row->result.value);
    else
        word("", cell);
}

static void print_error(const rxt_row *row, bool stopped, char cell[CELL])
{
    (void)stopped;
    figure(row->error, cell);
}

static void print_verified(const rxt_row *row, bool stopped, char cell[CELL])
{
    (void)stopped;
    word(!called(row)      ? ""
         : !row->verified  ? "false"
         : row->consistent ? "consistent"
                           : "true",
         cell);
}

/* The bound of own operands' results differs from split to split: text says it once, beside the
 * result. */
static void print_note(const rxt_row *row, bool stopped, char cell[CELL])
{
    char bound[48] = "", digits[32];

    if (row->own && called(row))
        snprintf(bound, sizeof bound, "error bound %s", rxt_columns_bound(row->bound, digits));
    snprintf(cell, CELL, "%s%s%s%s%s", stopped ? "stopped" : "",
             stopped && (bound[0] || row->note[0]) ? "; " : "", bound,
             bound[0] && row->note[0] ? "; " : "", row->note);
}

#define COLUMN(kind, name)                   \
    {                                        \
#name, RXT_KIND_##kind, print_##name \
    }

/* clang-format off */
static const rxt_column columns[] = {
    COLUMN(WORD, kernel),
    COLUMN(WORD, type),
    COLUMN(WORD, scaling),
    COLUMN(WORD, team),
    COLUMN(WORD, combine),
    COLUMN(WORD, sync),
    COLUMN(WORD, bind),
    COLUMN(NUMBER, n),
    COLUMN(NUMBER, bytes),
    COLUMN(WORD, level),
    COLUMN(NUMBER, nodes),
    COLUMN(NUMBER, ranks),
    COLUMN(NUMBER, threads),
    COLUMN(NUMBER, workers),
    COLUMN(NUMBER, rounds),
    COLUMN(NUMBER, calls),
    COLUMN(NUMBER, time_median),
    COLUMN(NUMBER, time_low),
    COLUMN(NUMBER, time_high),
    COLUMN(NUMBER, time_min),
    COLUMN(NUMBER, time_q1),
    COLUMN(NUMBER, time_q3),
    COLUMN(NUMBER, time_max),
    COLUMN(WORD, baseline),
    COLUMN(NUMBER, speedup),
    COLUMN(NUMBER, speedup_low),
    COLUMN(NUMBER, speedup_high),
    COLUMN(NUMBER, efficiency),
    COLUMN(NUMBER, gbytes_per_s),
    COLUMN(NUMBER, gflops_per_s),
    COLUMN(NUMBER, roof),
    COLUMN(WORD, result),
    COLUMN(NUMBER, error),
    COLUMN(TRUTH, verified),
    COLUMN(WORD, placement),
    COLUMN(WORD, note),
    COLUMN(WORD, unit),
    COLUMN(NUMBER, p99),
};
/* clang-format on */

enum { COLUMNS = sizeof columns / sizeof columns[0], LESSON_COLUMNS = 2 };

const rxt_column *rxt_columns_of(bool lesson, int *count)
{
    *count = lesson ? COLUMNS : COLUMNS - LESSON_COLUMNS;
    return columns;
}
