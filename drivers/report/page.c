/* page.c - the parts of an HTML page: its frame, escaped text, numbers. */
#include "report/page.h"

#include <math.h>

#include "base/text.h"
#include "results/sentence.h"

void rxt_page_open(FILE *file, const char *title)
{
    fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<meta name=\"color-scheme\" content=\"light dark\">\n",
          file);
    rxt_page_in(file, "title", title);
    fputs("\n<style>\n", file);
    rxt_page_style(file);
    fputs("</style>\n</head>\n<body id=\"answers\">\n", file);
}

void rxt_page_close(FILE *file)
{
    fputs("</body>\n</html>\n", file);
}

/* ---- texts ---- */

static const char *entity(char c)
{
    switch (c) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return (unsigned char)c < 0x20 || c == 0x7f ? "?" : NULL;
    }
}

void rxt_page_cut(FILE *file, const char *text, int most)
{
    for (; *text && most > 0; most--) {
        size_t bytes = rxt_text_character(text);

        if (most == 1 && text[bytes ? bytes : 1])
            fputs("…", file);
        else if (bytes == 0)
            fputs("?", file);
        else if (entity(*text))
            fputs(entity(*text), file);
        else
            fwrite(text, 1, bytes, file);
        text += bytes ? bytes : 1;
    }
}

void rxt_page_text(FILE *file, const char *text)
{
    rxt_page_cut(file, text, 1 << 20);
}

void rxt_page_in(FILE *file, const char *element, const char *text)
{
    fprintf(file, "<%s>", element);
    rxt_page_text(file, text);
    fprintf(file, "</%s>", element);
}

/* ---- numbers ---- */

char *rxt_page_time(double seconds, char text[32])
{
    static const char *const units[] = { "ns", "µs", "ms", "s" };
    int u = 0;

    for (seconds *= 1e9; seconds >= 999.5 && u < 3; seconds /= 1e3)
        u++;
    snprintf(text, 32, seconds >= 999.5 ? "%.0f %s" : "%.3g %s", seconds, units[u]);
    return text;
}

char *rxt_page_value(const rxt_chart *chart, const rxt_chart_point *point, char text[120])
{
    const rxt_sample ratio = { .median = point->y, .low = point->low, .high = point->high };
    char words[RXT_SENTENCE] = "", median[32], low[32], high[32];

    if (!chart->times) {
        rxt_say_speedup(words, &ratio);
        snprintf(text, 120, "%.110s", words);
    } else if (isnan(point->low))
        rxt_page_time(point->y, text);
    else
        snprintf(text, 120, "%s [%s %s]", rxt_page_time(point->y, median),
                 rxt_page_time(point->low, low), rxt_page_time(point->high, high));
    return text;
}
