/* plot_heat.c - speedups by ranks and threads: one cell per split with its number, darker if the
 * speedup is larger. The colours are one hue from light to dark, so that a print without colour
 * also shows which speedup is larger. */
#include "report/plot_panel.h"

#include <math.h>

#include "report/report.h"
#include "results/heat.h"

enum { SIDE = 12 };

static bool real_grid(const rxt_plot_page *page)
{
    rxt_heat h;

    return rxt_heat_of(page->splits, page->split, SIDE, SIDE, &h);
}

/* The colour for `part` (0 … 1): from white through a middle blue to dark blue. */
static unsigned colour_of(double part)
{
    static const double stop[3][3] = { { 247, 251, 255 }, { 107, 174, 214 }, { 8, 48, 107 } };
    int from = part < 0.5 ? 0 : 1;
    double way = 2 * part - from;
    unsigned colour = 0;

    for (int c = 0; c < 3; c++)
        colour = colour << 8 |
                 (unsigned)lround(stop[from][c] + way * (stop[from + 1][c] - stop[from][c]));
    return colour;
}

typedef struct span {
    double low, high;
} span;

static span span_of(const rxt_heat *h)
{
    span s = { INFINITY, h->fastest->speedup.median };

    for (int l = 0; l < h->lines; l++)
        for (int c = 0; c < h->columns; c++)
            if (h->cell[l][c])
                s.low = fmin(s.low, h->cell[l][c]->speedup.median);
    return s;
}

static void put_cell(FILE *file, const rxt_heat *h, const span *s, int l, int c)
{
    double speedup = h->cell[l][c]->speedup.median;
    double part = s->high > s->low ? (speedup - s->low) / (s->high - s->low) : 1;
    bool fastest = h->cell[l][c] == h->fastest;

    fprintf(file,
            "set object rectangle center %d,%d size 0.96,0.94 fs solid border lc rgb '%s' lw %s "
            "fc rgb '#%06X'\n",
            c, l, fastest ? "#D55E00" : "#BBBBBB", fastest ? "3" : "0.5", colour_of(part));
    fprintf(file, "set label '%.3g' at %d,%d center front tc rgb '%s' font ',%d'\n", speedup, c, l,
            part > 0.5 ? "#FFFFFF" : "#000000", h->columns > 8 ? 9 : 12);
}

static void put_ticks(FILE *file, char axis, int count, const int value[])
{
    fprintf(file, "set %ctics scale 0 font ',11' (", axis);
    for (int i = 0; i < count; i++)
        fprintf(file, "%s'%d' %d", i ? "," : "", value[i], i);
    fprintf(file, ")\nset %crange [-0.55:%g]\n", axis, count - 0.45);
}

static void put_heat(FILE *file, const rxt_plot_page *page)
{
    char nodes[32] = "";
    rxt_heat h;
    span s;

    rxt_heat_of(page->splits, page->split, SIDE, SIDE, &h);
    s = span_of(&h);
    if (h.nodes > 1)
        snprintf(nodes, sizeof nodes, " @ %d nodes", h.nodes);
    rxt_plot_title(file, "Speedup; frame: the fastest%s%s", nodes,
                   h.cut ? "; small speedups are left out" : "");
    put_ticks(file, 'x', h.columns, h.ranks);
    put_ticks(file, 'y', h.lines, h.threads);
    for (int l = 0; l < h.lines; l++)
        for (int c = 0; c < h.columns; c++)
            if (h.cell[l][c] && h.cell[l][c] != h.fastest)
                put_cell(file, &h, &s, l, c);
    for (int l = 0; l < h.lines; l++)
        for (int c = 0; c < h.columns; c++)
            if (h.cell[l][c] == h.fastest)
                put_cell(file, &h, &s, l, c);
    fputs("set xlabel 'ranks'\nset ylabel 'threads per rank'\nset border 0\nplot NaN notitle\n",
          file);
}

const rxt_plot_panel rxt_plot_heat = { real_grid, put_heat };
