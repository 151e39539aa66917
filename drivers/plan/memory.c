/* memory.c - which splits of a plan fit into the memory of a node. */
#include "plan/memory.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/text.h"
#include "data/arena.h"
#include "support/slab.h"

enum { SHOWN = 4 }; /* most splits that say_dropped names in the line splits.left_out */

/* A plan; all its splits before one is left out for lack of memory, and their number; and the bytes
 * of a node that the plan may use. */
typedef struct fitting {
    rxt_plan *plan;
    rxt_split *all;
    int count;
    double most;
} fitting;

/* A value of the command line as the numbers that a split must have; 0: any number. */
typedef struct named {
    const char *option;
    int nodes, ranks, threads, per_node;
} named;

/* The largest slab of the node's rank `node_rank` over all splits. A split deals its elements to
 * the ranks of all its nodes; part 0 is the largest part, so it bounds the part of every rank. */
ptrdiff_t rxt_plan_capacity(const rxt_plan *plan, int size, int node_rank)
{
    ptrdiff_t most = 0;

    for (int p = 0; p < plan->splits.count; p++) {
        rxt_range whole = { .n = rxt_plan_total(plan, size, p) };
        ptrdiff_t part = rxt_range_part(whole, 0, plan->splits.split[p].ranks, plan->grain).n;

        if (node_rank < rxt_plan_per_node(plan, p) && part > most)
            most = part;
    }
    return most;
}

static int most_ranks(const rxt_plan *plan)
{
    int most = 1;

    for (int p = 0; p < plan->splits.count; p++)
        if (rxt_plan_per_node(plan, p) > most)
            most = rxt_plan_per_node(plan, p);
    return most;
}

double rxt_plan_bytes(const rxt_plan *plan, int size)
{
    double bytes = 0;

    for (int r = 0, ranks = most_ranks(plan); r < ranks; r++)
        bytes += rxt_arena_bytes(&(rxt_arena_request){ .type = plan->settings->type,
                                                       .arrays = plan->arrays,
                                                       .capacity = rxt_plan_capacity(plan, size, r),
                                                       .pages = plan->settings->pages });
    return bytes;
}

static double bytes_needed(const rxt_plan *plan)
{
    double bytes = 0;

    for (int s = 0; s < plan->asked; s++)
        bytes += rxt_plan_bytes(plan, s);
    return bytes;
}

/* How much memory a split needs on a node, as a number for sorting; 1 is the least. In strong
 * scaling this number grows with the number of ranks, because each rank has its own memory. In weak
 * scaling it grows with the number of workers, because each worker has a share; among splits with
 * the same number of workers it grows with the number of ranks. */
static long need_of(const rxt_plan *plan, rxt_split split)
{
    long ranks = split.ranks / split.nodes;

    if (!plan->settings->weak)
        return ranks;
    return (ranks * split.threads - 1) * ((long)INT_MAX + 1) + ranks;
}

/* Keeps the splits of the plan whose need (see need_of) is at most `need`, and computes bytes_node
 * again. */
static void keep(fitting *f, long need)
{
    rxt_splits *splits = &f->plan->splits;

    splits->count = 0;
    for (int p = 0; p < f->count; p++)
        if (need_of(f->plan, f->all[p]) <= need)
            splits->split[splits->count++] = f->all[p];
    f->plan->bytes_node = bytes_needed(f->plan);
}

/* Leaves out the splits that need most memory, again and again, until the other splits fit, or
 * until only the splits with need 1 are left. */
static void drop_neediest(fitting *f)
{
    const rxt_splits *splits = &f->plan->splits;

    for (long most = LONG_MAX; f->plan->bytes_node > f->most && most > 1;) {
        most = 1;
        for (int p = 0; p < splits->count; p++)
            most = need_of(f->plan, splits->split[p]) > most ? need_of(f->plan, splits->split[p])
                                                             : most;
        if (most > 1)
            keep(f, most - 1);
    }
}

/* ---- messages ---- */

