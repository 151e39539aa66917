/* table.c - the table of one kernel at one size. */
#include "report/report.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/list.h"
#include "base/text.h"
#include "base/vocabulary.h"
#include "report/cells.h"
#include "results/columns.h"

enum { SPLIT = 17, GAP = 3 }; /* widths: of a split; of the gap before a left-aligned column */

/* Which columns are shown, and what decides which rows are shown if there are too many. */
typedef struct choice {
    const rxt_answer *answer;
    int threads, ranks; /* index of the fastest row with one rank per node, and with one thread per
                           rank; -1: none */
    int workers;        /* the most workers of a row */
    int cpus;           /* position of the column of CPUs */
    bool units; /* a task measured its units' times: show units per second instead of bytes */
    const rxt_column *column; /* all columns; `shown` tells which are printed */
    int columns;
    bool shown[RXT_COLUMNS_MOST];
} choice;

static bool is_baseline(const rxt_row *row)
{
    return rxt_split_equal(row->split, row->baseline);
}

/* Returns b if row b has a greater speedup than row a, else a. A missing speedup is the smallest; a
 * = -1: no row yet. */
static int faster(const rxt_answer *answer, int a, int b)
{
    double speedup = answer->row[b]->speedup.median;

    if (!answer->row[b]->verified || isnan(speedup))
        return a;
    return a < 0 || speedup > answer->row[a]->speedup.median ? b : a;
}

static bool is_in(const rxt_column *column, const rxt_answer *answer)
{
    if (column->style == RXT_STYLE_NONE || !column->sparse)
        return column->style != RXT_STYLE_NONE;
    for (int i = 0; i < answer->count; i++)
        if (rxt_column_figure(column, answer->row[i]) > 0)
            return true;
    return false;
}

/* Chooses the columns that are shown, and computes the position of the CPUs: after the split, these
 * columns and the mark. */
static void lay_columns(choice *c, const rxt_answer *answer)
{
    int mark = 11;

    c->column = rxt_columns_of(true, &c->columns);
    c->cpus = SPLIT + 2;
    for (int k = 0; k < c->columns; k++) {
        int width = c->column[k].width;

        c->shown[k] = is_in(&c->column[k], answer);
        if (c->shown[k])
            c->cpus += width < 0 ? GAP - width : width;
    }
    for (int i = 0; i < answer->count; i++)
        if (answer->row[i]->roof > 0)
            mark = 9;
    c->cpus += mark;
}

static choice choice_of(const rxt_answer *answer)
{
    choice c = { .answer = answer, .threads = -1, .ranks = -1 };

    lay_columns(&c, answer);
    for (int i = 0; i < answer->count; i++) {
        const rxt_row *row = answer->row[i];

        if (row->split.ranks == row->split.nodes && row->split.threads > 1)
            c.threads = faster(answer, c.threads, i);
        if (row->split.threads == 1 && row->split.ranks > row->split.nodes)
            c.ranks = faster(answer, c.ranks, i);
        if (rxt_row_workers(row) > c.workers)
            c.workers = rxt_row_workers(row);
        c.units = c.units || row->figures.of[RXT_VISIT_P99] > 0;
    }
    return c;
}

/* The importance of row i, 0 is the highest. */
static int order_of(const choice *c, int i)
{
    const rxt_row *row = c->answer->row[i];

    if (is_baseline(row) || i == c->answer->fastest)
        return 0;
    if (i == c->threads || i == c->ranks)
        return 1;
    if (rxt_row_wrong(row))
        return 2;
    if (c->answer->tied[i])
        return 3;
    return rxt_row_workers(row) == c->workers ? 4 : 5;
}

/* Is row i among the `lines` most important rows? */
static bool is_shown(const choice *c, int i, int lines)
{
    int before = 0, order = order_of(c, i);

    for (int j = 0; j < c->answer->count; j++) {
        int other = order_of(c, j);
        before += other < order || (other == order && j < i);
    }
    return before < lines;
}

/* ---- cells ---- */

