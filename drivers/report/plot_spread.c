/* plot_spread.c - the distribution of the times of each split: one point per round, in a column
 * for each epoch, the first one on the left; a gap separates runs. If there are too many points, or
 * the rounds are not known, it draws quartiles instead of points. The median and its interval are
 * drawn on top. */
#include "report/plot_panel.h"

#include <math.h>
#include <stddef.h>

#include "report/report.h"

enum { MOST = 24, POINTS = 1200 };

static bool some(const rxt_plot_page *page)
{
    return page->splits > 0;
}

/* The splits to draw: all, or if there are more than MOST, the baseline and the fastest. */
typedef struct view {
    const rxt_row *row[MOST];
    int count, most; /* splits; the most rounds of a split */
    bool points;     /* draw all rounds, not quartiles */
    bool logarithmic;
    double unit, low, high; /* in seconds: the unit; the smallest and the largest time */
    const char *name;
} view;

/* Returns a time such that the medians of at least MOST - 1 splits are at most this time. It is
 * found by bisection, because there may be very many splits. With MOST splits or fewer: the largest
 * median. */
static double limit_of(const rxt_plot_page *page)
{
    double low = 0, high = 0;

    for (int s = 0; s < page->splits; s++)
        high = fmax(high, page->split[s]->time.median);
    for (int step = 0; step < 60 && page->splits > MOST; step++) {
        double middle = (low + high) / 2;
        int reach = 0;

        for (int s = 0; s < page->splits; s++)
            reach += page->split[s]->time.median <= middle;
        *(reach >= MOST - 1 ? &high : &low) = middle;
    }
    return high;
}

static void choose_rows(const rxt_plot_page *page, view *v)
{
    double limit = limit_of(page);

    for (int s = 0; s < page->splits && v->count < MOST; s++) {
        const rxt_row *row = page->split[s];

        if (row->time.median <= limit || rxt_split_equal(row->split, row->baseline))
            v->row[v->count++] = row;
    }
}

/* Chooses the unit of the axis. Times that differ by more than a factor of 8 get a logarithmic
 * axis, whose ticks have their own units. */
static void choose_unit(view *v)
{
    static const struct {
        double unit;
        const char *name;
    } units[] = { { 1, " (s)" }, { 1e-3, " (ms)" }, { 1e-6, " (µs)" }, { 1e-9, " (ns)" } };
    int u = 0;

    v->logarithmic = v->high > 8 * v->low;
    while (u < 3 && v->high < units[u].unit)
        u++;
    v->unit = v->logarithmic ? 1 : units[u].unit;
    v->name = v->logarithmic ? "" : units[u].name;
}

static view view_of(const rxt_plot_page *page)
{
    view v = { .low = INFINITY };
    long points = 0;

    choose_rows(page, &v);
    for (int i = 0; i < v.count; i++) {
        points += v.row[i]->rounds;
        v.most = v.row[i]->rounds > v.most ? v.row[i]->rounds : v.most;
        v.low = fmin(v.low, v.row[i]->time.min);
        v.high = fmax(v.high, v.row[i]->time.max);
    }
    v.points = page->rows->rounds > 0 && points <= POINTS;
    choose_unit(&v);
    return v;
}

/* The distance from the column of round `before` to that of round r: the rounds of an epoch share a
 * column, and a gap separates runs. */
static int step(const rxt_row *row, int before, int r)
{
    const int gap = 3;

    if (before < 0)
        return 0;
    if (row->run && row->run[before] != row->run[r])
        return gap;
    return !row->epoch || row->epoch[before] != row->epoch[r];
}

/* Calls put for every round that has a time, with its column; returns the last column. */
static int each_column(const rxt_row *row, int rounds,
                       void (*put)(void *arg, double seconds, int column), void *arg)
{
    int column = 0;

    for (int r = 0, before = -1; r < rounds; r++) {
        if (!isfinite(row->seconds[r]))
            continue;
        column += step(row, before, r);
        put(arg, row->seconds[r], column);
        before = r;
    }
    return column;
}

