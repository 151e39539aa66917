/* plot_words.c - gnuplot commands for texts, titles and kinds of splits.
 *
 * The colours are Okabe and Ito's, which colour-blind readers can distinguish. Shapes and dashes
 * distinguish the kinds in a print without colour. */
#include "report/plot_panel.h"

#include <math.h>
#include <stdarg.h>

#include "base/text.h"
#include "report/page.h"

static const struct kind {
    const char *colour, *dash;
    int shape;
} kinds[] = {
    [RXT_PLOT_BASE] = { "#000000", "4", 6 },     [RXT_PLOT_THREADS] = { "#0072B2", "1", 7 },
    [RXT_PLOT_RANKS] = { "#D55E00", "2", 4 },    [RXT_PLOT_MIXED] = { "#009E73", "3", 9 },
    [RXT_PLOT_FASTEST] = { "#CC79A7", "5", 13 },
};

void rxt_plot_quote(FILE *file, const char *text)
{
    fputc('\'', file);
    for (; *text; text++)
        if (*text == '\'' || *text == '`')
            fputs("’", file);
        else
            fputc((unsigned char)*text < 0x20 || *text == 0x7f ? '?' : *text, file);
    fputc('\'', file);
}

void rxt_plot_title(FILE *file, const char *format, ...)
{
    char text[300] = "";
    va_list args;

    va_start(args, format);
    rxt_text_append_list(text, sizeof text, format, args);
    va_end(args);
    fputs("set label 9 ", file);
    rxt_plot_quote(file, text);
    fputs(" at graph 0,graph 1 offset 0,0.9 left font ',14'\n", file);
}

void rxt_plot_style(FILE *file, rxt_plot_kind kind, bool lines)
{
    const struct kind *k = &kinds[kind];

    fprintf(file, " with %s lc rgb '%s' pt %d ps 0.9 lw 1.8", lines ? "linespoints" : "points",
            k->colour, k->shape);
    if (lines)
        fprintf(file, " dt %s", k->dash);
}

void rxt_plot_bars(FILE *file, rxt_plot_kind kind)
{
    fprintf(file, " with yerrorbars lc rgb '%s' pt %d ps 0.9 lw 1.4 notitle", kinds[kind].colour,
            kinds[kind].shape);
}

void rxt_plot_ink(FILE *file, rxt_plot_kind kind)
{
    fprintf(file, " lc rgb '%s' dt %s lw 1.2\n", kinds[kind].colour, kinds[kind].dash);
}

void rxt_plot_times(FILE *file, double low, double high)
{
    int first = (int)floor(log10(low)), last = (int)ceil(log10(high)), count = 0;
    char text[32];

    fprintf(file, "set logscale y\nset yrange [%.9g:%.9g]\nset ytics (", low, high);
    for (int power = first; power <= last; power++)
        for (int digit = 1; digit <= 5; digit += digit == 1 ? 1 : 3) {
            double at = digit * pow(10, power);

            if (at < low || at > high || (digit > 1 && high > 60 * low))
                continue;
            fprintf(file, "%s'%s' %.9g", count++ ? "," : "", rxt_page_time(at, text), at);
        }
    fputs(")\n", file);
}