static char *print_speedup(const rxt_row *row, char cell[RXT_CELL])
{
    if (is_baseline(row))
        return strcpy(cell, "1");
    if (isnan(row->speedup.median))
        return strcpy(cell, "");
    return rxt_cell_interval(&row->speedup, cell);
}

static char *print_rate(double rate, char cell[RXT_CELL])
{
    if (!isfinite(rate))
        return strcpy(cell, "");
    snprintf(cell, RXT_CELL,
             rate > 0 && rate < 0.095 ? "%.2g"
             : rate < 999.95          ? "%.1f"
                                      : "%.0f",
             rate);
    return cell;
}

static int put_split(FILE *file, const rxt_row *row)
{
    char ranks[RXT_CELL], threads[RXT_SPLIT_TEXT];

    snprintf(ranks, sizeof ranks, "%d", row->split.ranks);
    return rxt_cell_put(file, ranks, 7) + rxt_cell_put(file, " × ", 3) +
           rxt_cell_put(file, rxt_split_threads(row->split, threads), -7);
}

static double units_per_s(const rxt_row *row)
{
    return (double)row->n * (rxt_row_weak(row) ? rxt_row_workers(row) : 1) / row->time.median;
}

static const char *print_column(const rxt_column *column, const rxt_row *row, bool units,
                                char cell[RXT_CELL])
{
    double figure = rxt_column_figure(column, row);

    switch (column->style) {
    case RXT_STYLE_TIME:
        return isnan(figure) ? "" : rxt_cell_time(figure, cell);
    case RXT_STYLE_PRECISION:
        return rxt_cell_precision(&row->time, cell);
    case RXT_STYLE_SPEEDUP:
        return print_speedup(row, cell);
    case RXT_STYLE_RATIO:
        return isnan(figure) ? "" : rxt_cell_ratio(figure, cell);
    case RXT_STYLE_RATE:
        return print_rate(units ? units_per_s(row) : figure, cell);
    case RXT_STYLE_NONE:
        break;
    }
    return "";
}

static int put_column(FILE *file, const rxt_column *column, const char *text)
{
    int gap = column->width < 0 ? rxt_cell_put(file, "", GAP) : 0;

    return gap + rxt_cell_put(file, text, column->width);
}

static int put_figures(FILE *file, const rxt_row *row, const choice *c)
{
    char cell[RXT_CELL];
    int used = 0;

    for (int k = 0; k < c->columns; k++)
        if (c->shown[k])
            used +=
                put_column(file, &c->column[k], print_column(&c->column[k], row, c->units, cell));
    return used;
}

/* The mark of row i. Without intervals (fewer than 6 rounds) all rows tie, so ties are not
 * marked. */
static const char *mark_of(const choice *c, int i)
{
    const rxt_answer *answer = c->answer;

    if (i == answer->fastest)
        return "fastest";
    if (answer->fastest < 0 || isnan(answer->row[answer->fastest]->speedup.low))
        return "";
    return answer->tied[i] ? "= tie" : "";
}

/* Prints the part of the text that fits from column `used` on. */
static void put_cut(FILE *file, const char *text, int used)
{
    int room = RXT_REPORT_WIDTH - used;
    bool cut = rxt_text_characters(text) > room;

    for (int c = 0; *text && c < room - cut; c++)
        do
            fputc(*text++, file);
        while (((unsigned char)*text & 0xc0) == 0x80);
    fputs(cut ? "…" : "", file);
}

static void put_row(FILE *file, const choice *c, int i)
{
    const rxt_row *row = c->answer->row[i];
    int used = put_split(file, row);

    if (!row->verified || isnan(row->time.median)) {
        fputs(rxt_row_wrong(row) ? "  wrong result\n" : "  not measured\n", file);
        return;
    }
    used += put_figures(file, row, c) + rxt_cell_put(file, "", 2);
    used += rxt_cell_put(file, mark_of(c, i), row->placement[0] ? -(c->cpus - used) : 0);
    put_cut(file, row->placement, used);
    fputc('\n', file);
}

/* ---- the line above the table ---- */