static bool has(const rxt_splits *splits, rxt_split split)
{
    for (int p = 0; p < splits->count; p++)
        if (rxt_split_equal(splits->split[p], split))
            return true;
    return false;
}

static void say_dropped(const fitting *f)
{
    rxt_splits *splits = &f->plan->splits;
    char *line = splits->left_out;
    size_t room = sizeof splits->left_out;
    int dropped = f->count - splits->count, said = 0;
    char name[RXT_SPLIT_TEXT];

    for (int p = 0; p < f->count && said < SHOWN; p++)
        if (!has(splits, f->all[p]))
            rxt_text_append(line, room, "%s%s",
                            said++  ? ", "
                            : *line ? "; "
                                    : "left out: ",
                            rxt_split_name(f->all[p], name));
    if (dropped > said)
        rxt_text_append(line, room, " and %d more", dropped - said);
    if (dropped)
        rxt_text_append(line, room, " (%s not fit into %.3g GB of free memory%s)",
                        dropped == 1 ? "does" : "do", f->most / 1e9,
                        f->plan->asked > 1 ? ", which all sizes share" : "");
}

/* Prints what is too large: a single size by its value, several sizes by their number. */
static void name_sizes(const rxt_plan *plan, char text[64])
{
    char count[32];

    if (rxt_settings_own(plan->settings))
        snprintf(text, 64, "--x, --y: %s elements need", rxt_list_print(plan->n[0], count));
    else if (plan->asked == 1)
        snprintf(text, 64, "--size=%s: needs", rxt_list_print(plan->n[0], count));
    else
        snprintf(text, 64, "--size: all %d sizes together need", plan->asked);
}

static rxt_status too_large(const fitting *f, const rxt_plan_memory *memory)
{
    const rxt_plan *plan = f->plan;
    double most =
        memory->total / ((double)plan->arrays * (double)rxt_type_size(plan->settings->type)) / 1e6;
    char sizes[64];

    name_sizes(plan, sizes);
    if (plan->bytes_node > memory->total)
        return rxt_status_of(RXT_USAGE,
                             "%s %.1f GB, but a node here has %.1f GB; at most %.0fM elements fit",
                             sizes, plan->bytes_node / 1e9, memory->total / 1e9, floor(most));
    return rxt_status_of(RXT_ENVIRONMENT,
                         "%s %.1f GB, but of the %.1f GB that are free now only %.1f GB may be "
                         "used; free memory or choose smaller sizes",
                         sizes, plan->bytes_node / 1e9, memory->free / 1e9, f->most / 1e9);
}

/* ---- values of the user ---- */

static bool asks_for(const named *value, rxt_split split)
{
    return (!value->nodes || value->nodes == split.nodes) &&
           (!value->ranks || value->ranks == split.ranks) &&
           (!value->threads || value->threads == split.threads) &&
           (!value->per_node || value->per_node == split.ranks / split.nodes);
}

static void print_value(const named *value, char text[96])
{
    rxt_split pair = { value->nodes, value->ranks, value->threads };
    char split[RXT_SPLIT_TEXT];

    if (value->ranks && value->threads)
        snprintf(text, 96, "%s=%s", value->option, rxt_split_print(pair, split));
    else /* only one of the four numbers is not 0, so the sum is that number */
        snprintf(text, 96, "%s=%d", value->option,
                 value->nodes + value->ranks + value->threads + value->per_node);
}

/* RXT_USAGE if none of the splits that the value asks for fits into memory. The message gives the
 * memory that is needed by those of them that need least. */
static rxt_status check_value(fitting *f, named value)
{
    long least = LONG_MAX;
    char text[96];

    for (int p = 0; p < f->plan->splits.count; p++)
        if (asks_for(&value, f->plan->splits.split[p]))
            return RXT_OK;
    for (int p = 0; p < f->count; p++)
        if (asks_for(&value, f->all[p]) && need_of(f->plan, f->all[p]) < least)
            least = need_of(f->plan, f->all[p]);
    if (least == LONG_MAX)
        return RXT_OK;
    keep(f, least);
    print_value(&value, text);
    return rxt_status_of(
        RXT_USAGE,
        "%s: needs %.1f GB%s, but only %.1f GB of free memory may be used; choose smaller sizes",
        text, f->plan->bytes_node / 1e9, f->plan->asked > 1 ? " for all sizes together" : "",
        f->most / 1e9);
}

