/* curve.c - draws speedup against workers, in characters.
 *
 * Worker counts have equal distances on the axis, so that 1 … 128 fits a terminal; the ideal line
 * is then bent. The ideal line is drawn only up to 1.3 times the largest measured speedup, because
 * a higher scale would press the measured points down to the axis. */
#include "report/report.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/list.h"

enum { ROWS = 14, COLUMNS = 60, EDGE = 2, COUNTS = 1024, TICKS = 6, APART = 4 };

typedef struct plot {
    int count;           /* worker counts that occur, ascending */
    int workers[COUNTS]; /* counts beyond COUNTS are not drawn */
    double baseline;     /* workers of the baseline */
    double top;          /* speedup at the upper edge           */
    char cell[ROWS][COLUMNS];
} plot;

static void add_count(plot *p, int workers)
{
    int i = p->count;

    if (p->count == COUNTS)
        return;
    while (i > 0 && p->workers[i - 1] > workers)
        i--;
    if (i > 0 && p->workers[i - 1] == workers)
        return;
    memmove(&p->workers[i + 1], &p->workers[i], (size_t)(p->count - i) * sizeof p->workers[0]);
    p->workers[i] = workers;
    p->count++;
}

/* Collects the worker counts and the scale; returns the number of rows to draw. */
static int survey(plot *p, const rxt_row *const row[], int count)
{
    int drawn = 0;
    double highest = 0, ideal;

    for (int i = 0; i < count; i++) {
        if (!rxt_row_sped_up(row[i]))
            continue;
        drawn++;
        add_count(p, rxt_split_workers(row[i]->split));
        p->baseline = rxt_split_workers(row[i]->baseline);
        highest = fmax(highest, row[i]->speedup.median);
    }
    if (drawn == 0)
        return 0;
    ideal = p->workers[p->count - 1] / p->baseline;
    p->top = fmax(1.05 * highest, fmin(ideal, 1.3 * highest));
    memset(p->cell, ' ', sizeof p->cell);
    return drawn;
}

/* The column of the i-th worker count. */
static int column_of(const plot *p, int i)
{
    if (p->count == 1)
        return COLUMNS / 2;
    return EDGE + i * (COLUMNS - 1 - 2 * EDGE) / (p->count - 1);
}

/* The row of a speedup: 0 is the top row, -1 is above it. */
static int row_of(const plot *p, double speedup)
{
    if (speedup > p->top)
        return -1;
    return ROWS - 1 - (int)lround(speedup / p->top * (ROWS - 1));
}

/* Draws the ideal line from one worker count to the next, only in every other column, so that it
 * does not look measured. */
static void draw_ideal(plot *p)
{
    for (int i = 0; i + 1 < p->count; i++) {
        int from = column_of(p, i), to = column_of(p, i + 1);

        for (int c = from; c <= to; c++) {
            double part = to > from ? (double)(c - from) / (to - from) : 0;
            double workers = p->workers[i] + part * (p->workers[i + 1] - p->workers[i]);
            int r = row_of(p, workers / p->baseline);

            if (r >= 0 && c % 2 == 0)
                p->cell[r][c] = '.';
        }
    }
}

static char mark_of(rxt_split split)
{
    if (split.ranks == 1 && split.threads == 1)
        return 'o';
    if (split.threads == 1)
        return 'r';
    return split.ranks == split.nodes ? 't' : 'm';
}

/* The number of columns by which a mark is moved sideways. If there is room, a mark of threads
 * moves one column to the left and a mark of ranks one to the right, so that the marks of equally
 * fast splits do not overlap. */
static int aside(const plot *p, char mark)
{
    if (p->count > 1 && column_of(p, 1) - column_of(p, 0) < APART)
        return 0;
    return mark == 't' ? -1 : mark == 'r' ? 1 : 0;
}

