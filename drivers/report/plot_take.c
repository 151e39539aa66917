/* plot_take.c - chooses what the pictures of a study show: one kernel with one bind, team and
 * combine, and one of its sizes. */
#include "report/plot_panel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/text.h"
#include "base/vocabulary.h"
#include "splits/splits.h"

enum { NAMED = 6 }; /* the most values that a message names */

rxt_plot_kind rxt_plot_kind_of(const rxt_row *row)
{
    if (rxt_row_workers(row) == 1)
        return RXT_PLOT_BASE;
    if (row->split.threads == 1)
        return RXT_PLOT_RANKS;
    return row->split.ranks == row->split.nodes ? RXT_PLOT_THREADS : RXT_PLOT_MIXED;
}

static bool timed(const rxt_row *row)
{
    return row->verified && isfinite(row->time.median) && row->time.median > 0;
}

/* ---- the fields of which a page shows only one value ---- */

typedef struct field {
    const char *option; /* "--team" */
    size_t at;          /* offset in rxt_row */
} field;

static const field fields[] = {
    { "--kernel", offsetof(rxt_row, kernel) },
    { "--bind", offsetof(rxt_row, bind) },
    { "--team", offsetof(rxt_row, team) },
    { "--combine", offsetof(rxt_row, combine) },
};
enum { FIELDS = sizeof fields / sizeof fields[0] };

static const char *value_of(const rxt_row *row, int f)
{
    return *(const char *const *)((const char *)row + fields[f].at);
}

/* Does the row have this value of field f (NULL: any)? A serial call has "-" and matches every
 * value. */
static bool meets(const rxt_row *row, int f, const char *value)
{
    const char *own = value_of(row, f);

    return !value || !strcmp(own, value) || rxt_vocabulary_is_none(own);
}

/* Does the row have a time, match the values of the fields before f, and have a value of f that is
 * not "-"? */
static bool offers(const rxt_row *row, int f, const char *const value[FIELDS])
{
    for (int g = 0; g < f; g++)
        if (!meets(row, g, value[g]))
            return false;
    return timed(row) && !rxt_vocabulary_is_none(value_of(row, f));
}

/* Collects the values of field f that rows offer, each once; returns their number, at most NAMED +
 * 1. */
static int offered(const rxt_rows *rows, int f, const char *const value[FIELDS],
                   const char *found[NAMED + 1])
{
    int count = 0;

    for (int r = 0; r < rows->count && count <= NAMED; r++) {
        int i = 0;

        if (!offers(&rows->row[r], f, value))
            continue;
        while (i < count && strcmp(found[i], value_of(&rows->row[r], f)))
            i++;
        if (i == count)
            found[count++] = value_of(&rows->row[r], f);
    }
    return count;
}

/* Lists the values as "dot, sum, …", without the one that is drawn. */
static void name_values(int count, const char *const found[], const char *shown,
                        char text[RXT_STATUS_TEXT])
{
    for (int i = 0; i < count; i++) {
        bool last = i == NAMED;

        if (!shown || strcmp(found[i], shown))
            rxt_text_append(text, 200, "%s%.40s", *text ? ", " : "", last ? "…" : found[i]);
    }
}

static rxt_status choose(const rxt_rows *rows, int f, const char *request,
                         const char *value[FIELDS], char left_out[RXT_STATUS_TEXT])
{
    const char *found[NAMED + 1];
    int count = offered(rows, f, value, found);
    char others[RXT_STATUS_TEXT] = "";

    value[f] = request ? request : count > 0 ? found[0] : rxt_vocabulary_none;
    for (int r = 0; request && r < rows->count; r++)
        if (offers(&rows->row[r], f, value) && !strcmp(value_of(&rows->row[r], f), request))
            request = NULL;
    name_values(count, found, value[f], others);
    if (request)
        return rxt_status_of(RXT_USAGE, "%s=%.100s: is not in the study; choose from %s",
                             fields[f].option, request, others[0] ? others : "none");
    if (others[0])
        rxt_text_append(left_out, RXT_STATUS_TEXT, "%s%s %s", *left_out ? "; " : "",
                        fields[f].option, others);
    return RXT_OK;
}

