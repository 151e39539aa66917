/* plan_memory.c - which of a plan's points fit into a node's memory. */
#include "plan_memory.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <rxt/list.h>
#include <rxt/slab.h>

/* The largest part that the node's rank gets at points of `ranks` ranks and more nodes: part 0. */
ptrdiff_t rxt_plan_capacity(const rxt_plan *plan, int size, int node_rank)
{
    ptrdiff_t most = 0;

    for (int p = 0; p < plan->points.count; p++) {
        rxt_range whole = { .n = rxt_plan_total(plan, size, p) };
        ptrdiff_t part = rxt_range_part(whole, 0, plan->points.point[p].ranks, plan->grain).n;

        if (node_rank < rxt_plan_per_node(plan, p) && part > most)
            most = part;
    }
    return most;
}

static int most_ranks(const rxt_plan *plan)
{
    int most = 1;

    for (int p = 0; p < plan->points.count; p++)
        if (rxt_plan_per_node(plan, p) > most)
            most = rxt_plan_per_node(plan, p);
    return most;
}

static double bytes_needed(const rxt_plan *plan)
{
    double bytes = 0;

    for (int s = 0; s < plan->sizes; s++)
        for (int r = 0, ranks = most_ranks(plan); r < ranks; r++)
            bytes += rxt_arena_bytes(plan->arrays, rxt_plan_capacity(plan, s, r));
    return bytes;
}

/* What a point takes of a node's memory, for an order of points: copies for ranks of their own, or
 * in weak scaling a share for each worker, and of equals those of many ranks first. 1 is the least.
 */
static long need_of(const rxt_plan *plan, int point)
{
    long ranks = rxt_plan_per_node(plan, point);

    if (!plan->settings->weak)
        return ranks;
    return (ranks * plan->points.point[point].threads - 1) * ((long)INT_MAX + 1) + ranks;
}

/* Leaves out the points that need most; false when only the least is left. */
static bool drop_neediest(rxt_plan *plan)
{
    long most = 1;
    int kept = 0;

    for (int p = 0; p < plan->points.count; p++)
        most = need_of(plan, p) > most ? need_of(plan, p) : most;
    if (most == 1)
        return false;
    for (int p = 0; p < plan->points.count; p++)
        if (need_of(plan, p) < most)
            plan->points.point[kept++] = plan->points.point[p];
    plan->points.count = kept;
    return true;
}

static void say_dropped(rxt_plan *plan, int dropped, double free_bytes)
{
    char *text = plan->points.left_out;
    size_t length = strlen(text), size = sizeof plan->points.left_out;

    snprintf(text + length, size - length,
             "%s%d point%s of more %s not fit into %.3g GB of free memory)",
             length ? "; " : "left out: ", dropped, dropped == 1 ? "" : "s",
             plan->settings->weak ? "workers (their shares do" : "ranks (their own copies do",
             free_bytes / 1e9);
}

/* What is too large: one size by its number, several together. */
static void name_sizes(const rxt_plan *plan, char text[64])
{
    char count[32];

    if (plan->sizes == 1)
        snprintf(text, 64, "--size=%s: needs", rxt_list_print(plan->n[0], count));
    else
        snprintf(text, 64, "--size: all %d sizes together need", plan->sizes);
}

static rxt_status too_large(const rxt_plan *plan, double bytes, const rxt_plan_memory *memory)
{
    double most = memory->total / ((double)plan->arrays * sizeof(double)) / 1e6;
    char sizes[64];

    name_sizes(plan, sizes);
    if (bytes > memory->total)
        return rxt_status_of(RXT_USAGE,
                             "%s %.1f GB, but a node here has %.1f GB; at most %.0fM elements fit",
                             sizes, bytes / 1e9, memory->total / 1e9, floor(most));
    return rxt_status_of(RXT_ENVIRONMENT,
                         "%s %.1f GB, but only %.1f GB are free now; free memory or choose smaller "
                         "sizes",
                         sizes, bytes / 1e9, memory->free / 1e9);
}

/* Finds the baseline again among the points that are left. */
static void keep_baseline(rxt_plan *plan, rxt_point wanted, double free_bytes)
{
    rxt_points *points = &plan->points;
    char text[48];

    points->baseline = 0;
    for (int p = 0; p < points->count; p++)
        if (rxt_point_equal(points->point[p], wanted))
            points->baseline = p;
    if (!rxt_point_equal(points->point[points->baseline], wanted))
        snprintf(points->no_baseline, sizeof points->no_baseline,
                 "--baseline=%s: does not fit into %.3g GB of free memory",
                 rxt_points_print(plan->settings->points.baseline, text), free_bytes / 1e9);
}

/* What is free is not taken whole: the system and MPI go on needing some. */
rxt_status rxt_plan_fit(rxt_plan *plan, const rxt_plan_memory *memory)
{
    int before = plan->points.count;
    rxt_point baseline = plan->points.point[plan->points.baseline];
    double margin = 0.95 * memory->free;

    plan->bytes_node = bytes_needed(plan);
    while (plan->bytes_node > margin && drop_neediest(plan))
        plan->bytes_node = bytes_needed(plan);
    if (plan->bytes_node > margin)
        return too_large(plan, plan->bytes_node, memory);
    if (plan->points.count < before)
        say_dropped(plan, before - plan->points.count, memory->free);
    keep_baseline(plan, baseline, memory->free);
    return RXT_OK;
}
