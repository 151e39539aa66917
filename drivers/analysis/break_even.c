/* break_even.c - the size from which on more workers pay. */
#include "analysis/break_even_locate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

double rxt_break_even_between(ptrdiff_t n, double speedup, ptrdiff_t next_n, double next_speedup)
{
    double x = 1.0 / (n > 0 ? (double)n : 1.0), next_x = 1.0 / (double)next_n;
    double above = 1.0 / speedup - 1.0, below = 1.0 / next_speedup - 1.0;

    return 1.0 / (x + (next_x - x) * above / (above - below));
}

bool rxt_break_even_known(const rxt_break_even *found, double part)
{
    if (found->pays != RXT_PAYS_FROM)
        return found->pays != RXT_PAYS_UNDECIDED;
    return found->low >= 0 && (double)found->low >= (1.0 - part) * found->n &&
           (double)found->high <= (1.0 + part) * found->n;
}

bool rxt_break_even_within(const rxt_break_even *found, double part, ptrdiff_t n)
{
    ptrdiff_t low = found->low < 0 ? found->first : found->low;

    return found->pays == RXT_PAYS_FROM && !rxt_break_even_known(found, part) && n > low &&
           n < found->high;
}

/* Distance of size `from` to the nearest measured size, as the logarithm of their ratio. Size 0
 * counts as 1. */
static double distance(int count, const ptrdiff_t n[], const bool measured[], ptrdiff_t from)
{
    double least = INFINITY;

    for (int i = 0; i < count; i++)
        if (measured[i])
            least = fmin(least, fabs(log((double)(n[i] > 0 ? n[i] : 1) / (double)from)));
    return least;
}

int rxt_break_even_next(const rxt_break_even *found, double part, int count, const ptrdiff_t n[],
                        const bool measured[])
{
    double most = 0;
    int next = -1;

    for (int i = 0; i < count; i++) {
        double far;

        if (measured[i] || !rxt_break_even_within(found, part, n[i]))
            continue;
        far = distance(count, n, measured, n[i]);
        if (far > most) {
            most = far;
            next = i;
        }
    }
    return next;
}

/* ---- from rows ---- */

static bool is_of(const rxt_row *row, const rxt_break_evens *of)
{
    return !strcmp(row->kernel, of->kernel) && !strcmp(row->bind, of->bind) &&
           !strcmp(row->team, of->team) && !strcmp(row->combine, of->combine);
}

static bool is_serial(const rxt_row *row)
{
    return rxt_row_workers(row) == 1;
}

static bool is_threads(const rxt_row *row)
{
    return row->split.ranks == 1 && row->split.threads > 1;
}

static bool is_processes(const rxt_row *row)
{
    return row->split.threads == 1 && row->split.ranks > 1;
}

/* The row of the serial call in the block of `row`; in a block the serial row comes first. NULL:
 * none. */
static const rxt_row *serial_of(const rxt_rows *rows, const rxt_row *row)
{
    for (const rxt_row *at = row; at >= rows->row && rxt_row_same_block(at, row); at--)
        if (is_serial(at))
            return at;
    return NULL;
}

/* Compares w workers with the serial call at one size. In weak scaling w workers do w times as much
 * work. */
static rxt_spot compare(const rxt_rows *rows, const rxt_row *serial, const rxt_row *row)
{
    rxt_rounds of = rxt_row_rounds(row, rows->rounds);

    return (rxt_spot){ .n = row->n,
                       .gain = rxt_row_ratio(rows->rounds, serial, row),
                       .chance = rxt_chance_of(&of, serial->seconds, row->seconds,
                                               rxt_row_weak(row) ? rxt_row_workers(row) : 1) };
}

typedef bool (*kind)(const rxt_row *row);

/* Is split a preferred to split b: fewer workers, then fewer nodes? */
static bool smaller(rxt_split a, rxt_split b)
{
    int workers = rxt_split_workers(a), others = rxt_split_workers(b);

    return workers != others ? workers < others : a.nodes < b.nodes;
}

