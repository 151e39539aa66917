/* chart.c - makes the chart of a sentence: what was measured here, and in CPython. */
#include "tour/tour.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Adds a series; NULL if the chart already has RXT_CHART_SERIES series. */
static rxt_chart_series *begin(rxt_chart *p, bool cpython)
{
    rxt_chart_series *s = &p->series[p->count];

    if (p->count == RXT_CHART_SERIES) {
        p->left_out++;
        return NULL;
    }
    *s = (rxt_chart_series){ .beside = cpython, .bound = NAN };
    p->count++;
    return s;
}

/* Removes the last series if it has no point. */
static void end(rxt_chart *p)
{
    if (p->count && !p->series[p->count - 1].count)
        p->count--;
}

/* Can the value be drawn and printed? Files may hold any number. */
static bool drawable(double value)
{
    return value > 1e-15 && value < 1e15;
}

/* Inserts a point in order of x. */
static void add(rxt_chart *p, rxt_chart_series *s, double x, const rxt_sample *y)
{
    int at = s->count;

    bool interval = drawable(y->low) && drawable(y->high);

    if (!drawable(x) || !drawable(y->median))
        return;
    if (s->count == RXT_CHART_POINTS) {
        p->left_out++;
        return;
    }
    for (; at > 0 && s->point[at - 1].x > x; at--)
        s->point[at] = s->point[at - 1];
    s->point[at] =
        (rxt_chart_point){ x, y->median, interval ? y->low : NAN, interval ? y->high : NAN };
    s->count++;
}

static const char *behind(bool cpython)
{
    return cpython ? ", CPython" : "";
}

/* ---- the time of each kernel ---- */

static ptrdiff_t smallest(const rxt_study_reader *a)
{
    ptrdiff_t n = a->rows.count ? a->rows.row[0].n : 0;

    for (int r = 1; r < a->rows.count; r++)
        n = a->rows.row[r].n < n ? a->rows.row[r].n : n;
    return n;
}

static void add_times(rxt_chart *p, const rxt_study_reader *a, const rxt_tour_side *side,
                      bool cpython)
{
    for (int r = 0; r < a->rows.count; r++) {
        const rxt_row *row = &a->rows.row[r];
        rxt_chart_series *s;

        if (!rxt_tour_is(side, row) || row->n != smallest(a) || rxt_row_workers(row) > 1)
            continue;
        s = begin(p, cpython);
        if (!s)
            return;
        snprintf(s->name, sizeof s->name, "%.80s%s", row->kernel, behind(cpython));
        add(p, s, 1, &row->time);
        end(p);
    }
}

/* ---- against n ---- */

static const char *workers_of(const rxt_tour_side *side)
{
    return side->ranks > 1 ? "processes" : "threads";
}

static void add_sizes(rxt_chart *p, const rxt_study_reader *a, const rxt_tour_side *side,
                      bool cpython)
{
    rxt_chart_series *s = begin(p, cpython);

    for (int r = 0; s && r < a->rows.count; r++)
        if (rxt_tour_is(side, &a->rows.row[r]))
            add(p, s, (double)a->rows.row[r].n,
                p->times ? &a->rows.row[r].time : &a->rows.row[r].speedup);
    if (s && p->times)
        snprintf(s->name, sizeof s->name, "%s%s", side->kernel, behind(cpython));
    else if (s)
        snprintf(s->name, sizeof s->name, "%d %s%s", side->ranks * side->threads, workers_of(side),
                 behind(cpython));
    end(p);
}

/* ---- against workers ---- */

static ptrdiff_t largest(const rxt_study_reader *a, const rxt_tour_side *side)
{
    ptrdiff_t n = -1;

    for (int r = 0; r < a->rows.count; r++)
        if (rxt_tour_is(side, &a->rows.row[r]) && a->rows.row[r].n > n)
            n = a->rows.row[r].n;
    return n;
}