static void draw_row(plot *p, const rxt_row *row)
{
    char mark = mark_of(row->split), *cell;
    int i = 0;

    while (i < p->count && p->workers[i] != rxt_split_workers(row->split))
        i++;
    if (i == p->count)
        return;
    cell = &p->cell[row_of(p, row->speedup.median)][column_of(p, i) + aside(p, mark)];
    *cell = *cell == ' ' || *cell == '.' ? mark : '*';
}

/* The step between ticks: 1, 2 or 5 times a power of ten, at most TICKS steps to the top. */
static double step_of(const plot *p)
{
    double step = pow(10, floor(log10(p->top / TICKS)));

    if (p->top / step > TICKS * 5)
        return 10 * step;
    if (p->top / step > TICKS * 2)
        return 5 * step;
    return p->top / step > TICKS ? 2 * step : step;
}

/* Prints the left edge of a row: "1.5 +" if a tick is on this row, else "|". */
static void put_scale(FILE *file, const plot *p, int r)
{
    double step = step_of(p);

    for (int tick = 0; tick * step <= p->top; tick++)
        if (row_of(p, tick * step) == r) {
            fprintf(file, "%8.5g +", tick * step);
            return;
        }
    fputs("         |", file);
}

static void put_cells(FILE *file, const plot *p, int r)
{
    int length = COLUMNS;

    while (length > 0 && p->cell[r][length - 1] == ' ')
        length--;
    for (int c = 0; c < length; c++)
        fputs(p->cell[r][c] == '.' ? "·" : (char[]){ p->cell[r][c], '\0' }, file);
    fputc('\n', file);
}

/* Prints each worker count under its column, unless it would overlap with another count. The last
 * count is always printed. */
static void put_workers(FILE *file, const plot *p)
{
    char line[COLUMNS + 16], label[16];
    int end = -1, last = p->count - 1;
    int last_width = snprintf(label, sizeof label, "%d", p->workers[last]);
    int last_start = column_of(p, last) - last_width / 2;

    memset(line, ' ', sizeof line);
    for (int i = 0; i <= last; i++) {
        int width = snprintf(label, sizeof label, "%d", p->workers[i]);
        int start = column_of(p, i) - width / 2;

        if (start <= end || (i < last && start + width >= last_start))
            continue;
        memcpy(line + start, label, (size_t)width);
        end = start + width;
    }
    fprintf(file, "%10s%.*s  workers\n", "", end, line);
}

static bool occurs(const plot *p, char mark)
{
    return memchr(p->cell, mark, sizeof p->cell) != NULL;
}

static void put_legend(FILE *file, const plot *p)
{
    static const struct {
        char mark;
        const char *meaning;
    } legend[] = {
        { 'o', "o 1×1" },   { 't', "t threads (1×t)" }, { 'r', "r ranks (r×1)" },
        { 'm', "m mixed" }, { '*', "* several" },       { '.', "· ideal" },
    };

    fprintf(file, "%7s", "");
    for (size_t l = 0; l < sizeof legend / sizeof legend[0]; l++)
        if (occurs(p, legend[l].mark))
            fprintf(file, "   %s", legend[l].meaning);
    fputc('\n', file);
}

void rxt_report_curve(FILE *file, const rxt_answer *answer)
{
    const rxt_row *row = answer->row[0];
    plot p = { 0 };
    char n[32], split[RXT_SPLIT_TEXT];

    if (survey(&p, answer->row, answer->count) < 2)
        return;
    draw_ideal(&p);
    for (int i = 0; i < answer->count; i++)
        if (rxt_row_sped_up(answer->row[i]))
            draw_row(&p, answer->row[i]);
    fprintf(file, "\n  speedup against %s   %s, n = %s%s\n", rxt_split_name(row->baseline, split),
            row->kernel, rxt_list_print(row->n, n), rxt_row_weak(row) ? " a worker" : "");
    for (int r = 0; r < ROWS; r++) {
        put_scale(file, &p, r);
        put_cells(file, &p, r);
    }
    put_workers(file, &p);
    put_legend(file, &p);
}
