/* budget.c - checks whether the minimum of rounds fits into the budget, and suggests options that
 * would fit. */
#include "study/budget.h"

#include <math.h>
#include <stdio.h>

#include "base/clock.h"
#include "measure/measure.h"

/* Estimate of the rounds that remain. rounds: their number; round: seconds of one round without
 * roofs; all: seconds of all these rounds with roofs. */
typedef struct needs {
    double round, all;
    int rounds;
} needs;

static needs needs_of(const rxt_conductor *conductor, double round, double roof_round, int rounds)
{
    int roofs = rxt_conductor_roof_rounds(conductor);

    return (needs){ .round = round,
                    .all = round * rounds + roof_round * (roofs < rounds ? roofs : rounds),
                    .rounds = rounds };
}

char *rxt_budget_seconds(double seconds, char text[16])
{
    snprintf(text, 16, seconds < 9.95 ? "%.2g" : "%.0f", seconds);
    return text;
}

/* Prints a time in whole minutes, such as "25m", or below 2 minutes in seconds, such as "90s". */
static void print_time(double seconds, char text[32])
{
    if (seconds < 120)
        snprintf(text, 32, "%.0fs", ceil(seconds));
    else
        snprintf(text, 32, "%.0fm", ceil(seconds / 60));
}

/* Names the options that would fit: a --budget with 10 % more time than needed, or, if at least one
 * round fits, fewer --rounds. */
static void print_remedy(const rxt_conductor *conductor, const needs *n, double left, char *text,
                         size_t size)
{
    double spent = rxt_clock_now() - conductor->host->began;
    int fit = (int)(left / (n->all / n->rounds));
    char budget[32], rounds[40] = "";

    print_time(spent + 1.1 * n->all, budget);
    if (fit >= 1)
        snprintf(rounds, sizeof rounds, " or --rounds=%d", fit);
    snprintf(text, size, "--budget=%s%s is enough; or take fewer kernels, sizes or splits", budget,
             rounds);
}

/* Estimates the seconds of one visit: each worker fills its share (`each` seconds per element),
 * makes one call that is proved, and then makes timed calls for at least the shortest duration of a
 * visit. */
static double guess(const rxt_plan *plan, const rxt_cell *cell, double each, double resolution)
{
    const rxt_split *split = &plan->splits.split[cell->split];
    const rxt_kernel *kernel = rxt_plan_kernel(plan, cell->kernel);
    double (*wait)(const rxt_task_options *) = kernel->task ? kernel->task->wait : NULL;
    double share = (double)plan->total[cell->total] / ((double)split->ranks * split->threads),
           call = wait ? ceil(share) * wait(&plan->settings->options) : 0;

    return share * rxt_inputs_of(kernel) * each + call + fmax(call, rxt_measure_least(resolution));
}

void rxt_budget_say_guess(const rxt_conductor *conductor, double each, double resolution)
{
    const rxt_plan *plan = conductor->plan;
    const rxt_settings *settings = plan->settings;
    double round = 0, roofs = 0, left = conductor->deadline - rxt_clock_now();
    char remedy[160], all[16];
    needs n;

    if (!settings->budget_given || conductor->cells.rounds > 0)
        return;
    for (int c = 0; c < plan->all; c++)
        if (conductor->cells.opened[plan->cell[c].size])
            *(c < plan->cells ? &round : &roofs) += guess(plan, &plan->cell[c], each, resolution);
    n = needs_of(conductor, round, roofs, settings->rounds_min);
    if (n.all <= left)
        return;
    print_remedy(conductor, &n, left, remedy, sizeof remedy);
    rxt_study_say(conductor->host,
                  "--budget=%gs: the minimum of %d rounds of %d rows will take about %s s, so the "
                  "study may end before that (exit code 4); %s",
                  settings->budget, n.rounds, rxt_cell_states_rows(plan, conductor->cells.opened),
                  rxt_budget_seconds(n.all, all), remedy);
}

/* Seconds of one round of all rows. Roofs are not included; a visit to a roof is assumed to cost as
 * much as a visit to a row. */
static double cost_of_rows(const rxt_plan *plan, const rxt_cell_states *cells)
{
    double cost = 0;

    for (int c = 0; c < plan->cells; c++)
        cost += cells->state[c].cost;
    return cost;
}

void rxt_budget_say_needs(const rxt_conductor *conductor)
{
    const rxt_plan *plan = conductor->plan;
    const rxt_settings *settings = plan->settings;
    int whole = rxt_cell_states_whole(plan, &conductor->cells);
    double round = cost_of_rows(plan, &conductor->cells),
           left = conductor->deadline - rxt_clock_now();
    needs n = needs_of(conductor, round,
                       round * (plan->all - plan->cells) /
                           rxt_cell_states_rows(plan, conductor->cells.opened),
                       settings->rounds_min > whole ? settings->rounds_min - whole : 0);
    char remedy[160] = "", one[16], all[16];

    rxt_budget_seconds(n.rounds > 0 ? n.all / n.rounds : round, one);
    rxt_budget_seconds(n.all, all);
    if (settings->budget_given && n.all > left)
        print_remedy(conductor, &n, left, remedy, sizeof remedy);
    if (settings->budget_given)
        rxt_study_say(conductor->host,
                      "budget %gs: one round takes about %s s, the minimum of %d rounds %s s%s%s",
                      settings->budget, one, settings->rounds_min, all,
                      remedy[0] ? ", more than is left; " : "", remedy);
    else if (n.all > left)
        rxt_study_say(
            conductor->host,
            "the minimum of %d rounds takes about %s s more and ends after the usual budget "
            "of %g s; --budget or --rounds shortens it",
            settings->rounds_min, all, settings->budget);
}