/* Adds the curve of threads of one process, or of processes with one thread. One worker belongs to
 * both curves; a curve of that point alone is removed. */
static void add_workers(rxt_chart *p, const rxt_study_reader *a, const rxt_tour_side *side,
                        bool threads, bool cpython)
{
    rxt_chart_series *s = begin(p, cpython);
    ptrdiff_t n = largest(a, side);

    for (int r = 0; s && r < a->rows.count; r++) {
        const rxt_row *row = &a->rows.row[r];

        if (!rxt_tour_is(side, row) || row->n != n ||
            (threads ? row->split.ranks : row->split.threads) > 1)
            continue;
        add(p, s, rxt_row_workers(row), &row->speedup);
    }
    if (s)
        snprintf(s->name, sizeof s->name, "%s, %s%s", side->kernel,
                 threads ? "threads" : "processes", behind(cpython));
    if (s && s->count < 2)
        s->count = 0;
    end(p);
}

/* ---- the sentence's own figures ---- */

static void add_figure(rxt_chart *p, const rxt_tour_claim *claim, const rxt_tour_figure *f,
                       bool cpython)
{
    rxt_chart_series *s = begin(p, cpython);

    if (!s)
        return;
    snprintf(s->name, sizeof s->name, "%s%s", claim->name, behind(cpython));
    if (claim->need != RXT_TOUR_TOLD && !cpython)
        s->bound = claim->bound;
    s->above = claim->need == RXT_TOUR_MORE;
    add(p, s, 1, &f->ratio);
    end(p);
}

static void add_figures(rxt_chart *p, const rxt_tour_answer *answer)
{
    for (int c = 0; c < answer->claims; c++) {
        add_figure(p, &answer->sentence->claim[c], &answer->here[c], false);
        add_figure(p, &answer->sentence->claim[c], &answer->cpython[c], true);
    }
}

/* ---- a chart ---- */

static void add_side(rxt_chart *p, const rxt_tour *tour, const rxt_tour_sentence *sentence,
                     const rxt_tour_side *side, bool cpython)
{
    const rxt_study_reader *a = tour->study[cpython ? RXT_TOUR_CPYTHON : sentence->file];
    bool fits = !cpython || sentence->claim[0].cpython; /* is it the same experiment? */

    if (!a || !fits)
        return;
    if (sentence->curve == RXT_TOUR_TIMES)
        add_times(p, a, side, cpython);
    else if (sentence->curve == RXT_TOUR_SIZES || sentence->curve == RXT_TOUR_GAINS)
        add_sizes(p, a, side, cpython);
    else if (sentence->curve == RXT_TOUR_WORKERS) {
        add_workers(p, a, side, true, cpython);
        add_workers(p, a, side, false, cpython);
    }
}

void rxt_tour_chart(const rxt_tour *tour, const rxt_tour_answer *answer, rxt_chart *chart)
{
    const rxt_tour_sentence *s = answer->sentence;

    *chart = (rxt_chart){
        .lines = s->curve != RXT_TOUR_TIMES && s->curve != RXT_TOUR_RATIOS,
        .times = s->curve == RXT_TOUR_TIMES || s->curve == RXT_TOUR_SIZES,
        .ideal = s->curve == RXT_TOUR_WORKERS,
        .line = s->curve == RXT_TOUR_GAINS || s->curve == RXT_TOUR_RATIOS ? 1 : NAN,
        .x = s->curve == RXT_TOUR_WORKERS ? "workers" : "numbers",
    };
    chart->y = chart->times ? "time" : chart->lines ? "times as fast as one worker" : "ratio";
    if (s->curve == RXT_TOUR_RATIOS)
        add_figures(chart, answer);
    for (int k = 0; k < RXT_TOUR_SHOWN && s->shown[k].kernel; k++) {
        add_side(chart, tour, s, &s->shown[k], false);
        add_side(chart, tour, s, &s->shown[k], true);
    }
}
