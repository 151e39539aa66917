/* plan.c - what a study will do, before it does anything. */
#include <rxt/plan.h>

#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <rxt/list.h>
#include <rxt/slab.h>

rxt_points_host rxt_plan_host(const rxt_place *place, int nodes, int ranks_per_node,
                              int thread_limit)
{
    return (rxt_points_host){
        .nodes = nodes,
        .ranks = ranks_per_node,
        .cores = place->cores,
        .l3s = place->l3s,
        .numas = place->numas,
        .sockets = place->sockets,
        .per_l3 = place->per_l3,
        .per_numa = place->per_numa,
        .per_socket = place->per_socket,
        .thread_limit = thread_limit,
    };
}

int rxt_plan_per_node(const rxt_plan *plan, int point)
{
    return plan->points.point[point].ranks / plan->points.point[point].nodes;
}

static int workers_of(const rxt_plan *plan, int point)
{
    return plan->points.point[point].ranks * plan->points.point[point].threads;
}

ptrdiff_t rxt_plan_total(const rxt_plan *plan, int size, int point)
{
    return plan->settings->weak ? plan->n[size] * workers_of(plan, point) : plan->n[size];
}

const int *rxt_plan_cpu(const rxt_plan *plan, int bind, int point)
{
    return plan->cpu[bind * plan->points.count + point];
}

/* ---- sizes ---- */

/* The most threads that a node's rank has at some point, summed over the ranks: in weak scaling,
 * the shares that a node's arenas hold for a size. */
static double shares_on_node(const rxt_plan *plan)
{
    double shares = 0;

    for (int r = 0, most = 1; most > 0; r++, shares += most) {
        most = 0;
        for (int p = 0; p < plan->points.count; p++)
            if (r < rxt_plan_per_node(plan, p) && plan->points.point[p].threads > most)
                most = plan->points.point[p].threads;
    }
    return shares;
}

/* Half of what one core reaches of a level, or four times all last-level caches, within a quarter
 * of the memory that is free for all that have so much. */
static double footprint_of(const char *level, const rxt_plan *plan, double memory)
{
    const rxt_place *place = plan->place;

    if (strcmp(level, "L1") == 0)
        return place->l1 / 2;
    if (strcmp(level, "L2") == 0)
        return place->l2 / 2;
    if (strcmp(level, "L3") == 0)
        return place->l3 / 2;
    return fmin(4 * place->l3_all, memory / 4 / (plan->settings->weak ? shares_on_node(plan) : 1));
}

static void add_size(rxt_plan *plan, ptrdiff_t n)
{
    for (int s = 0; s < plan->sizes; s++)
        if (plan->n[s] == n)
            return;
    plan->n[plan->sizes++] = n;
}

static rxt_status resolve_sizes(rxt_plan *plan, double memory)
{
    const rxt_settings *settings = plan->settings;
    double element = (double)plan->arrays * sizeof(double);

    for (int s = 0; s < settings->sizes; s++) {
        const rxt_size *size = &settings->size[s];
        double bytes;

        if (!size->level[0]) {
            add_size(plan, size->n);
            continue;
        }
        bytes = footprint_of(size->level, plan, memory);
        if (!(bytes >= element))
            return rxt_status_of(
                RXT_USAGE,
                "--size=%s: this host does not say how large that is; give a number of elements",
                size->level);
        add_size(plan, (ptrdiff_t)(bytes / element));
    }
    return RXT_OK;
}

/* What is counted in a ptrdiff_t must fit one. */
static rxt_status check_totals(const rxt_plan *plan)
{
    int most = 1;
    char count[32];

    for (int p = 0; p < plan->points.count; p++)
        most = workers_of(plan, p) > most ? workers_of(plan, p) : most;
    for (int s = 0; plan->settings->weak && s < plan->sizes; s++)
        if (plan->n[s] > PTRDIFF_MAX / most)
            return rxt_status_of(RXT_USAGE,
                                 "--size=%s: %d workers with so much each have more elements than "
                                 "can be counted; choose a smaller size",
                                 rxt_list_print(plan->n[s], count), most);
    return RXT_OK;
}

