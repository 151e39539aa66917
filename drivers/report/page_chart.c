/* page_chart.c - the common part of the charts of a page: axes, colours, marks, frame.
 *
 * A chart is 360 units wide, like the screen of a phone, where text of 12 units is readable. The
 * page enlarges a chart by at most 50 %. */
#include "report/page.h"

#include <math.h>

#include "base/list.h"

double rxt_page_at(const rxt_page_axis *axis, double value)
{
    return axis->from +
           (axis->to - axis->from) * log(value / axis->low) / log(axis->high / axis->low);
}

static int ticks_of(double low, double high, int count, const double step[], double tick[])
{
    int ticks = 0;

    for (int power = (int)floor(log10(low)); power <= (int)ceil(log10(high)); power++)
        for (int s = 0; s < count; s++) {
            double at = step[s] * pow(10, power);

            if (at >= low * 0.999 && at <= high * 1.001 && ticks < RXT_PAGE_TICKS)
                tick[ticks++] = at;
        }
    return ticks;
}

int rxt_page_ticks(double low, double high, double tick[])
{
    static const double fine[] = { 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 }, some[] = { 1, 2, 5 };
    double decades = log10(high / low);
    int ticks, kept = 0;

    if (decades < 0.7)
        return ticks_of(low, high, 10, fine, tick);
    if (decades < 2.2)
        return ticks_of(low, high, 3, some, tick);
    ticks = ticks_of(low, high, 1, some, tick);
    for (int t = 0; t<ticks; t += decades> 7 ? 2 : 1)
        tick[kept++] = tick[t];
    return kept;
}

char *rxt_page_tick(bool times, double value, char text[32])
{
    if (times)
        return rxt_page_time(value, text);
    snprintf(text, 32, value < 1e6 ? "%.4g×" : "%.0e×", value);
    return text;
}

static void stretch(double value, double *low, double *high)
{
    if (!(value > 0))
        return;
    *low = value < *low ? value : *low;
    *high = value > *high ? value : *high;
}

void rxt_page_range(const rxt_chart *p, double *low, double *high)
{
    for (int s = 0; s < p->count; s++) {
        stretch(p->series[s].bound, low, high);
        for (int i = 0; i < p->series[s].count; i++) {
            stretch(p->series[s].point[i].y, low, high);
            stretch(p->series[s].point[i].low, low, high);
            stretch(p->series[s].point[i].high, low, high);
        }
    }
    stretch(p->line, low, high);
}

/* ---- marks ---- */

/* Does text b begin with text a? */
static bool begins(const char *a, const char *b)
{
    while (*a && *a == *b) {
        a++;
        b++;
    }
    return !*a;
}

int rxt_page_colour(const rxt_chart *p, int series)
{
    int own = 0, found = -1;

    for (int s = 0; s < p->count; s++) {
        if (p->series[s].beside)
            continue;
        if (s == series ||
            (p->series[series].beside && begins(p->series[s].name, p->series[series].name)))
            found = own;
        own++;
    }
    return (found < 0 ? own : found) % 8;
}

void rxt_page_mark(FILE *file, int colour, bool beside, double x, double y)
{
    fprintf(file, "<path class=\"%s c%d\" d=\"M%.1f %.1f", beside ? "hollow" : "mark", colour, x,
            y);
    switch (colour % 4) {
    case 0:
        fputs("m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z\"/>", file);
        break;
    case 1:
        fputs("m-4 -4h8v8h-8z\"/>", file);
        break;
    case 2:
        fputs("m0 -5l5 9h-10z\"/>", file);
        break;
    default:
        fputs("m0 -5.5l5.5 5.5l-5.5 5.5l-5.5 -5.5z\"/>", file);
    }
}

/* ---- the frame ---- */

/* Prints the description for screen readers. */
static void put_description(FILE *file, const rxt_chart *p)
{
    char text[120];

    for (int s = 0; s < p->count; s++) {
        const rxt_chart_series *series = &p->series[s];

        rxt_page_text(file, series->name);
        fputs(": ", file);
        for (int i = 0; i < series->count; i++) {
            fputs(i ? ", " : "", file);
            if (p->lines)
                fprintf(file, "%.9g %s: ", series->point[i].x, p->x);
            fputs(rxt_page_value(p, &series->point[i], text), file);
        }
        fputs(". ", file);
    }
}

void rxt_page_chart(FILE *file, const char *id, const char *title, const rxt_chart *p)
{
    int height;

    if (!p->count)
        return;
    (p->lines ? rxt_page_lines : rxt_page_dots)(NULL, p, &height);
    fprintf(file,
            "<svg class=\"picture\" viewBox=\"0 0 %d %d\" role=\"img\" "
            "aria-labelledby=\"%s-title %s-desc\">\n<title id=\"%s-title\">",
            RXT_PAGE_WIDTH, height, id, id, id);
    rxt_page_text(file, title);
    fprintf(file, "</title>\n<desc id=\"%s-desc\">", id);
    put_description(file, p);
    fputs("</desc>\n", file);
    (p->lines ? rxt_page_lines : rxt_page_dots)(file, p, &height);
    fputs("</svg>\n", file);
}

static void put_number(FILE *file, const rxt_chart *p, const rxt_chart_series *s, int i)
{
    char text[120], n[32];

    fputs("<tr>", file);
    rxt_page_in(file, "td", s->name);
    if (p->lines)
        fprintf(file, "<td class=\"number\">%s</td>", rxt_list_print((ptrdiff_t)s->point[i].x, n));
    fprintf(file, "<td class=\"number\">%s</td></tr>\n", rxt_page_value(p, &s->point[i], text));
}

void rxt_page_numbers(FILE *file, const rxt_chart *p)
{
    if (!p->count)
        return;
    fputs("<div class=\"wide\"><table class=\"numbers\">\n<thead><tr><th>In the picture</th>",
          file);
    if (p->lines)
        fprintf(file, "<th class=\"number\">%s</th>", p->x);
    fprintf(file, "<th class=\"number\">%s [95 %%]</th></tr></thead>\n<tbody>\n", p->y);
    for (int s = 0; s < p->count; s++)
        for (int i = 0; i < p->series[s].count; i++)
            put_number(file, p, &p->series[s], i);
    fputs("</tbody></table></div>\n", file);
    if (p->left_out)
        fprintf(file, "<p class=\"small\">%d more values are in the study's file.</p>\n",
                p->left_out);
}
