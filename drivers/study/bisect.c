/* bisect.c - adds sizes between those asked for, until the break-even sizes are known. */
#include "study/bisect.h"

#include <math.h>

#include "analysis/break_even.h"
#include "base/clock.h"
#include "study/budget.h"
#include "study/conduct.h"
#include "study/study_type.h"

static const double part = 0.1; /* a break-even size is known if its bracket is within ± 10 % */

enum { LEAST_ROUNDS = 6 }; /* with fewer samples there is no 95 % interval */

/* Computes the break-even sizes from the rows measured so far. On failure the list is empty. Free
 * it with rxt_break_even_free. */
static rxt_status look(const rxt_study *study, rxt_break_even_list *list)
{
    rxt_rows rows;
    rxt_status st = rxt_study_times(study, &rows);

    *list = (rxt_break_even_list){ 0 };
    if (!st)
        st = rxt_break_even_of(&rows, list);
    rxt_study_rows_free(&rows);
    return st;
}

/* Entry i of a list in which threads and processes alternate. NULL if that comparison was not
 * made. */
static const rxt_break_even *number(const rxt_break_even_list *list, int i)
{
    const rxt_break_evens *of = &list->of[i / 2];

    if (i % 2)
        return of->has_processes ? &of->processes : NULL;
    return of->has_threads ? &of->threads : NULL;
}

/* ---- when to judge ---- */

int rxt_study_enough(const rxt_study *study)
{
    int least = study->settings.rounds_min;

    return study->settings.break_even && least < LEAST_ROUNDS ? LEAST_ROUNDS : least;
}

/* Does every open size have enough whole rounds to be judged? */
static bool ripe(const rxt_study *study, const int blocks[], int open)
{
    for (int b = 0; b < open; b++)
        if (study->conductor.cells.whole[blocks[b]] < rxt_study_enough(study))
            return false;
    return true;
}

static bool at_look(const rxt_study *study, const int blocks[], int open)
{
    for (int b = 0; b < open; b++)
        if (rxt_sample_look(rxt_study_enough(study), study->conductor.cells.whole[blocks[b]]) ==
            study->conductor.cells.whole[blocks[b]])
            return true;
    return open == 0;
}

/* ---- what to visit ---- */

static bool needed(const rxt_break_even_list *list, ptrdiff_t n)
{
    for (int i = 0; i < 2 * list->count; i++)
        if (number(list, i) && rxt_break_even_within(number(list, i), part, n))
            return true;
    return false;
}

static void drop(const rxt_study *study, const rxt_break_even_list *list, int blocks[], int *open)
{
    int left = 0;

    for (int b = 0; b < *open; b++)
        if (blocks[b] < study->plan.asked || needed(list, study->plan.n[blocks[b]]))
            blocks[left++] = blocks[b];
    *open = left;
}

/* Is there memory for one more size? plan->bytes_node already counts the sizes asked for, so only
 * the added sizes that are open are summed here. */
static bool fits(const rxt_study *study, int size)
{
    const rxt_plan *plan = &study->plan;
    double bytes = plan->bytes_node + rxt_plan_bytes(plan, size);

    for (int s = plan->asked; s < plan->sizes; s++)
        bytes += study->conductor.cells.opened[s] ? rxt_plan_bytes(plan, s) : 0;
    return bytes <= plan->bytes_most;
}

/* Makes the trial visits of an added size: one to each of its cells. Their times are not kept. */
static rxt_status try_size(rxt_study *study, int size)
{
    rxt_status st = RXT_OK;

    for (int c = 0; c < study->plan.cells && !st; c++)
        if (study->plan.cell[c].size == size && !rxt_conductor_too_late(&study->conductor, c))
            st = rxt_study_conduct(study, c, -1);
    return st;
}

/* Opens a size and makes its trial visits. If there is no memory, no more sizes are added: the
 * break-even sizes are then known less precisely, and the results so far are kept. */