/* ---- rows ---- */

static int three_way(long long a, long long b)
{
    return (a > b) - (a < b);
}

static int by_size(const void *left, const void *right)
{
    const rxt_row *a = *(const rxt_row *const *)left, *b = *(const rxt_row *const *)right;
    int order = three_way(a->n, b->n);

    if (!order)
        order = three_way(rxt_row_workers(a), rxt_row_workers(b));
    if (!order)
        order = three_way(a->split.nodes, b->split.nodes);
    return order ? order : three_way(a->split.ranks, b->split.ranks);
}

static void take_lines(rxt_plot_page *page, const char *const value[FIELDS])
{
    for (int r = 0; r < page->rows->count; r++) {
        const rxt_row *row = &page->rows->row[r];
        bool meant = timed(row);

        for (int f = 0; f < FIELDS; f++)
            meant = meant && meets(row, f, value[f]);
        if (meant)
            page->line[page->lines++] = row;
    }
    qsort(page->line, (size_t)page->lines, sizeof *page->line, by_size);
}

/* The index after the last row of the size that begins at `first`. */
static int end_of(const rxt_plot_page *page, int first)
{
    int end = first;

    while (end < page->lines && page->line[end]->n == page->line[first]->n)
        end++;
    return end;
}

static void name_sizes(const rxt_plot_page *page, char text[RXT_STATUS_TEXT])
{
    int named = 0;
    char n[32];

    for (int first = 0; first < page->lines && named <= NAMED; first = end_of(page, first)) {
        if (page->line[first]->n == page->n)
            continue;
        rxt_text_append(text, 200, "%s%s", *text ? ", " : "",
                        named < NAMED ? rxt_list_print(page->line[first]->n, n) : "…");
        named++;
    }
}

/* Chooses the requested size; without a request the largest size with several splits, else the
 * largest. */
static rxt_status choose_size(rxt_plot_page *page, ptrdiff_t request,
                              char left_out[RXT_STATUS_TEXT])
{
    char others[RXT_STATUS_TEXT] = "", n[32];

    page->n = -1;
    for (int first = 0, end; first < page->lines; first = end) {
        int count = (end = end_of(page, first)) - first;

        if (request >= 0 ? page->line[first]->n != request : count == 1 && page->splits > 1)
            continue;
        page->n = page->line[first]->n;
        page->split = page->line + first;
        page->splits = count;
    }
    name_sizes(page, others);
    if (page->n < 0)
        return rxt_status_of(RXT_USAGE, "--size=%s: is not in the study; choose from %s",
                             rxt_list_print(request, n), others);
    if (others[0])
        rxt_text_append(left_out, RXT_STATUS_TEXT, "%s--size %s", *left_out ? "; " : "", others);
    return RXT_OK;
}

rxt_status rxt_plot_take(rxt_plot_page *page, const rxt_plot_request *request,
                         char left_out[RXT_STATUS_TEXT])
{
    const char *wished[FIELDS] = { request->kernel, request->bind, request->team,
                                   request->combine };
    const char *value[FIELDS] = { NULL };
    rxt_status st = RXT_OK;

    left_out[0] = '\0';
    page->line = calloc((size_t)page->rows->count + 1, sizeof *page->line);
    if (!page->line)
        return rxt_status_no_memory("for the pictures of %d rows", page->rows->count);
    for (int f = 0; f < FIELDS && !st; f++)
        st = choose(page->rows, f, wished[f], value, left_out);
    if (st)
        return st;
    page->kernel = value[0];
    page->bind = value[1];
    page->team = value[2];
    page->combine = value[3];
    take_lines(page, value);
    if (page->lines == 0)
        return rxt_status_of(RXT_USAGE, "nothing to plot: no row has a time");
    return choose_size(page, request->n, left_out);
}

void rxt_plot_leave(rxt_plot_page *page)
{
    free(page->line);
    page->line = NULL;
}
