/* plan.c - prints what a study would do (--dry-run), and the kernels (--list). */
#include "report/report.h"

#include <string.h>

#include "base/list.h"
#include "comm/combine.h"
#include "machine/place.h"
#include "plan/plan.h"
#include "support/table.h"
#include "team/team.h"

/* The unit that n counts; NULL: elements. */
static const char *unit_of(const rxt_kernel *kernel)
{
    return kernel->task ? kernel->task->unit : NULL;
}

/* Prints the unit that n counts, if the kernels are tasks with a unit. False, and prints nothing,
 * if the first kernel has no unit (n counts elements). */
static bool print_units(FILE *file, const rxt_settings *settings)
{
    const char *unit = unit_of(settings->kernel[0]);

    for (int k = 1; k < settings->kernels; k++) {
        const char *other = unit_of(settings->kernel[k]);

        if (!unit || !other || strcmp(unit, other))
            unit = unit ? "unit" : NULL;
    }
    if (unit)
        fprintf(file, " %ss%s\n", unit, settings->weak ? " per worker" : "");
    return unit;
}

static void print_sizes(FILE *file, const rxt_plan *plan)
{
    char text[32];

    fprintf(file, "sizes        ");
    for (int s = 0; s < plan->asked; s++)
        fprintf(file, "%s%s", s ? ", " : "", rxt_list_print(plan->n[s], text));
    if (plan->arrays == 0 && print_units(file, plan->settings))
        return;
    fprintf(file, " elements%s of %d operand%s\n", plan->settings->weak ? " per worker" : "",
            plan->arrays, plan->arrays == 1 ? "" : "s");
}

static void print_break_even(FILE *file, const rxt_plan *plan)
{
    if (plan->settings->break_even)
        fprintf(file,
                "break-even   searched to ± 10 %%: while the study runs, up to %d sizes between "
                "the others are added, which need more memory\n",
                plan->sizes - plan->asked);
}

static void print_own(FILE *file, const rxt_settings *settings)
{
    if (rxt_settings_own(settings))
        fprintf(file, "operands     x %s, y %s\n",
                settings->own[0] ? settings->own[0] : "generated",
                settings->own[1] ? settings->own[1] : "generated");
}

static void print_budget(FILE *file, const rxt_settings *settings)
{
    fprintf(file, "rounds       %d to %d, until the intervals of the speedups are within ± %g %%\n",
            settings->rounds_min, settings->rounds_max, 100 * settings->precision);
    if (settings->epochs > 1)
        fprintf(file, "epochs       at least %d draws of memory pages for each size\n",
                settings->epochs);
    fprintf(file, "budget       %g s%s\n", settings->budget,
            settings->budget_given ? "" : "; longer if the minimum of rounds takes longer");
}

static void print_memory(FILE *file, const rxt_plan *plan)
{
    double heap = 0;

    for (int k = 0; k < plan->settings->kernels; k++) {
        const rxt_task *task = plan->settings->kernel[k]->task;

        if (task && task->heap > heap)
            heap = task->heap;
    }
    fprintf(file, "memory       %.3g GB per node, for all ranks together", plan->bytes_node / 1e9);
    if (heap > 0)
        fprintf(file, "; and %.3g GB of heap (--heap) in each rank", heap / 1e9);
    fputc('\n', file);
}

static void print_started(FILE *file, int ranks, int nodes)
{
    fprintf(file, "started      %d rank%s", ranks, ranks == 1 ? "" : "s");
    if (nodes > 1)
        fprintf(file, " on %d nodes", nodes);
    fputc('\n', file);
}

/* Prints the teams, the ways to combine results, and when workers wait for each other (sync). */
static void print_ways(FILE *file, const rxt_settings *settings)
{
    fprintf(file, "team         ");
    for (int t = 0; t < settings->teams; t++)
        fprintf(file, "%s%s", t ? ", " : "", rxt_team_kind_name(settings->team[t]));
    fprintf(file, "; combine ");
    for (int c = 0; c < settings->combines; c++)
        fprintf(file, "%s%s", c ? ", " : "", rxt_combine_name(settings->combine[c]));
    if (rxt_settings_heeds_sync(settings))
        fprintf(file, "; sync %s", rxt_sync_name(settings->sync));
    fputc('\n', file);
}

static void print_host(FILE *file, const rxt_plan *plan)
{
    const rxt_place *place = plan->place;
    const char *ending = place->seats == 1 ? "" : "s";

    fprintf(file, "host         %s%s%d %s%s", place->model, place->model[0] ? ", " : "",
            place->seats, plan->settings->smt ? "hardware thread" : "core", ending);
    if (place->quota > 0)
        fprintf(file, " (quota %.3g)", place->quota);
    fprintf(file, ", %d NUMA domain%s, %d socket%s\n", place->numas, place->numas == 1 ? "" : "s",
            place->sockets, place->sockets == 1 ? "" : "s");
}