static rxt_status widen(rxt_study *study, int size)
{
    rxt_status st = fits(study, size)
                        ? rxt_study_widen(study, size)
                        : rxt_status_no_memory("is left for n = %td", study->plan.n[size]);

    if (!st)
        return try_size(study, size);
    if (rxt_status_code(st) != RXT_ENVIRONMENT)
        return st;
    rxt_study_say(&study->host, "--break-even: %s; no more sizes are added", st->text);
    rxt_status_free(st);
    study->conductor.narrowed = true;
    return RXT_OK;
}

static rxt_status add(rxt_study *study, const rxt_break_even_list *list, int blocks[], int *open)
{
    const rxt_plan *plan = &study->plan;
    const rxt_conductor *conductor = &study->conductor;
    const bool *opened = conductor->cells.opened;
    rxt_status st = RXT_OK;

    for (int i = 0; i < 2 * list->count && !st && !conductor->narrowed && !conductor->cut; i++) {
        int next = -1;

        if (number(list, i))
            next = rxt_break_even_next(number(list, i), part, plan->sizes, plan->n, opened);
        if (next < 0)
            continue;
        st = widen(study, next);
        if (!st && opened[next])
            blocks[(*open)++] = next;
    }
    return st;
}

rxt_status rxt_study_bisect(rxt_study *study, bool now, int blocks[], int *open)
{
    bool spent = study->settings.budget_given && rxt_clock_now() > study->conductor.deadline;
    rxt_break_even_list list;
    rxt_status st;

    if (!study->settings.break_even || spent || !ripe(study, blocks, *open) ||
        !(now || at_look(study, blocks, *open)))
        return RXT_OK;
    st = look(study, &list);
    if (st)
        return st;
    drop(study, &list, blocks, open);
    st = add(study, &list, blocks, open);
    rxt_break_even_free(&list);
    return st;
}

/* ---- messages ---- */

/* Estimates how many sizes must be added for one break-even size. Starts from the widest gap
 * between two neighbouring sizes asked for, as a ratio. Each added size halves the gap on a log
 * scale. The result is the number of halvings until the ratio is 1.1, plus one. */
static int most_steps(const rxt_plan *plan)
{
    double widest = 1;

    for (int s = 0; s < plan->asked; s++) {
        double next = INFINITY, n = plan->n[s] > 0 ? (double)plan->n[s] : 1;

        for (int t = 0; t < plan->asked; t++)
            if (plan->n[t] > plan->n[s])
                next = fmin(next, (double)plan->n[t]);
        if (isfinite(next))
            widest = fmax(widest, next / n);
    }
    return (int)fmax(1, ceil(log2(log(widest) / log1p(part))) + 1);
}

static double cost_of(const rxt_study *study, int size)
{
    double cost = 0;

    for (int c = 0; c < study->plan.cells; c++)
        cost += study->plan.cell[c].size == size ? study->conductor.cells.state[c].cost : 0;
    return cost;
}

void rxt_study_say_bisection(const rxt_study *study)
{
    char all[16];
    double cost = 0;

    if (!study->settings.break_even)
        return;
    for (int s = 0; s < study->plan.asked; s++)
        cost = fmax(cost, cost_of(study, s));
    rxt_study_say(&study->host,
                  "--break-even: each break-even size needs measurements at about %d more sizes, "
                  "each in %s s or less",
                  most_steps(&study->plan),
                  rxt_budget_seconds(cost * rxt_study_enough(study), all));
}

void rxt_study_say_brackets(const rxt_study *study)
{
    rxt_break_even_list list;
    int all = 0, unknown = 0;
    rxt_status st;

    if (!study->settings.break_even)
        return;
    st = look(study, &list);
    if (st) { /* no memory for this message; the study must not end for that reason */
        rxt_status_free(st);
        return;
    }
    for (int i = 0; i < 2 * list.count; i++)
        if (number(&list, i)) {
            all++;
            unknown += !rxt_break_even_known(number(&list, i), part);
        }
    if (unknown || !all)
        rxt_study_say(
            &study->host,
            all ? "--break-even: %d of %d break-even sizes %s not known to ± %g %% when the study "
                  "ended; use more --rounds, or a longer --budget"
                : "--break-even: no split uses only threads or only processes; nothing to search",
            unknown, all, unknown == 1 ? "is" : "are", 100 * part);
    rxt_break_even_free(&list);
}
