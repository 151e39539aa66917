/* plan.c - makes the plan of a study: everything that the study will measure. */
#include "plan/plan.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "plan/left_out.h"
#include "plan/memory.h"
#include "plan/roof.h"
#include "support/slab.h"

rxt_splits_host rxt_plan_host(const rxt_place *place, int nodes, int ranks_per_node,
                              int thread_limit)
{
    return (rxt_splits_host){
        .nodes = nodes,
        .ranks = ranks_per_node,
        .cores = place->cores,
        .all_cores = place->all_seats,
        .l3s = place->l3s,
        .numas = place->numas,
        .sockets = place->sockets,
        .per_l3 = place->per_l3,
        .per_numa = place->per_numa,
        .per_socket = place->per_socket,
        .thread_limit = thread_limit,
    };
}

int rxt_plan_kernels(const rxt_plan *plan)
{
    return plan->settings->kernels + plan->roofs;
}

const rxt_kernel *rxt_plan_kernel(const rxt_plan *plan, int kernel)
{
    int kernels = plan->settings->kernels;

    return kernel < kernels ? plan->settings->kernel[kernel] : &plan->roof[kernel - kernels].kernel;
}

int rxt_plan_per_node(const rxt_plan *plan, int split)
{
    return plan->splits.split[split].ranks / plan->splits.split[split].nodes;
}

static int workers_of(const rxt_plan *plan, int split)
{
    return plan->splits.split[split].ranks * plan->splits.split[split].threads;
}

ptrdiff_t rxt_plan_total(const rxt_plan *plan, int size, int split)
{
    return plan->settings->weak ? plan->n[size] * workers_of(plan, split) : plan->n[size];
}

const int *rxt_plan_cpu(const rxt_plan *plan, int bind, int split)
{
    return plan->cpu[bind * plan->splits.count + split];
}

bool rxt_plan_oversubscribed(const rxt_plan *plan, int bind, int split)
{
    const int *cpu = rxt_plan_cpu(plan, bind, split);
    int workers = workers_of(plan, split) / plan->splits.split[split].nodes;
    rxt_cpus taken = { { 0 } };

    if (rxt_bind_leaves(plan->settings->bind[bind]))
        return workers > plan->place->seats;
    for (int w = 0; w < workers; w++)
        rxt_cpus_add(&taken, cpu[w]);
    return rxt_cpus_count(&taken) < workers;
}

/* ---- sizes ---- */

/* In weak scaling: the number of shares for which all ranks of a node allocate memory. The number
 * of shares of one rank is its largest number of threads in any split. */
static double shares_on_node(const rxt_plan *plan)
{
    double shares = 0;

    for (int r = 0, most = 1; most > 0; r++, shares += most) {
        most = 0;
        for (int p = 0; p < plan->splits.count; p++)
            if (r < rxt_plan_per_node(plan, p) && plan->splits.split[p].threads > most)
                most = plan->splits.split[p].threads;
    }
    return shares;
}

/* Bytes of the operands of a size that is given as a level. For DRAM this is at most a quarter of
 * the free memory; in weak scaling this quarter is divided by the number of shares on a node. */
static double footprint_of(const char *name, const rxt_plan *plan, double memory)
{
    int level = rxt_vocabulary_find(&rxt_level_size_vocabulary, name);
    double bytes = rxt_place_fill(plan->place, level);

    if (level < RXT_LEVELS)
        return bytes;
    return fmin(bytes, memory / 4 / (plan->settings->weak ? shares_on_node(plan) : 1));
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
    double element = (double)plan->arrays * (double)rxt_type_size(settings->type);

    for (int s = 0; s < settings->sizes; s++) {
        const rxt_size *size = &settings->size[s];
        double bytes;

        if (!size->level[0]) {
            add_size(plan, size->n);
            continue;
        }
        bytes = footprint_of(size->level, plan, memory);
        if (!(bytes >= element))
            return rxt_status_of(RXT_USAGE,
                                 "--size=%s: the size of that level is unknown on this host; give "
                                 "a number of elements",
                                 size->level);
        add_size(plan, (ptrdiff_t)(bytes / element));
    }
    return RXT_OK;
}

