/* splits.c - which splits (ranks × threads) a study visits.
 *
 * The families cross, diagonal and grid combine numbers of ranks and threads that follow from the
 * machine (powers of two, the cores of an L3, …); combinations that do not fit are left out. Each
 * number that the user names must fit in at least one split; else the command line is wrong. */
#include "splits/splits.h"

#include <assert.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "splits/counts.h"

/* CROWD: maximum workers per core with --oversubscribe. SHOWN: maximum number of splits in the line
 * that names the splits left out. */
enum { CROWD = 4, SHOWN = 4 };

typedef struct list {
    int count, room;
    bool short_of_memory;
    rxt_split *split;
} list;

typedef struct selection {
    const rxt_splits_request *request;
    const rxt_splits_host *host;
    int top; /* maximum workers per node, for splits whose numbers the user did not name */
    rxt_counts ranks, threads; /* numbers of the cross, on one node */
    rxt_counts nodes;          /* numbers of nodes that are used */
    rxt_split baseline;        /* the baseline with its nodes; nodes 0: none, or it does not fit */
    list chosen, left;
} selection;

static int least(int a, int b)
{
    return a < b ? a : b;
}

static void push(list *to, int nodes, int ranks, int threads)
{
    if (to->count == to->room) {
        int room = to->room ? 2 * to->room : 64;
        rxt_split *more = realloc(to->split, (size_t)room * sizeof *more);

        if (!more) {
            to->short_of_memory = true;
            return;
        }
        to->split = more;
        to->room = room;
    }
    to->split[to->count++] = (rxt_split){ .nodes = nodes, .ranks = ranks, .threads = threads };
}

/* Orders splits by nodes, workers, ranks, so that 1 × 1 on one node comes first. */
static int order(const void *left, const void *right)
{
    const rxt_split *a = left, *b = right;
    long more = (long)a->ranks * a->threads - (long)b->ranks * b->threads;

    if (a->nodes != b->nodes)
        return a->nodes < b->nodes ? -1 : 1;
    if (more)
        return more < 0 ? -1 : 1;
    return (a->ranks > b->ranks) - (a->ranks < b->ranks);
}

static void sort_out(list *splits)
{
    int kept = 0;

    if (splits->count)
        qsort(splits->split, (size_t)splits->count, sizeof splits->split[0], order);
    for (int i = 0; i < splits->count; i++)
        if (!kept || !rxt_split_equal(splits->split[i], splits->split[kept - 1]))
            splits->split[kept++] = splits->split[i];
    splits->count = kept;
}

/* ---- the families, on `nodes` nodes ---- */

static void cross(selection *d, int nodes)
{
    for (int i = 0; i < d->threads.count; i++)
        push(&d->chosen, nodes, nodes, d->threads.value[i]);
    for (int i = 0; i < d->ranks.count; i++)
        push(&d->chosen, nodes, nodes * d->ranks.value[i], 1);
}

static void diagonal_of(selection *d, int nodes, int workers)
{
    rxt_counts ranks = rxt_counts_diagonal(d->host, workers);

    for (int i = 0; i < ranks.count; i++) {
        int threads = least(workers / ranks.value[i], d->host->thread_limit);

        push(&d->chosen, nodes, nodes * ranks.value[i], threads);
    }
}

static void diagonal(selection *d, int nodes)
{
    rxt_counts workers = rxt_counts_full(d->host, d->top);

    for (int i = 0; i < workers.count; i++)
        diagonal_of(d, nodes, workers.value[i]);
}

/* Adds a split; the user named at most one of its two numbers. It goes to `chosen` if a node gets
 * at most d->top workers, else to `left`. With --oversubscribe, 1×t and r×1 are always chosen. */
static void suggest(selection *d, int nodes, int ranks, int threads)
{
    bool lone = d->request->oversubscribe && (ranks == 1 || threads == 1);
    bool fits = lone || (long)ranks * threads <= d->top;

    push(fits ? &d->chosen : &d->left, nodes, nodes * ranks, threads);
}

static void grid(selection *d, int nodes)
{
    for (int r = 0; r < d->ranks.count; r++)
        for (int t = 0; t < d->threads.count; t++)
            suggest(d, nodes, d->ranks.value[r], d->threads.value[t]);
}

