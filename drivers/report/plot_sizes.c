/* plot_sizes.c - time against size, both on logarithmic axes: the serial call, the split with the
 * fewest threads, the split with the fewest processes, and the fastest split at the size shown.
 * Marks the break-even sizes of these splits. */
#include "report/plot_panel.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/break_even.h"
#include "base/list.h"
#include "report/report.h"

enum { CURVES = 4, MOST = 400, COMPARED = 2000 };

static bool drawn(const rxt_row *row)
{
    return row->n > 0;
}

static bool several_sizes(const rxt_plot_page *page)
{
    const rxt_row *first = NULL;

    for (int l = 0; l < page->lines; l++) {
        if (first && page->line[l]->n != first->n)
            return true;
        if (!first && drawn(page->line[l]))
            first = page->line[l];
    }
    return false;
}

/* The splits whose curves are drawn, each once. */
typedef struct choice {
    int count;
    int fastest; /* index of the fastest split if only this curve shows it; else `count` */
    const rxt_row *row[CURVES];
} choice;

static void add(choice *c, const rxt_row *row)
{
    for (int i = 0; i < c->count; i++)
        if (rxt_split_equal(c->row[i]->split, row->split))
            return;
    c->row[c->count++] = row;
}

static choice choose(const rxt_plot_page *page)
{
    const rxt_row *fewest[RXT_PLOT_MIXED + 1] = { NULL }, *fastest = page->split[0];
    choice c = { 0 };

    for (int s = 0; s < page->splits; s++) {
        const rxt_row *row = page->split[s];
        rxt_plot_kind kind = rxt_plot_kind_of(row);

        if (!fewest[kind])
            fewest[kind] = row;
        if (row->time.median < fastest->time.median)
            fastest = row;
    }
    for (int kind = RXT_PLOT_BASE; kind < RXT_PLOT_MIXED; kind++)
        if (fewest[kind])
            add(&c, fewest[kind]);
    c.fastest = c.count;
    add(&c, fastest);
    return c;
}

static int sizes_of(const rxt_plot_page *page, rxt_split split)
{
    int count = 0;

    for (int l = 0; l < page->lines; l++)
        count += drawn(page->line[l]) && rxt_split_equal(page->line[l]->split, split);
    return count;
}

static void put_axes(FILE *file, const rxt_plot_page *page, const choice *c)
{
    double low = INFINITY, high = 0, least = INFINITY, most = 0;

    for (int l = 0; l < page->lines; l++) {
        const rxt_row *row = page->line[l];

        for (int i = 0; i < c->count && drawn(row); i++)
            if (rxt_split_equal(row->split, c->row[i]->split)) {
                low = fmin(low, row->time.median);
                high = fmax(high, row->time.median);
                least = fmin(least, (double)row->n);
                most = fmax(most, (double)row->n);
            }
    }
    rxt_plot_times(file, low / 2, high * 2);
    fprintf(file,
            "set logscale x\nset xrange [%.9g:%.9g]\nset format x '%%.0s%%c'\n"
            "set xlabel 'elements n%s'\nset ylabel 'time per call'\nset key bottom right\n",
            least / 1.5, most * 1.5, rxt_row_weak(page->split[0]) ? " a worker" : "");
}

static void put_data(FILE *file, const rxt_plot_page *page, int curve, rxt_split split)
{
    int sizes = sizes_of(page, split), every = sizes / MOST + 1, i = 0;

    fprintf(file, "$curve%d << END\n", curve);
    for (int l = 0; l < page->lines; l++) {
        const rxt_row *row = page->line[l];

        if (!drawn(row) || !rxt_split_equal(row->split, split))
            continue;
        if (i++ % every == 0 || i == sizes)
            fprintf(file, "%td %.9g\n", row->n, row->time.median);
    }
    fputs("END\n", file);
}

/* ---- break-even ---- */

/* Copies the rows whose split is drawn, and lets `rows` refer to the copy, as input for
 * rxt_break_even_of. Returns the copy, which the caller frees; NULL without rows or memory. */