static rxt_status only_one(const rxt_plan *plan)
{
    char count[32];

    if (rxt_settings_own(plan->settings))
        return rxt_status_of(RXT_USAGE, "--break-even: needs several sizes, but operands from "
                                        "files have only one; leave it out");
    return rxt_status_of(RXT_USAGE,
                         "--break-even: needs several sizes, but there is only --size=%s; name two "
                         "or more, such as -n 1k,1M",
                         plan->sizes ? rxt_list_print(plan->n[0], count) : "");
}

/* Rounds to an integer; numbers from 1000 on are rounded to three digits, which are finer than a
 * step of 5 %. */
static ptrdiff_t rounded(double n)
{
    double unit = n >= 1000 ? pow(10, floor(log10(n)) - 2) : 1;

    return (ptrdiff_t)(nearbyint(n / unit) * unit);
}

/* Adds sizes between the smallest and the largest, in steps of about 5 %, so that --break-even can
 * choose among these sizes. A bracket of two neighbouring sizes gives a break-even size within ± 5
 * %, a bracket over three sizes gives one within ± 10 %. */
static rxt_status add_ladder(rxt_plan *plan)
{
    const double step = 1.05;
    ptrdiff_t least = plan->n[0], most = plan->n[0];
    double ratio;
    int steps;

    if (plan->sizes < 2)
        return only_one(plan);
    for (int s = 1; s < plan->asked; s++) {
        least = plan->n[s] < least ? plan->n[s] : least;
        most = plan->n[s] > most ? plan->n[s] : most;
    }
    ratio = (double)most / (least > 0 ? (double)least : 1.0);
    steps = (int)fmin(ceil(log(ratio) / log(step)), RXT_LADDER);
    for (int i = 1; i < steps; i++) {
        ptrdiff_t n = rounded((double)most * pow(ratio, -(double)i / steps));

        if (n > least && n < most)
            add_size(plan, n);
    }
    return RXT_OK;
}

/* RXT_USAGE if in weak scaling the elements of all workers together exceed a ptrdiff_t. */
static rxt_status check_totals(const rxt_plan *plan)
{
    int most = 1;
    char count[32];

    for (int p = 0; p < plan->splits.count; p++)
        most = workers_of(plan, p) > most ? workers_of(plan, p) : most;
    for (int s = 0; plan->settings->weak && s < plan->sizes; s++)
        if (plan->n[s] > PTRDIFF_MAX / most)
            return rxt_status_of(RXT_USAGE,
                                 "--size=%s: the elements of %d workers together are too many to "
                                 "count; choose a smaller size",
                                 rxt_list_print(plan->n[s], count), most);
    return RXT_OK;
}

/* ---- cells ---- */

/* Index of a total in the plan's list; a new total is appended. */
static int number_of(rxt_plan *plan, ptrdiff_t total)
{
    int t = 0;

    while (t < plan->totals && plan->total[t] != total)
        t++;
    if (t == plan->totals)
        plan->total[plan->totals++] = total;
    return t;
}

static void add_cell(rxt_plan *plan, rxt_cell cell, int baseline)
{
    cell.total = number_of(plan, rxt_plan_total(plan, cell.size, cell.split));
    cell.baseline = baseline;
    plan->cell[plan->cells++] = cell;
}

/* Can the kernel run at the cell's split? Some tasks need certain numbers of ranks or threads. */
static bool fits(const rxt_plan *plan, const rxt_cell *cell)
{
    const rxt_task *task = plan->settings->kernel[cell->kernel]->task;
    const rxt_split *split = &plan->splits.split[cell->split];

    return !task || !task->fits || cell->split == 0 ||
           task->fits(split->nodes, split->ranks, split->threads);
}

/* Adds the cells of one team and combine, except the serial call, which has the cell `serial`
 * already. The baseline of these cells is the cell at the baseline's split. If a task cannot run at
 * that split, their baseline is the serial call. */
static void add_splits(rxt_plan *plan, rxt_cell cell, int serial)
{
    int first = plan->cells, baseline = serial;

    for (cell.split = 1; cell.split < plan->splits.count; cell.split++) {
        if (!fits(plan, &cell))
            continue;
        if (cell.split == plan->splits.baseline)
            baseline = plan->cells;
        add_cell(plan, cell, serial);
    }
    for (int c = first; c < plan->cells; c++)
        plan->cell[c].baseline = baseline;
}