/* ---- memory ---- */

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
static rxt_status fit_memory(rxt_plan *plan, const rxt_plan_memory *memory)
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

/* ---- cells ---- */

/* The number of a total in the plan's list, where it is put when it is new. */
static int number_of(rxt_plan *plan, ptrdiff_t total)
{
    int t = 0;

    while (t < plan->totals && plan->total[t] != total)
        t++;
    if (t == plan->totals)
        plan->total[plan->totals++] = total;
    return t;
}

static rxt_status make_cells(rxt_plan *plan)
{
    const rxt_settings *settings = plan->settings;
    int points = plan->points.count, c = 0;
    size_t each = (size_t)plan->sizes * (size_t)points;

    plan->total = calloc(each, sizeof *plan->total);
    plan->cell =
        calloc((size_t)settings->kernels * (size_t)settings->binds * each, sizeof *plan->cell);
    if (!plan->total || !plan->cell)
        return rxt_status_of(RXT_ENVIRONMENT, "no memory for the study's plan");
    for (int k = 0; k < settings->kernels; k++)
        for (int s = 0; s < plan->sizes; s++)
            for (int b = 0; b < settings->binds; b++)
                for (int p = 0; p < points; p++, c++)
                    plan->cell[c] = (rxt_cell){
                        .kernel = k,
                        .size = s,
                        .bind = b,
                        .point = p,
                        .total = number_of(plan, rxt_plan_total(plan, s, p)),
                        .baseline = c - p + plan->points.baseline,
                    };
    plan->cells = c;
    return RXT_OK;
}

static rxt_status seat_points(rxt_plan *plan)
{
    int points = plan->points.count, binds = plan->settings->binds;

    plan->cpu = calloc((size_t)(binds * points), sizeof *plan->cpu);
    for (int i = 0; plan->cpu && i < binds * points; i++) {
        int ranks = rxt_plan_per_node(plan, i % points),
            threads = plan->points.point[i % points].threads;

        plan->cpu[i] = malloc((size_t)ranks * (size_t)threads * sizeof **plan->cpu);
        if (!plan->cpu[i])
            return rxt_status_of(RXT_ENVIRONMENT, "no memory for the plan of %d workers",
                                 ranks * threads);
        rxt_place_plan(plan->place, plan->settings->bind[i / points], ranks, threads, plan->cpu[i]);
    }
    return plan->cpu ? RXT_OK : rxt_status_of(RXT_ENVIRONMENT, "no memory for the study's plan");
}

rxt_status rxt_plan_of(const rxt_settings *settings, const rxt_place *place,
                       const rxt_points_host *host, const rxt_plan_memory *memory, rxt_plan *plan)
{
    rxt_status st;

    *plan = (rxt_plan){ .settings = settings, .place = place, .host = *host, .grain = 1 };
    for (int k = 0; k < settings->kernels; k++) {
        const rxt_kernel *kernel = settings->kernel[k];

        plan->arrays = kernel->arrays > plan->arrays ? kernel->arrays : plan->arrays;
        plan->grain = rxt_grain_of(kernel) > plan->grain ? rxt_grain_of(kernel) : plan->grain;
    }
    st = rxt_points_of(&settings->points, host, &plan->points);
    if (!st)
        st = resolve_sizes(plan, memory->free);
    if (!st)
        st = check_totals(plan);
    if (!st)
        st = fit_memory(plan, memory);
    if (!st)
        st = make_cells(plan);
    if (!st)
        st = seat_points(plan);
    if (st)
        rxt_plan_free(plan);
    return st;
}

void rxt_plan_free(rxt_plan *plan)
{
    for (int i = 0; plan->cpu && i < plan->settings->binds * plan->points.count; i++)
        free(plan->cpu[i]);
    free(plan->cpu);
    free(plan->cell);
    free(plan->total);
    rxt_points_free(&plan->points);
    *plan = (rxt_plan){ 0 };
}