static void families(selection *d)
{
    const rxt_splits_request *request = d->request;
    bool ranks = request->rank_count || request->per_node_count;
    bool asked = request->cross || request->diagonal || request->grid || request->pairs || ranks ||
                 request->thread_count;

    for (int n = 0; n < d->nodes.count; n++) {
        int nodes = d->nodes.value[n];

        if (request->cross || (!asked && rxt_counts_most(&d->nodes) == 1))
            cross(d, nodes);
        if (request->diagonal || !asked)
            diagonal(d, nodes);
        if (request->grid)
            grid(d, nodes);
        for (int t = 0; !ranks && t < request->thread_count; t++)
            for (int r = 0; r < d->ranks.count; r++)
                suggest(d, nodes, d->ranks.value[r], request->threads[t]);
    }
}

/* ---- splits that the user names ---- */

static long most_workers(const selection *d)
{
    return d->request->oversubscribe ? LONG_MAX : d->host->cores;
}

/* Adds the split once for every listed number of nodes on which it fits; false if it fits on
 * none. */
static bool settle_listed(selection *d, rxt_split split, long most)
{
    bool found = false;

    for (int n = 0; n < d->nodes.count; n++) {
        split.nodes = d->nodes.value[n];
        if (!rxt_splits_hold(d->host, split, most))
            continue;
        push(&d->chosen, split.nodes, split.ranks, split.threads);
        found = true;
    }
    return found;
}

/* Adds a split to `chosen`, on a number of nodes on which it fits, or to `left` if there is no such
 * number. */
static void settle(selection *d, rxt_split split, long most)
{
    int nodes = rxt_splits_nodes(d->host, split, most);

    if (!split.nodes && d->request->node_count && settle_listed(d, split, most))
        return;
    if (!split.nodes && d->request->node_count)
        nodes = 0;
    push(nodes ? &d->chosen : &d->left, nodes ? nodes : d->host->nodes, split.ranks, split.threads);
}

/* Adds splits with a number of ranks that the user named, on `nodes` nodes (0: any number), with
 * the numbers of threads that the user named, or else with those of the cross. */
static void named_ranks(selection *d, int nodes, int ranks)
{
    const rxt_splits_request *request = d->request;

    for (int t = 0; t < request->thread_count; t++)
        settle(d, (rxt_split){ nodes, ranks, request->threads[t] }, most_workers(d));
    for (int t = 0; !request->thread_count && t < d->threads.count; t++) {
        int threads = d->threads.value[t];

        settle(d, (rxt_split){ nodes, ranks, threads }, threads == 1 ? most_workers(d) : d->top);
    }
}

static void all_named_ranks(selection *d)
{
    const rxt_splits_request *request = d->request;

    for (int r = 0; r < request->rank_count; r++)
        named_ranks(d, 0, request->ranks[r]);
    for (int n = 0; n < d->nodes.count; n++)
        for (int r = 0; r < request->per_node_count; r++)
            named_ranks(d, d->nodes.value[n], d->nodes.value[n] * request->per_node[r]);
}

static void named_pairs(selection *d)
{
    for (int i = 0; i < d->request->pairs; i++)
        settle(d, d->request->pair[i], most_workers(d));
}

/* Adds the baseline to the splits. If it does not fit, the reason is stored in no_baseline. */
static void settle_baseline(selection *d, rxt_splits *splits)
{
    rxt_status st = rxt_splits_check_baseline(d->request, d->host);

    if (st)
        snprintf(splits->no_baseline, sizeof splits->no_baseline, "%s", st->text);
    else if (d->request->baseline.ranks)
        d->baseline = d->request->baseline;
    rxt_status_free(st);
    d->baseline.nodes =
        d->baseline.ranks ? rxt_splits_nodes(d->host, d->baseline, most_workers(d)) : 0;
    if (d->baseline.nodes)
        settle(d, d->baseline, most_workers(d));
}

static int find_baseline(const selection *d, const rxt_splits *splits)
{
    int p = 0;

    while (d->baseline.nodes && !rxt_split_equal(splits->split[p], d->baseline))
        p++;
    return p;
}

/* ---- the line on what was left out ---- */

static const char *opening(const char *line)
{
    return *line ? "; " : "left out: ";
}