static rxt_status check_values(fitting *f)
{
    const rxt_splits_request *request = &f->plan->settings->splits;
    rxt_status st = RXT_OK;

    for (int i = 0; i < request->pairs && !st; i++)
        st = check_value(f, (named){ "--splits", .nodes = request->pair[i].nodes,
                                     .ranks = request->pair[i].ranks,
                                     .threads = request->pair[i].threads });
    for (int i = 0; i < request->rank_count && !st; i++)
        st = check_value(f, (named){ "--ranks", .ranks = request->ranks[i] });
    for (int i = 0; i < request->per_node_count && !st; i++)
        st = check_value(f, (named){ "--ranks-per-node", .per_node = request->per_node[i] });
    for (int i = 0; i < request->thread_count && !st; i++)
        st = check_value(f, (named){ "--threads", .threads = request->threads[i] });
    for (int i = 0; i < request->node_count && !st; i++)
        st = check_value(f, (named){ "--nodes", .nodes = request->nodes[i] });
    return st;
}

/* Finds the baseline `wanted` again among the splits that are left. If the baseline was left out,
 * split 0 becomes the baseline, and no_baseline gets the reason. */
static void keep_baseline(const fitting *f, rxt_split wanted)
{
    rxt_splits *splits = &f->plan->splits;
    char text[RXT_SPLIT_TEXT];

    splits->baseline = 0;
    for (int p = 0; p < splits->count; p++)
        if (rxt_split_equal(splits->split[p], wanted))
            splits->baseline = p;
    if (!rxt_split_equal(splits->split[splits->baseline], wanted))
        snprintf(splits->no_baseline, sizeof splits->no_baseline,
                 "--baseline=%s: does not fit into %.3g GB of free memory",
                 rxt_split_print(f->plan->settings->splits.baseline, text), f->most / 1e9);
}

/* RXT_USAGE if the heap of a task is larger than the memory of a node. The task itself checks the
 * free memory. */
static rxt_status check_heaps(const rxt_settings *settings, double total)
{
    for (int k = 0; k < settings->kernels; k++) {
        const rxt_task *task = settings->kernel[k]->task;

        if (task && task->heap > total)
            return rxt_status_of(RXT_USAGE,
                                 "--heap: %s needs %.1f GB, but a node here has %.1f GB; choose a "
                                 "smaller --heap",
                                 task->kernel.name, task->heap / 1e9, total / 1e9);
    }
    return RXT_OK;
}

static rxt_status fit(fitting *f, const rxt_plan_memory *memory)
{
    rxt_split baseline = f->all[f->plan->splits.baseline];
    rxt_status st = check_heaps(f->plan->settings, memory->total);

    if (st)
        return st;
    keep(f, LONG_MAX);
    drop_neediest(f);
    if (f->plan->bytes_node > f->most)
        return too_large(f, memory);
    st = check_values(f);
    if (st)
        return st;
    say_dropped(f);
    keep_baseline(f, baseline);
    return RXT_OK;
}

/* Uses 95 % of the free memory, because the system and MPI need some as well. */
rxt_status rxt_plan_fit(rxt_plan *plan, const rxt_plan_memory *memory)
{
    size_t bytes = (size_t)plan->splits.count * sizeof(rxt_split);
    fitting f = { .plan = plan, .count = plan->splits.count, .most = 0.95 * memory->free };
    rxt_status st;

    f.all = malloc(bytes);
    plan->bytes_most = f.most;
    if (!f.all)
        return rxt_status_no_memory("for the study's plan");
    memcpy(f.all, plan->splits.split, bytes);
    st = fit(&f, memory);
    free(f.all);
    return st;
}