/* The smallest measured split of a kind; ranks = 0: none was measured. */
static rxt_split smallest(const rxt_rows *rows, const rxt_break_evens *of, kind is)
{
    rxt_split found = { 0 };

    for (int i = 0; i < rows->count; i++)
        if (is(&rows->row[i]) && is_of(&rows->row[i], of) &&
            (found.ranks == 0 || smaller(rows->row[i].split, found)))
            found = rows->row[i].split;
    return found;
}

static int by_size(const void *a, const void *b)
{
    ptrdiff_t n = ((const rxt_spot *)a)->n, other = ((const rxt_spot *)b)->n;

    return (n > other) - (n < other);
}

/* Is size n in s already? A size that the study lists twice counts once. */
static bool has_size(int count, const rxt_spot s[], ptrdiff_t n)
{
    for (int i = 0; i < count; i++)
        if (s[i].n == n)
            return true;
    return false;
}

/* Collects the sizes at which the split was compared with the serial call, in ascending order. Rows
 * with wrong results are left out. Returns the number of sizes. */
static int collect(const rxt_rows *rows, const rxt_break_evens *of, rxt_split split, rxt_spot s[])
{
    int count = 0;

    for (int i = 0; i < rows->count; i++) {
        const rxt_row *row = &rows->row[i], *serial;

        if (!rxt_split_equal(row->split, split) || !row->verified || !is_of(row, of))
            continue;
        serial = serial_of(rows, row);
        if (!serial || !serial->verified || has_size(count, s, row->n))
            continue;
        s[count] = compare(rows, serial, row);
        count += s[count].chance.pairs > 0;
    }
    qsort(s, (size_t)count, sizeof *s, by_size);
    return count;
}

static bool find(const rxt_rows *rows, const rxt_break_evens *of, kind is, rxt_spot s[],
                 rxt_break_even *found)
{
    rxt_split split = smallest(rows, of, is);
    int count = split.ranks > 0 ? collect(rows, of, split, s) : 0;

    if (count < 2)
        return false;
    *found = rxt_break_even_locate(count, s);
    found->split = split;
    return true;
}

/* ---- the list ---- */

static bool listed(const rxt_break_even_list *list, const rxt_row *row)
{
    for (int i = 0; i < list->count; i++)
        if (is_of(row, &list->of[i]))
            return true;
    return false;
}

/* Lists every combination of kernel, team, combine and binding, without results; false without
 * memory. */
static bool list_ways(const rxt_rows *rows, rxt_break_even_list *list)
{
    for (int i = 0; i < rows->count; i++) {
        const rxt_row *row = &rows->row[i];
        rxt_break_evens *more;

        if (is_serial(row) || listed(list, row))
            continue;
        more = realloc(list->of, ((size_t)list->count + 1) * sizeof *more);
        if (!more)
            return false;
        list->of = more;
        list->of[list->count++] = (rxt_break_evens){
            .kernel = row->kernel, .team = row->team, .combine = row->combine, .bind = row->bind
        };
    }
    return true;
}

static void fill(const rxt_rows *rows, rxt_break_even_list *list, rxt_spot s[])
{
    int kept = 0;

    for (int i = 0; i < list->count; i++) {
        rxt_break_evens *of = &list->of[i];

        of->has_threads = find(rows, of, is_threads, s, &of->threads);
        of->has_processes = find(rows, of, is_processes, s, &of->processes);
        if (of->has_threads || of->has_processes)
            list->of[kept++] = *of;
    }
    list->count = kept;
}

rxt_status rxt_break_even_of(const rxt_rows *rows, rxt_break_even_list *list)
{
    rxt_spot *s = malloc((size_t)(rows->count + 1) * sizeof *s);
    bool done;

    *list = (rxt_break_even_list){ 0 };
    done = s && list_ways(rows, list);
    if (done)
        fill(rows, list, s);
    free(s);
    if (done)
        return RXT_OK;
    rxt_break_even_free(list);
    return rxt_status_no_memory("for the break-even sizes of %d rows", rows->count);
}

void rxt_break_even_free(rxt_break_even_list *list)
{
    free(list->of);
    *list = (rxt_break_even_list){ 0 };
}