/* Where the points of a split go. */
typedef struct pen {
    FILE *file;
    int at, last; /* the split's place on the axis; its last column */
    double unit;
} pen;

static void skip(void *arg, double seconds, int column)
{
    (void)arg, (void)seconds, (void)column;
}

static void dot(void *arg, double seconds, int column)
{
    const pen *p = arg;

    fprintf(p->file, "%.4g %.6g\n", p->at + (p->last > 0 ? 0.7 * column / p->last - 0.35 : 0),
            seconds / p->unit);
}

/* Prints one point per round, from left to right over 70 % of the split's width. */
static void put_points(FILE *file, const rxt_plot_page *page, const view *v, const rxt_row *row,
                       int at)
{
    int rounds = page->rows->rounds;
    pen p = { .file = file, .at = at, .unit = v->unit };

    p.last = each_column(row, rounds, skip, NULL);
    each_column(row, rounds, dot, &p);
}

static void put_data(FILE *file, const rxt_plot_page *page, const view *v)
{
    double u = v->unit;

    fputs("$points << END\n", file);
    for (int i = 0; i < v->count && v->points; i++)
        put_points(file, page, v, v->row[i], i);
    fputs("END\n$splits << END\n", file);
    for (int i = 0; i < v->count; i++) {
        const rxt_sample *t = &v->row[i]->time;

        fprintf(file, "%d %.6g %.6g %.6g %.6g %.6g %.6g %.6g\n", i, t->min / u, t->q1 / u,
                t->median / u, t->q3 / u, t->max / u, t->low / u, t->high / u);
    }
    fputs("END\n", file);
}

static void put_ticks(FILE *file, const view *v)
{
    char split[RXT_SPLIT_TEXT];

    fprintf(file, "set xtics scale 0 %s (", v->count > 9 ? "rotate by 90 right font ',10'" : "");
    for (int i = 0; i < v->count; i++)
        fprintf(file, "%s'%s' %d", i ? "," : "", rxt_split_name(v->row[i]->split, split), i);
    fprintf(file, ")\nset xrange [-0.6:%g]\n", v->count - 0.4);
}

static void put_range(FILE *file, const view *v)
{
    double low = v->low / v->unit, high = v->high / v->unit,
           more = 0.1 * (high - low) + 0.02 * high;

    if (v->logarithmic)
        rxt_plot_times(file, low / 1.3, high * 1.3);
    else
        fprintf(file, "set yrange [%.6g:%.6g]\n", fmax(0, low - more), high + more);
}

static const char *title_of(const rxt_plot_page *page, const view *v)
{
    if (v->points)
        return "Times of all rounds in their order";
    if (page->rows->rounds > 0)
        return "Quartiles of times";
    return "Quartiles of times (single times: only in .json)";
}

static void put_spread(FILE *file, const rxt_plot_page *page)
{
    view v = view_of(page);

    put_data(file, page, &v);
    put_ticks(file, &v);
    put_range(file, &v);
    rxt_plot_title(file, "%s%s", title_of(page, &v),
                   v.count < page->splits ? ", the fastest splits" : "");
    fprintf(file, "set xlabel 'ranks × threads'\nset ylabel 'time per call%s'\nset key off\n",
            v.name);
    if (v.points)
        fprintf(file, "plot $points using 1:2 with points pt 7 ps %s lc rgb '#56B4E9', ",
                v.most > 60 ? "0.3" : "0.6");
    else
        fputs("set boxwidth 0.6\nplot $splits using 1:3:2:6:5 with candlesticks lc rgb '#0072B2' "
              "lw 1.2 whiskerbars 0.5, ",
              file);
    fputs("$splits using ($1-0.4):4:(0.8):(0) with vectors nohead lw 2 lc rgb '#000000', $splits "
          "using 1:7:(0):($8-$7) with vectors nohead lw 4 lc rgb '#000000'\n",
          file);
}

const rxt_plot_panel rxt_plot_spread = { some, put_spread };