static void add_cells(rxt_plan *plan, rxt_cell cell)
{
    const rxt_settings *settings = plan->settings;
    int serial = plan->cells, baseline = plan->splits.baseline, own;

    add_cell(plan, cell, serial);
    for (cell.team = 0; cell.team < settings->teams; cell.team++)
        for (cell.combine = 0; cell.combine < settings->combines; cell.combine++)
            if (rxt_team_drives(settings->team[cell.team], settings->kernel[cell.kernel]))
                add_splits(plan, cell, serial);
    own = serial;
    while (own < plan->cells - 1 && plan->cell[own].split != baseline)
        own++;
    if (plan->cell[own].split == baseline)
        plan->cell[serial].baseline = own;
}

static rxt_status make_cells(rxt_plan *plan)
{
    const rxt_settings *settings = plan->settings;
    size_t splits = (size_t)plan->splits.count, sizes = (size_t)plan->sizes,
           ways = (size_t)settings->teams * (size_t)settings->combines;

    plan->total = calloc(sizes * splits, sizeof *plan->total);
    plan->cell = calloc((size_t)settings->kernels * sizes * (size_t)settings->binds *
                            (1 + ways * (splits - 1)),
                        sizeof *plan->cell);
    if (!plan->total || !plan->cell)
        return rxt_status_no_memory("for the study's plan");
    for (int k = 0; k < settings->kernels; k++)
        for (int s = 0; s < plan->sizes; s++)
            for (int b = 0; b < settings->binds; b++)
                add_cells(plan, (rxt_cell){ .kernel = k, .size = s, .bind = b });
    return RXT_OK;
}

static rxt_status seat_splits(rxt_plan *plan)
{
    int splits = plan->splits.count, binds = plan->settings->binds;

    plan->cpu = calloc((size_t)(binds * splits), sizeof *plan->cpu);
    for (int i = 0; plan->cpu && i < binds * splits; i++) {
        int ranks = rxt_plan_per_node(plan, i % splits),
            threads = plan->splits.split[i % splits].threads;

        plan->cpu[i] = malloc((size_t)ranks * (size_t)threads * sizeof **plan->cpu);
        if (!plan->cpu[i])
            return rxt_status_no_memory("for the plan of %d workers", ranks * threads);
        rxt_place_plan(plan->place, plan->settings->bind[i / splits], ranks, threads, plan->cpu[i]);
    }
    return plan->cpu ? RXT_OK : rxt_status_no_memory("for the study's plan");
}

rxt_status rxt_plan_of(const rxt_settings *settings, const rxt_place *place,
                       const rxt_splits_host *host, const rxt_plan_memory *memory, rxt_plan *plan)
{
    rxt_status st;

    *plan = (rxt_plan){ .settings = settings, .place = place, .host = *host, .grain = 1 };
    for (int k = 0; k < settings->kernels; k++) {
        const rxt_kernel *kernel = settings->kernel[k];

        plan->arrays = kernel->arrays > plan->arrays ? kernel->arrays : plan->arrays;
        plan->grain = rxt_grain_of(kernel) > plan->grain ? rxt_grain_of(kernel) : plan->grain;
    }
    st = rxt_splits_of(&settings->splits, host, &plan->splits);
    if (!st)
        st = resolve_sizes(plan, memory->free);
    plan->asked = plan->sizes;
    if (!st && settings->break_even)
        st = add_ladder(plan);
    if (!st)
        st = check_totals(plan);
    if (!st)
        st = rxt_plan_fit(plan, memory);
    if (!st)
        st = make_cells(plan);
    if (!st)
        st = rxt_plan_roofs(plan);
    if (!st)
        st = seat_splits(plan);
    if (!st)
        st = rxt_plan_check_unfit(plan);
    if (st)
        rxt_plan_free(plan);
    else
        rxt_plan_say_undriven(plan);
    return st;
}

void rxt_plan_free(rxt_plan *plan)
{
    for (int i = 0; plan->cpu && i < plan->settings->binds * plan->splits.count; i++)
        free(plan->cpu[i]);
    free(plan->cpu);
    free(plan->cell);
    free(plan->roof);
    free(plan->total);
    rxt_splits_free(&plan->splits);
    *plan = (rxt_plan){ 0 };
}