static void print_head(FILE *file, const rxt_plan *plan, int started)
{
    const rxt_place *place = plan->place;
    char baseline[RXT_SPLIT_TEXT];

    print_host(file, plan);
    if (place->beyond > 0)
        fprintf(file, "left out     %d CPUs numbered %d and above\n", place->beyond, RXT_CPUS);
    print_started(file, started, plan->host.nodes);
    fprintf(file, "kernels      ");
    for (int k = 0; k < plan->settings->kernels; k++)
        fprintf(file, "%s%s", k ? ", " : "", plan->settings->kernel[k]->name);
    fputc('\n', file);
    print_ways(file, plan->settings);
    print_sizes(file, plan);
    print_break_even(file, plan);
    print_own(file, plan->settings);
    print_memory(file, plan);
    fprintf(file, "baseline     %s%s%s%s\n",
            rxt_split_name(plan->splits.split[plan->splits.baseline], baseline),
            plan->splits.no_baseline[0] ? " (" : "", plan->splits.no_baseline,
            plan->splits.no_baseline[0] ? ")" : "");
    print_budget(file, plan->settings);
}

static void print_splits(FILE *file, const rxt_plan *plan, int bind)
{
    char text[16384], threads[RXT_SPLIT_TEXT];

    fprintf(file, "\n%d split%s, bind %s: CPUs of every rank's threads%s, ranks separated by ;\n",
            plan->splits.count, plan->splits.count == 1 ? "" : "s",
            rxt_bind_name(plan->settings->bind[bind]), plan->host.nodes > 1 ? " on each node" : "");
    for (int p = 0; p < plan->splits.count; p++) {
        const rxt_split *split = &plan->splits.split[p];

        rxt_place_text(rxt_plan_per_node(plan, p), split->threads, rxt_plan_cpu(plan, bind, p),
                       text, sizeof text);
        fprintf(file, "%5d × %-4s  %s\n", split->ranks, rxt_split_threads(*split, threads),
                rxt_bind_leaves(plan->settings->bind[bind]) ? "as the launcher leaves them" : text);
    }
}

void rxt_report_plan(FILE *file, const rxt_plan *plan, int started)
{
    print_head(file, plan, started);
    for (int b = 0; b < plan->settings->binds; b++)
        print_splits(file, plan, b);
    if (plan->splits.left_out[0])
        fprintf(file, "\n%s\n", plan->splits.left_out);
}

static int widest_formula(const rxt_kernel *const *kernels, int count)
{
    size_t widest = strlen("formula");

    for (int k = 0; k < count; k++)
        if (strlen(kernels[k]->formula) > widest)
            widest = strlen(kernels[k]->formula);
    return (int)widest;
}

static void print_levels(FILE *file)
{
    int count;
    const rxt_level *levels = rxt_kernel_levels(&count);

    fprintf(file, "\nThis processor runs the kernels as compiled for %s (one of",
            rxt_kernel_level());
    for (int l = 0; l < count; l++)
        fprintf(file, "%s %s", l ? "," : "", levels[l].name);
    fprintf(file, ").\n");
}

/* Prints the list of tasks, which have a unit instead of loads, stores and flops. */
static void print_tasks(FILE *file, const rxt_kernel *const *tasks, int count)
{
    fprintf(file, "%-19s %-8s what is done\n", "task", "unit");
    for (int t = 0; t < count; t++) {
        const char *unit = unit_of(tasks[t]);

        fprintf(file, "%-19s %-8s %s\n", tasks[t]->name, unit ? unit : "element",
                tasks[t]->formula);
    }
}

void rxt_report_kernels(FILE *file, bool level)
{
    int count, width;
    const rxt_kernel *const *kernels = rxt_kernels(RXT_F64, &count);

    if (count > 0 && kernels[0]->task) {
        print_tasks(file, kernels, count);
        return;
    }
    width = widest_formula(kernels, count);
    fprintf(file, "%-14s %-*s  loads stores flops per element  types\n", "kernel", width,
            "formula");
    for (int k = 0; k < count; k++)
        fprintf(file, "%-14s %-*s  %5g %6g %5g              %s%s\n", kernels[k]->name, width,
                kernels[k]->formula, kernels[k]->loads, kernels[k]->stores, kernels[k]->flops,
                rxt_type_name(RXT_F64), rxt_kernel_find(kernels[k]->name, RXT_F32) ? ", f32" : "");
    if (level)
        print_levels(file);
}
