/* study_budget.c - will the minimum of rounds fit the budget, and what would? */
#include <rxt/study.h>

#include <math.h>
#include <stdio.h>

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
    double spent = rxt_measure_now() - study->host.began;
    int fit = (int)(left / (n->all / n->rounds));
    char budget[32], rounds[40] = "";

    print_time(spent + 1.1 * n->all, budget);
    if (fit >= 1)
        snprintf(rounds, sizeof rounds, " or --rounds=%d", fit);
    snprintf(text, size, "--budget=%s%s fits, or take fewer kernels, sizes or splits", budget,
             rounds);
}

/* A visit is taken to fill its operands, each worker its share, and to last no longer than it must.
 */
static double guess(const rxt_study *study, const rxt_cell *cell)
{
    const rxt_point *point = rxt_study_point(study, cell);
    const rxt_kernel *kernel = rxt_plan_kernel(&study->plan, cell->kernel);
    double elements = (double)study->plan.total[cell->total] * rxt_inputs_of(kernel),
           each = study->made > 0 ? study->making / study->made : 0;

    return rxt_measure_least(study->resolution) + elements * each / (point->ranks * point->threads);
}

void rxt_study_say_guess(const rxt_study *study)
{
    const rxt_plan *plan = &study->plan;
    double round = 0, roofs = 0, left = study->deadline - rxt_measure_now();
    char line[400], remedy[160];
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
    snprintf(line, sizeof line,
             "--budget=%gs: the minimum of %d rounds of %d rows will take about %.2g s, so the "
             "study may end before (exit code 4); %s",
             study->settings->budget, n.rounds, plan->cells, n.all, remedy);
    rxt_study_say(study, line);
}

/* Seconds that a round of the rows' visits takes; a roof's visit is taken to last as long. */
static double cost_of_rows(const rxt_study *study, int *rows)
{
    double cost = 0;

    for (int c = 0; c < study->plan.cells; c++) {
        cost += study->tally[c].cost;
        *rows += study->opened[study->plan.cell[c].size];
    }
    return cost;
}

void rxt_study_say_needs(const rxt_study *study)
{
    const rxt_settings *settings = study->settings;
    int rows = 0, whole = rxt_study_whole(study);
    double round = cost_of_rows(study, &rows), left = study->deadline - rxt_measure_now();
    needs n = needs_of(study, round, round * (study->plan.all - study->plan.cells) / rows,
                       settings->rounds_min > whole ? settings->rounds_min - whole : 0);
    char line[400], remedy[160] = "";

    if (settings->budget_given && n.all > left)
        print_remedy(study, &n, left, remedy, sizeof remedy);
    if (settings->budget_given)
        snprintf(line, sizeof line,
                 "budget %gs: one round takes about %.2g s, the minimum of %d rounds %.2g s%s%s",
                 settings->budget, n.rounds > 0 ? n.all / n.rounds : round, settings->rounds_min,
                 n.all, remedy[0] ? ", which is more than is left; " : "", remedy);
    else if (n.all > left)
        snprintf(line, sizeof line,
                 "the minimum of %d rounds takes about %.2g s more and ends after the usual budget "
                 "of %g s; --budget or --rounds shortens it",
                 settings->rounds_min, n.all, settings->budget);
    else
        return;
    rxt_study_say(study, line);
}