static void say_pairs(const selection *d, char *line, size_t room)
{
    const list *left = &d->left;
    char cores[64], name[RXT_SPLIT_TEXT];

    for (int i = 0; i < left->count && i < SHOWN; i++) {
        rxt_split split = { 1, left->split[i].ranks, left->split[i].threads }; /* without nodes */

        rxt_text_append(line, room, "%s%s", i ? ", " : opening(line), rxt_split_name(split, name));
    }
    if (left->count > SHOWN)
        rxt_text_append(line, room, " and %d more", left->count - SHOWN);
    if (left->count && d->request->oversubscribe)
        rxt_text_append(line, room,
                        " (more than %d workers%s; name both ranks and threads to "
                        "measure them)",
                        d->request->most_workers ? d->top : CROWD,
                        d->request->most_workers ? "" : " per core");
    else if (left->count)
        rxt_text_append(line, room, " (more workers than %s; --oversubscribe measures them)",
                        rxt_splits_cores(d->host, cores));
}

static void say_ranks(const selection *d, char *line, size_t room)
{
    const rxt_splits_host *host = d->host;
    int started = host->ranks * host->nodes;
    const char *how = d->request->oversubscribe           ? "--ranks adds"
                      : host->ranks > CROWD * host->cores ? "--ranks with --oversubscribe adds"
                                                          : "--oversubscribe adds";
    char cores[64], name[RXT_SPLIT_TEXT];

    if (host->ranks <= d->top)
        return;
    rxt_text_append(line, room, "%s%s", opening(line),
                    rxt_split_name((rxt_split){ 1, started, 1 }, name));
    if (host->ranks > d->top + 1)
        rxt_text_append(line, room, ", and all splits with more than %d rank%s%s", d->top,
                        d->top == 1 ? "" : "s", host->nodes == 1 ? "" : " per node");
    rxt_text_append(line, room, " (%d started on %s; %s them)", started,
                    rxt_splits_cores(host, cores), how);
}

static void say_left_out(const selection *d, char *line, size_t room)
{
    const rxt_splits_request *request = d->request;
    bool families = request->cross || request->diagonal || request->grid;
    bool ranks = request->rank_count || request->per_node_count;

    say_pairs(d, line, room);
    if (families || (!ranks && !request->pairs))
        say_ranks(d, line, room);
    if ((families || (!request->thread_count && !request->pairs)) && d->host->thread_limit < d->top)
        rxt_text_append(
            line, room, "%ssplits with more than %d thread%s per rank (OMP_THREAD_LIMIT)",
            opening(line), d->host->thread_limit, d->host->thread_limit == 1 ? "" : "s");
}

/* Removes from `left` the splits that another family has chosen. */
static void forget_chosen(selection *d)
{
    int kept = 0;

    for (int i = 0; i < d->left.count; i++) {
        rxt_split *split = &d->left.split[i];

        if (!bsearch(split, d->chosen.split, (size_t)d->chosen.count, sizeof *split, order))
            d->left.split[kept++] = *split;
    }
    d->left.count = kept;
}

static selection selection_of(const rxt_splits_request *request, const rxt_splits_host *host)
{
    selection d = { .request = request,
                    .host = host,
                    .top = host->cores,
                    .nodes = rxt_counts_nodes(request, host) };

    if (request->most_workers)
        d.top = request->most_workers;
    else if (request->oversubscribe)
        d.top *= CROWD;
    d.ranks = rxt_counts_cross(host, d.top, least(d.top, host->ranks));
    d.threads = rxt_counts_cross(host, d.top, least(d.top, host->thread_limit));
    return d;
}

rxt_status rxt_splits_of(const rxt_splits_request *request, const rxt_splits_host *host,
                         rxt_splits *splits)
{
    selection d = selection_of(request, host);
    rxt_status st = rxt_splits_check(request, host);

    assert(host->nodes >= 1 && host->ranks >= 1 && host->cores >= 1 && host->thread_limit >= 1);
    *splits = (rxt_splits){ 0 };
    push(&d.chosen, 1, 1, 1);
    if (!st) {
        named_pairs(&d);
        all_named_ranks(&d);
        families(&d);
        settle_baseline(&d, splits);
        if (d.chosen.short_of_memory || d.left.short_of_memory)
            st = rxt_status_no_memory("for the list of splits; name fewer");
    }
    if (!st) {
        sort_out(&d.chosen);
        sort_out(&d.left);
        forget_chosen(&d);
        say_left_out(&d, splits->left_out, sizeof splits->left_out);
        splits->count = d.chosen.count;
        splits->split = d.chosen.split;
        d.chosen.split = NULL;
        splits->baseline = find_baseline(&d, splits);
    }
    free(d.chosen.split);
    free(d.left.split);
    return st;
}

void rxt_splits_free(rxt_splits *splits)
{
    free(splits->split);
    *splits = (rxt_splits){ 0 };
}