static rxt_row *compared(const rxt_plot_page *page, const choice *c, rxt_rows *rows)
{
    rxt_row *copy = page->lines ? calloc((size_t)page->lines, sizeof *copy) : NULL;

    *rows = *page->rows;
    rows->row = copy;
    rows->count = 0;
    for (int l = 0; copy && l < page->lines; l++)
        for (int i = 0; i < c->count; i++)
            if (rxt_split_equal(page->line[l]->split, c->row[i]->split))
                copy[rows->count++] = *page->line[l];
    return copy;
}

/* Rounds an estimate to two digits. */
static ptrdiff_t rounded(double n)
{
    double unit = pow(10, fmax(0, floor(log10(n)) - 1));

    return (ptrdiff_t)(round(n / unit) * unit);
}

static void put_name(FILE *file, const choice *c, int i)
{
    char split[RXT_SPLIT_TEXT], text[80];

    snprintf(text, sizeof text, "%s%s", rxt_split_name(c->row[i]->split, split),
             i == c->fastest ? ", fastest" : "");
    rxt_plot_quote(file, text);
}

static rxt_plot_kind kind_of(const choice *c, int i)
{
    return i == c->fastest ? RXT_PLOT_FASTEST : rxt_plot_kind_of(c->row[i]);
}

static const rxt_break_even *found_of(const rxt_break_evens *of, rxt_split split)
{
    if (of && of->has_threads && rxt_split_equal(of->threads.split, split))
        return &of->threads;
    if (of && of->has_processes && rxt_split_equal(of->processes.split, split))
        return &of->processes;
    return NULL;
}

/* Marks a break-even size: a vertical line at the size, and a text such as "1×2 pays from 31k [27k
 * 36k]" in the upper left, where no curves are. */
static void put_mark(FILE *file, const choice *c, int i, const rxt_break_even *found)
{
    char split[RXT_SPLIT_TEXT], n[32], low[32], high[32], text[200];

    if (!found || found->pays != RXT_PAYS_FROM || !isfinite(found->n))
        return;
    fprintf(file, "set arrow from %.9g,graph 0 to %.9g,graph 0.3 nohead", found->n, found->n);
    rxt_plot_ink(file, kind_of(c, i));
    snprintf(text, sizeof text, "%s pays from %s [%s %s]", rxt_split_name(c->row[i]->split, split),
             rxt_list_print(rounded(found->n), n),
             found->low < 0 ? "?" : rxt_list_print(found->low, low),
             rxt_list_print(found->high, high));
    fputs("set label ", file);
    rxt_plot_quote(file, text);
    fprintf(file, " at graph 0.03,graph %g left font ',11'\n", 1.02 - 0.08 * i);
}

static void put_curves(FILE *file, const rxt_plot_page *page, const choice *c,
                       const rxt_break_evens *of)
{
    for (int i = 0; i < c->count; i++) {
        rxt_split split = c->row[i]->split;

        put_data(file, page, i, split);
        put_mark(file, c, i, found_of(of, split));
    }
    for (int i = 0; i < c->count; i++) {
        fprintf(file, "%s $curve%d using 1:2", i ? "," : "plot", i);
        rxt_plot_style(file, kind_of(c, i), true);
        fputs(" title ", file);
        put_name(file, c, i);
    }
    fputc('\n', file);
}

static void put_sizes(FILE *file, const rxt_plot_page *page)
{
    choice c = choose(page);
    rxt_break_even_list list = { 0 };
    rxt_rows rows;
    rxt_row *copy = page->lines <= COMPARED ? compared(page, &c, &rows) : NULL;

    if (copy)
        rxt_status_free(rxt_break_even_of(&rows, &list)); /* without memory no size is marked */
    rxt_plot_title(file, "Time against size");
    put_axes(file, page, &c);
    put_curves(file, page, &c, list.count ? &list.of[0] : NULL);
    rxt_break_even_free(&list);
    free(copy);
}

const rxt_plot_panel rxt_plot_sizes = { several_sizes, put_sizes };
