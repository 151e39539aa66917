/* page_lines.c - curves with their intervals, on logarithmic axes. */
#include "report/page.h"

#include <math.h>

#include "base/list.h"

enum { LEFT = 54, RIGHT = 14, INSIDE = 24, TOP = 24, PLOT = 190, BELOW = 42, LEGEND = 18 };

typedef struct plot {
    const rxt_chart *p;
    rxt_page_axis x, y;
} plot;

static plot plot_of(const rxt_chart *p)
{
    double low = INFINITY, high = 0, from = INFINITY, to = 0;

    for (int s = 0; s < p->count; s++)
        for (int i = 0; i < p->series[s].count; i++) {
            double x = p->series[s].point[i].x;

            from = x < from ? x : from;
            to = x > to ? x : to;
        }
    rxt_page_range(p, &low, &high);
    if (p->ideal) { /* include the whole line y = x */
        low = low > from ? from : low;
        high = high < to ? to : high;
    }
    low *= high / low < 2 ? 0.8 : 0.9;
    high *= high / low < 2 ? 1.25 : 1.1;
    if (from == to) {
        from /= 2;
        to *= 2;
    }
    return (plot){ p,
                   { from, to, LEFT + INSIDE, RXT_PAGE_WIDTH - RIGHT - INSIDE },
                   { low, high, TOP + PLOT, TOP } };
}

/* ---- axes ---- */

static void put_y(FILE *file, const plot *of)
{
    double tick[RXT_PAGE_TICKS];
    int ticks = rxt_page_ticks(of->y.low, of->y.high, tick);
    char text[32];

    for (int t = 0; t < ticks; t++) {
        double y = rxt_page_at(&of->y, tick[t]);

        fprintf(file,
                "<path class=\"grid\" d=\"M%d %.1fH%d\"/>"
                "<text x=\"%d\" y=\"%.1f\" class=\"right\">%s</text>\n",
                LEFT, y, RXT_PAGE_WIDTH - RIGHT, LEFT - 5, y + 4,
                rxt_page_tick(of->p->times, tick[t], text));
    }
    fprintf(file, "<text x=\"2\" y=\"13\">%s</text>\n", of->p->y);
}

/* Draws the x axis, with a tick at each x that has points. A tick is omitted if it is too near to
 * the tick before. */
static void put_x(FILE *file, const plot *of)
{
    double last = -100, next = of->x.low / 2;
    char text[32];

    for (bool found = true; found;) {
        double value = INFINITY, x;

        for (int s = 0; s < of->p->count; s++)
            for (int i = 0; i < of->p->series[s].count; i++)
                if (of->p->series[s].point[i].x > next && of->p->series[s].point[i].x < value)
                    value = of->p->series[s].point[i].x;
        found = value < INFINITY;
        if (!found)
            break;
        next = value;
        x = rxt_page_at(&of->x, value);
        if (x - last < 34)
            continue;
        last = x;
        fprintf(file,
                "<path class=\"grid\" d=\"M%.1f %dv4\"/><text x=\"%.1f\" y=\"%d\" "
                "class=\"middle\">%s</text>\n",
                x, TOP + PLOT, x, TOP + PLOT + 17, rxt_list_print((ptrdiff_t)value, text));
    }
    fprintf(file,
            "<path class=\"axis\" d=\"M%d %dV%dH%d\"/>"
            "<text x=\"%d\" y=\"%d\" class=\"right\">%s</text>\n",
            LEFT, TOP, TOP + PLOT, RXT_PAGE_WIDTH - RIGHT, RXT_PAGE_WIDTH - RIGHT, TOP + PLOT + 34,
            of->p->x);
}

/* Draws the line y = x and the horizontal line. */
static void put_guides(FILE *file, const plot *of)
{
    if (of->p->ideal)
        fprintf(file, "<path class=\"guide\" d=\"M%.1f %.1fL%.1f %.1f\"/>\n",
                rxt_page_at(&of->x, of->x.low), rxt_page_at(&of->y, of->x.low),
                rxt_page_at(&of->x, of->x.high), rxt_page_at(&of->y, of->x.high));
    if (of->p->line > 0)
        fprintf(file, "<path class=\"guide\" d=\"M%d %.1fH%d\"/>\n", LEFT,
                rxt_page_at(&of->y, of->p->line), RXT_PAGE_WIDTH - RIGHT);
}

/* ---- series ---- */

/* Horizontal shift of a series, so that intervals of several series do not overlap. */
static double beside(const plot *of, int s)
{
    return (s - (of->p->count - 1) / 2.0) * (of->p->count > 6 ? 3.5 : 5.0);
}

static void put_bar(FILE *file, const plot *of, const rxt_chart_point *point, double x, int colour)
{
    if (point->low > 0)
        fprintf(file, "<path class=\"bar c%d\" d=\"M%.1f %.1fV%.1fm-3 0h6M%.1f %.1fh6\"/>", colour,
                x, rxt_page_at(&of->y, point->low), rxt_page_at(&of->y, point->high), x - 3,
                rxt_page_at(&of->y, point->low));
}

static void put_series(FILE *file, const plot *of, int s)
{
    const rxt_chart_series *series = &of->p->series[s];
    int colour = rxt_page_colour(of->p, s);
    double x[RXT_CHART_POINTS], y[RXT_CHART_POINTS];

    for (int i = 0; i < series->count; i++) {
        x[i] = rxt_page_at(&of->x, series->point[i].x) + beside(of, s);
        y[i] = rxt_page_at(&of->y, series->point[i].y);
    }
    fprintf(file, "<path class=\"%s c%d\" d=\"", series->beside ? "dashed" : "line", colour);
    for (int i = 0; i < series->count; i++)
        fprintf(file, "%c%.1f %.1f", i ? 'L' : 'M', x[i], y[i]);
    fputs("\"/>", file);
    for (int i = 0; i < series->count; i++)
        put_bar(file, of, &series->point[i], x[i], colour);
    for (int i = 0; i < series->count; i++)
        rxt_page_mark(file, colour, series->beside, x[i], y[i]);
    fputs("\n", file);
}

static void put_legend(FILE *file, const plot *of)
{
    int y = TOP + PLOT + BELOW + 12;

    for (int s = 0; s < of->p->count; s++, y += LEGEND) {
        const rxt_chart_series *series = &of->p->series[s];
        int colour = rxt_page_colour(of->p, s);

        fprintf(file, "<path class=\"%s c%d\" d=\"M%d %dh30\"/>",
                series->beside ? "dashed" : "line", colour, LEFT - 40, y - 4);
        rxt_page_mark(file, colour, series->beside, LEFT - 25, y - 4);
        fprintf(file, "<text x=\"%d\" y=\"%d\">", LEFT, y);
        rxt_page_cut(file, series->name, 44);
        fputs("</text>\n", file);
    }
    if (of->p->ideal)
        fprintf(file,
                "<path class=\"guide\" d=\"M%d %dh30\"/><text x=\"%d\" y=\"%d\">each worker "
                "adds one</text>\n",
                LEFT - 40, y - 4, LEFT, y);
}

void rxt_page_lines(FILE *file, const rxt_chart *p, int *height)
{
    plot of = plot_of(p);

    *height = TOP + PLOT + BELOW + LEGEND * (p->count + p->ideal);
    if (!file)
        return;
    put_y(file, &of);
    put_x(file, &of);
    put_guides(file, &of);
    for (int s = 0; s < p->count; s++)
        put_series(file, &of, s);
    put_legend(file, &of);
}
