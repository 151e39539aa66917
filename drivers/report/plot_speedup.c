/* plot_speedup.c - speedup against workers: a curve for threads, one for ranks, points for mixed
 * splits, and the ideal line.
 *
 * Up to LINEAR workers both axes are linear and start at 0. Beyond, both are logarithmic to base 2,
 * so the ideal line stays straight. The kinds are shifted a little sideways, so that points with
 * the same workers and speedup do not hide each other. */
#include "report/plot_panel.h"

#include <math.h>

#include "report/report.h"

enum { LINEAR = 16, MOST = 400 };

static bool several(const rxt_plot_page *page)
{
    int count = 0;

    for (int s = 0; s < page->splits; s++)
        count += rxt_row_sped_up(page->split[s]);
    return count > 1;
}

typedef struct scale {
    bool logarithmic;
    double most, low, high; /* the most workers; the range of speedups */
    double last;            /* the largest speedup of the splits with the most workers */
    double baseline;        /* workers of the baseline */
} scale;

static scale scale_of(const rxt_plot_page *page)
{
    const rxt_split *baseline = &page->split[0]->baseline;
    scale s = { .most = 1,
                .low = INFINITY,
                .baseline = baseline->ranks * (double)baseline->threads };

    for (int i = 0; i < page->splits; i++) {
        const rxt_row *row = page->split[i];

        if (!rxt_row_sped_up(row))
            continue;
        s.last = rxt_row_workers(row) > s.most ? 0 : s.last;
        s.last = fmax(s.last, row->speedup.median);
        s.most = fmax(s.most, rxt_row_workers(row));
        s.low = fmin(s.low, fmin(row->speedup.median, row->speedup.low));
        s.high = fmax(s.high, fmax(row->speedup.median, row->speedup.high));
    }
    s.logarithmic = s.most > LINEAR;
    s.high = fmax(1.08 * s.high, fmin(1.02 * s.most / s.baseline, 2 * s.high));
    s.low = s.logarithmic ? fmin(s.low, 1 / s.baseline) / 1.2 : 0;
    return s;
}

static double place(const scale *s, rxt_plot_kind kind, int workers)
{
    double aside = kind == RXT_PLOT_THREADS ? -1 : kind == RXT_PLOT_RANKS ? 1 : 0;

    return s->logarithmic ? workers * exp2(0.06 * aside) : workers + 0.012 * aside * s->most;
}

/* Prints the points of one kind. The curves of threads and of ranks start with the serial call
 * 1×1, which the returned number of points does not include. */
static int put_data(FILE *file, const rxt_plot_page *page, const scale *s, rxt_plot_kind kind)
{
    int every = page->splits / MOST + 1, count = 0;

    fprintf(file, "$kind%d << END\n", kind);
    for (int i = 0; i < page->splits; i++) {
        const rxt_row *row = page->split[i];
        rxt_plot_kind own = rxt_plot_kind_of(row);
        bool first = own == RXT_PLOT_BASE && kind != RXT_PLOT_MIXED;

        if (!rxt_row_sped_up(row) || (own != kind && !first) || (i % every && i < page->splits - 1))
            continue;
        fprintf(file, "%.9g %.9g %.9g %.9g\n", place(s, own, rxt_row_workers(row)),
                row->speedup.median, row->speedup.low, row->speedup.high);
        count += own == kind;
    }
    fputs("END\n", file);
    return count;
}

static void put_axes(FILE *file, const rxt_plot_page *page, const scale *s)
{
    int last = 0, ticks = 0;

    fprintf(file, "set xlabel 'workers (ranks × threads)'\nset ylabel 'speedup'\nset key %s\n",
            s->last > (s->logarithmic ? sqrt(s->low * s->high) : 0.6 * s->high) ? "bottom right"
                                                                                : "top right");
    if (s->logarithmic)
        fputs("set logscale xy 2\n", file);
    fprintf(file, "set xrange [%g:%g]\nset yrange [%.9g:%.9g]\n", s->logarithmic ? 0.85 : 0,
            s->logarithmic ? 1.2 * s->most : 1.06 * s->most + 0.1, s->low, s->high);
    if (s->logarithmic)
        return;
    fputs("set xtics (", file);
    for (int i = 0; i < page->splits; i++) {
        int workers = rxt_row_workers(page->split[i]);

        if (workers > last)
            fprintf(file, "%s%d", ticks++ ? "," : "", workers);
        last = workers;
    }
    fputs(")\n", file);
}

static void put_speedup(FILE *file, const rxt_plot_page *page)
{
    static const char *const names[] = { "1×1", "threads, 1×t", "processes, r×1", "mixed, r×t" };
    scale s = scale_of(page);
    char split[RXT_SPLIT_TEXT], part[40] = "";
    int count[4];

    for (int kind = RXT_PLOT_BASE; kind <= RXT_PLOT_MIXED; kind++)
        count[kind] = put_data(file, page, &s, (rxt_plot_kind)kind);
    put_axes(file, page, &s);
    if (page->splits > MOST)
        snprintf(part, sizeof part, " (1 split of %d)", page->splits / MOST + 1);
    rxt_plot_title(file, "Speedup against %s%s", rxt_split_name(page->split[0]->baseline, split),
                   part);
    fprintf(file, "plot x / %g with lines lc rgb '#888888' dt 4 lw 1 title 'ideal'", s.baseline);
    for (int kind = RXT_PLOT_BASE; kind <= RXT_PLOT_MIXED; kind++) {
        bool curve = kind == RXT_PLOT_THREADS || kind == RXT_PLOT_RANKS;

        if (!count[kind])
            continue;
        fprintf(file, ", $kind%d using 1:2", kind);
        rxt_plot_style(file, (rxt_plot_kind)kind, curve);
        fprintf(file, " title '%s', $kind%d using ($3 < $4 ? $1 : NaN):2:3:4", names[kind], kind);
        rxt_plot_bars(file, (rxt_plot_kind)kind);
    }
    fputc('\n', file);
}

const rxt_plot_panel rxt_plot_speedup = { several, put_speedup };
