/* page_dots.c - a chart with one row per series: the name of the series, and below the name one
 * mark with its interval. */
#include "report/page.h"

#include <math.h>

enum { LEFT = 8, RIGHT = 8, TOP = 4, ROW = 38, BELOW = 26 };

static rxt_page_axis axis_of(const rxt_chart *p)
{
    double low = INFINITY, high = 0;

    rxt_page_range(p, &low, &high);
    low /= 1.25;
    high *= 1.25;
    return (rxt_page_axis){ low, high, LEFT, RXT_PAGE_WIDTH - RIGHT };
}

/* Draws the bound of the claim, and shades the side of the bound where the claim holds. */
static void put_bound(FILE *file, const rxt_page_axis *axis, const rxt_chart_series *s, int y)
{
    double at = rxt_page_at(axis, s->bound), end = s->above ? axis->to : axis->from;

    fprintf(file,
            "<path class=\"wanted\" d=\"M%.1f %dH%.1fv14H%.1fz\"/>"
            "<path class=\"bound\" d=\"M%.1f %dv14\"/>\n",
            at, y - 7, end, at, at, y - 7);
}

static void put_row(FILE *file, const rxt_page_axis *axis, const rxt_chart *p, int s)
{
    const rxt_chart_series *series = &p->series[s];
    const rxt_chart_point *point = &series->point[0];
    int y = TOP + ROW * s + 26, colour = rxt_page_colour(p, s);
    char text[120];

    fprintf(file, "<text x=\"%d\" y=\"%d\">", LEFT, y - 12);
    rxt_page_cut(file, series->name, 27);
    fprintf(file, "</text><text x=\"%d\" y=\"%d\" class=\"right strong\">%s</text>\n",
            RXT_PAGE_WIDTH - RIGHT, y - 12, rxt_page_value(p, point, text));
    fprintf(file, "<path class=\"grid\" d=\"M%d %dH%d\"/>", LEFT, y, RXT_PAGE_WIDTH - RIGHT);
    if (series->bound > 0)
        put_bound(file, axis, series, y);
    if (point->low > 0)
        fprintf(file, "<path class=\"bar c%d\" d=\"M%.1f %dv8M%.1f %dv8M%.1f %dH%.1f\"/>", colour,
                rxt_page_at(axis, point->low), y - 4, rxt_page_at(axis, point->high), y - 4,
                rxt_page_at(axis, point->low), y, rxt_page_at(axis, point->high));
    rxt_page_mark(file, colour, series->beside, rxt_page_at(axis, point->y), y);
    fputs("\n", file);
}

static void put_axis(FILE *file, const rxt_page_axis *axis, const rxt_chart *p, int y)
{
    double tick[RXT_PAGE_TICKS], last = -100;
    int ticks = rxt_page_ticks(axis->low, axis->high, tick);
    char text[32];

    for (int t = 0; t < ticks; t++) {
        double x = rxt_page_at(axis, tick[t]);

        if (x < LEFT + 14 || x > RXT_PAGE_WIDTH - RIGHT - 14 || x - last < 46)
            continue;
        last = x;
        fprintf(file,
                "<path class=\"grid\" d=\"M%.1f %dV%d\"/><text x=\"%.1f\" y=\"%d\" "
                "class=\"middle\">%s</text>\n",
                x, TOP, y, x, y + 16, rxt_page_tick(p->times, tick[t], text));
    }
}

void rxt_page_dots(FILE *file, const rxt_chart *p, int *height)
{
    rxt_page_axis axis = axis_of(p);

    *height = TOP + ROW * p->count + BELOW;
    if (!file)
        return;
    put_axis(file, &axis, p, TOP + ROW * p->count);
    for (int s = 0; s < p->count; s++)
        put_row(file, &axis, p, s);
}
