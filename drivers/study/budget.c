/* budget.c - will the minimum of rounds fit the budget, and what would? */
#include "study/study.h"

#include <math.h>
#include <stdio.h>

#include "base/clock.h"
#include "measure/measure.h"

/* Seconds of one round, and of all that are asked for, those of roofs among them. */
typedef struct needs {
    double round, all;
    int rounds;
} needs;

static needs needs_of(const rxt_study *study, double round, double roof_round, int rounds)
{
    int roofs = rxt_study_roof_rounds(study);

    return (needs){ .round = round,
                    .all = round * rounds + roof_round * (roofs < rounds ? roofs : rounds),
                    .rounds = rounds };
}

char *rxt_study_seconds(double seconds, char text[16])
{
    snprintf(text, 16, seconds < 9.95 ? "%.2g" : "%.0f", seconds);
    return text;
}

/* Whole minutes, or seconds below two: "25m", "90s". */
static void print_time(double seconds, char text[32])
{
    if (seconds < 120)
        snprintf(text, 32, "%.0fs", ceil(seconds));
    else
        snprintf(text, 32, "%.0fm", ceil(seconds / 60));
}

/* What would fit, a tenth more time than is needed. */
static void print_remedy(const rxt_study *study, const needs *n, double left, char *text,
                         size_t size)
{
    double spent = rxt_clock_now() - study->host.began;
    int fit = (int)(left / (n->all / n->rounds));
    char budget[32], rounds[40] = "";

    print_time(spent + 1.1 * n->all, budget);
    if (fit >= 1)
        snprintf(rounds, sizeof rounds, " or --rounds=%d", fit);
    snprintf(text, size, "--budget=%s%s fits, or take fewer kernels, sizes or splits", budget,
             rounds);
}

/* A visit is taken to fill its operands, each worker its share, and to last no longer than it must:
 * a call that is proved, and calls that are timed. */
static double guess(const rxt_study *study, const rxt_cell *cell)
{
    const rxt_split *split = rxt_study_split(study, cell);
    const rxt_kernel *kernel = rxt_plan_kernel(&study->plan, cell->kernel);
    double (*wait)(const rxt_task_options *) = kernel->task ? kernel->task->wait : NULL;
    double share = (double)study->plan.total[cell->total] / ((double)split->ranks * split->threads),
           each = study->made > 0 ? study->making / study->made : 0,
           call = wait ? ceil(share) * wait(&study->settings->options) : 0;

    return share * rxt_inputs_of(kernel) * each + call +
           fmax(call, rxt_measure_least(study->resolution));
}

void rxt_study_say_guess(const rxt_study *study)
{
    const rxt_plan *plan = &study->plan;
    double round = 0, roofs = 0, left = study->deadline - rxt_clock_now();
    char remedy[160], all[16];
    needs n;

    if (!study->settings->budget_given || study->rounds > 0)
        return;
    for (int c = 0; c < plan->all; c++)
        if (study->opened[plan->cell[c].size])
            *(c < plan->cells ? &round : &roofs) += guess(study, &plan->cell[c]);
    n = needs_of(study, round, roofs, study->settings->rounds_min);
    if (n.all <= left)
        return;
    print_remedy(study, &n, left, remedy, sizeof remedy);
    rxt_study_say(study,
                  "--budget=%gs: the minimum of %d rounds of %d rows will take about %s s, so the "
                  "study may end before (exit code 4); %s",
                  study->settings->budget, n.rounds, rxt_study_count_rows(study, study->opened),
                  rxt_study_seconds(n.all, all), remedy);
}

/* Seconds that a round of the rows' visits takes; a roof's visit is taken to last as long. */
static double cost_of_rows(const rxt_study *study)
{
    double cost = 0;

    for (int c = 0; c < study->plan.cells; c++)
        cost += study->state[c].cost;
    return cost;
}

void rxt_study_say_needs(const rxt_study *study)
{
    const rxt_settings *settings = study->settings;
    int whole = rxt_study_whole(study);
    double round = cost_of_rows(study), left = study->deadline - rxt_clock_now();
    needs n = needs_of(study, round,
                       round * (study->plan.all - study->plan.cells) /
                           rxt_study_count_rows(study, study->opened),
                       settings->rounds_min > whole ? settings->rounds_min - whole : 0);
    char remedy[160] = "", one[16], all[16];

    rxt_study_seconds(n.rounds > 0 ? n.all / n.rounds : round, one);
    rxt_study_seconds(n.all, all);
    if (settings->budget_given && n.all > left)
        print_remedy(study, &n, left, remedy, sizeof remedy);
    if (settings->budget_given)
        rxt_study_say(study,
                      "budget %gs: one round takes about %s s, the minimum of %d rounds %s s%s%s",
                      settings->budget, one, settings->rounds_min, all,
                      remedy[0] ? ", which is more than is left; " : "", remedy);
    else if (n.all > left)
        rxt_study_say(
            study,
            "the minimum of %d rounds takes about %s s more and ends after the usual budget "
            "of %g s; --budget or --rounds shortens it",
            settings->rounds_min, all, settings->budget);
}
