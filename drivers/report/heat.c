/* heat.c - speedups as a grid of numbers, by ranks and threads. */
#include "results/heat.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/list.h"
#include "report/report.h"

/* ---- the grid ---- */

/* The values along one side of the grid (numbers of ranks, or of threads), each with the largest
 * speedup of its splits. */
typedef struct side {
    int most, count;
    bool cut;
    struct value {
        int value;
        double best;
    } at[RXT_HEAT_SIDE];
} side;

/* Adds a value to a side. If the side is full, the value with the smallest speedup is dropped. The
 * value 1 is never dropped, because the others are compared with 1×1. */
static void enter(side *s, int value, double speedup)
{
    double best = value == 1 ? (double)INFINITY : speedup;
    int i = 0, least = 0;

    for (; i < s->count && s->at[i].value != value; i++)
        least = s->at[i].best < s->at[least].best ? i : least;
    if (i == s->most) {
        s->cut = true;
        i = s->at[least].best < best ? least : -1;
    }
    if (i < 0)
        return;
    if (i == s->count)
        s->count++;
    if (s->at[i].value != value)
        s->at[i] = (struct value){ value, best };
    s->at[i].best = fmax(s->at[i].best, best);
}

/* Copies the values in ascending order; returns their number. */
static int sort(const side *s, int value[])
{
    for (int i = 0; i < s->count; i++) {
        int j = i;

        for (; j > 0 && value[j - 1] > s->at[i].value; j--)
            value[j] = value[j - 1];
        value[j] = s->at[i].value;
    }
    return s->count;
}

static int index_of(int count, const int value[], int wanted)
{
    int i = 0;

    while (i < count && value[i] != wanted)
        i++;
    return i;
}

static void fill(int count, const rxt_row *const row[], rxt_heat *h)
{
    for (int r = 0; r < count; r++) {
        int c = index_of(h->columns, h->ranks, row[r]->split.ranks);
        int l = index_of(h->lines, h->threads, row[r]->split.threads);

        if (rxt_row_sped_up(row[r]) && row[r]->split.nodes == h->nodes && c < h->columns &&
            l < h->lines)
            h->cell[l][c] = row[r];
    }
}

static bool mixed(const rxt_heat *h)
{
    for (int l = 0; l < h->lines; l++)
        for (int c = 0; c < h->columns; c++)
            if (h->cell[l][c] && h->threads[l] > 1 && h->ranks[c] > h->nodes)
                return true;
    return false;
}

bool rxt_heat_of(int count, const rxt_row *const row[], int columns, int lines, rxt_heat *h)
{
    side ranks = { .most = columns }, threads = { .most = lines };

    *h = (rxt_heat){ .fastest = NULL };
    for (int r = 0; r < count; r++)
        if (rxt_row_sped_up(row[r]) &&
            (!h->fastest || row[r]->speedup.median > h->fastest->speedup.median))
            h->fastest = row[r];
    if (!h->fastest)
        return false;
    h->nodes = h->fastest->split.nodes;
    for (int r = 0; r < count; r++) {
        if (!rxt_row_sped_up(row[r]) || row[r]->split.nodes != h->nodes)
            continue;
        enter(&ranks, row[r]->split.ranks, row[r]->speedup.median);
        enter(&threads, row[r]->split.threads, row[r]->speedup.median);
    }
    h->columns = sort(&ranks, h->ranks);
    h->lines = sort(&threads, h->threads);
    h->cut = ranks.cut || threads.cut;
    fill(count, row, h);
    return h->columns > 1 && h->lines > 1 && mixed(h);
}

/* ---- in text ---- */

enum { COLUMNS = 11 };

static char mark_of(const rxt_answer *answer, const rxt_row *row)
{
    for (int i = 0; i < answer->count; i++)
        if (answer->row[i] == row)
            return i == answer->fastest ? '*' : answer->tied[i] ? '=' : ' ';
    return ' ';
}

static void put_line(FILE *file, const rxt_answer *answer, const rxt_heat *h, int l)
{
    fprintf(file, "%10d |", h->threads[l]);
    for (int c = 0, gap = 0; c < h->columns; c++) {
        const rxt_row *row = h->cell[l][c];

        gap += row ? 0 : 7;
        if (!row)
            continue;
        fprintf(file, "%*s%6.3g%c", gap, "", row->speedup.median, mark_of(answer, row));
        gap = 0;
    }
    fputc('\n', file);
}

void rxt_report_heat(FILE *file, const rxt_answer *answer)
{
    const rxt_row *row = answer->count ? answer->row[0] : NULL;
    rxt_heat h;
    char n[32], split[RXT_SPLIT_TEXT], nodes[32] = "";

    if (!rxt_heat_of(answer->count, answer->row, COLUMNS, RXT_HEAT_SIDE, &h))
        return;
    if (h.nodes > 1)
        snprintf(nodes, sizeof nodes, " on %d nodes", h.nodes);
    fprintf(file, "\n  speedup against %s, threads down, ranks across%s   %s, n = %s%s\n",
            rxt_split_name(row->baseline, split), nodes, row->kernel, rxt_list_print(row->n, n),
            rxt_row_weak(row) ? " per worker" : "");
    for (int l = h.lines - 1; l >= 0; l--)
        put_line(file, answer, &h, l);
    fprintf(file, "%10s +", "threads");
    for (int c = 0; c < h.columns; c++)
        fputs("-------", file);
    fprintf(file, "\n%11s ", "");
    for (int c = 0; c < h.columns; c++)
        fprintf(file, "%6d%s", h.ranks[c], c < h.columns - 1 ? " " : "  ranks\n");
    fprintf(file, "%10s* fastest   = tie%s\n", "", h.cut ? "   (small speedups are left out)" : "");
}