/* Does a field have several values among the rows, "-" not counted? */
static bool vary(const rxt_rows *rows, size_t field)
{
    const char *before = NULL;

    for (int i = 0; i < rows->count; i++) {
        const char *value = *(const char *const *)((const char *)&rows->row[i] + field);

        if (rxt_vocabulary_is_none(value))
            continue;
        if (before && strcmp(before, value))
            return true;
        before = value;
    }
    return false;
}

static char *print_bytes(double bytes, char cell[RXT_CELL])
{
    static const char *const units[] = { "B", "kB", "MB", "GB", "TB", "PB" };
    int u = 0;

    for (; u < 5 && bytes >= 999.5; u++)
        bytes /= 1000;
    snprintf(cell, RXT_CELL, "%.3g %s", bytes, units[u]);
    return cell;
}

/* Prints the cache levels of the rows, each once, such as "DRAM, L3". */
static void put_levels(FILE *file, const rxt_answer *answer)
{
    const rxt_row *const *row = answer->row;
    const char *gap = "   ";

    for (int i = 0; i < answer->count; i++) {
        int j = 0;
        while (j < i && row[i]->level && strcmp(row[j]->level, row[i]->level))
            j++;
        if (j < i || !row[i]->level)
            continue;
        fprintf(file, "%s%s", gap, row[i]->level);
        gap = ", ";
    }
}

static void put_heading(FILE *file, const rxt_rows *rows, const rxt_answer *answer)
{
    const rxt_row *row = answer->row[0];
    char n[32], bytes[RXT_CELL], baseline[RXT_SPLIT_TEXT];

    if (vary(rows, offsetof(rxt_row, kernel)))
        fprintf(file, "%s   ", row->kernel);
    if (row->unit && isnan(row->bytes))
        fprintf(file, "n = %s %s%s%s", rxt_list_print(row->n, n), row->unit, row->n == 1 ? "" : "s",
                rxt_row_weak(row) ? " per worker" : "");
    else if (rxt_row_weak(row))
        fprintf(file, "n = %s per worker   %s each", rxt_list_print(row->n, n),
                print_bytes(row->bytes / rxt_row_workers(row), bytes));
    else
        fprintf(file, "n = %s   %s", rxt_list_print(row->n, n), print_bytes(row->bytes, bytes));
    put_levels(file, answer);
    if (vary(rows, offsetof(rxt_row, team)))
        fprintf(file, "   team %s", answer->team);
    if (vary(rows, offsetof(rxt_row, combine)))
        fprintf(file, "   combine %s", answer->combine);
    if (vary(rows, offsetof(rxt_row, bind)))
        fprintf(file, "   bind %s", row->bind);
    if (rxt_split_workers(row->baseline) > 1)
        fprintf(file, "   against %s", rxt_split_name(row->baseline, baseline));
    fputc('\n', file);
}

/* Prints the names of the columns, aligned with put_row. */
static void put_names(FILE *file, const choice *c)
{
    int used = rxt_cell_put(file, "  ranks × threads", SPLIT);
    bool placed = false;

    for (int k = 0; k < c->columns; k++)
        if (c->shown[k])
            used += put_column(
                file, &c->column[k],
                c->units && c->column[k].style == RXT_STYLE_RATE ? "/s" : c->column[k].heading);
    for (int i = 0; i < c->answer->count; i++)
        placed = placed || c->answer->row[i]->placement[0];
    if (placed)
        fprintf(file, "%*sCPUs", c->cpus - used, "");
    fputc('\n', file);
}

void rxt_report_table(FILE *file, const rxt_rows *rows, const rxt_answer *answer, bool all)
{
    choice c = choice_of(answer);
    bool cut = !all && answer->count > RXT_REPORT_LINES;
    int lines = cut ? RXT_REPORT_LINES - 1 : answer->count;

    put_heading(file, rows, answer);
    put_names(file, &c);
    for (int i = 0; i < answer->count; i++)
        if (is_shown(&c, i, lines))
            put_row(file, &c, i);
    if (cut)
        fprintf(file, "      … %d more rows; -v shows all\n", answer->count - lines);
}
