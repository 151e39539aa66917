/* trial.c - the trial visits: one visit to every row that finds calls and cost and proves the
 * result; its time is not kept.
 *
 * No estimate of a round's cost exists before them, and they may take minutes: their number and
 * remaining time are reported as soon as some are done. */
#include "study/trial.h"

#include "base/clock.h"
#include "study/budget.h"
#include "study/conduct.h"
#include "study/study_type.h"

static const double quiet = 2.0; /* seconds: a user waits so long before wondering */

typedef struct trials {
    int done, all;
    double began, spent; /* spent on `elements` of the sizes tried */
    double elements, left;
    bool said;
} trials;

/* No job has visited it yet, or every result is proved again. Roofs find their calls in their
 * first visit: rows use the budget first. */
static bool wanted(const rxt_conductor *conductor, bool anew, int c)
{
    const rxt_cell_state *state = &conductor->cells.state[c];

    return conductor->cells.opened[conductor->plan->cell[c].size] &&
           (state->calls == 0 || (anew && !state->wrong));
}

static double elements(const rxt_plan *plan, int c)
{
    return (double)plan->total[plan->cell[c].total];
}

static trials count(const rxt_conductor *conductor, bool anew)
{
    trials t = { .began = rxt_clock_now() };

    for (int c = 0; c < conductor->plan->cells; c++)
        if (wanted(conductor, anew, c)) {
            t.all++;
            t.left += elements(conductor->plan, c);
        }
    return t;
}

/* A visit's time has a part proportional to its elements and a constant part. Two estimates each
 * neglect one part; the larger one is reported. */
static double seconds_left(const trials *t)
{
    double by_count = t->spent / t->done * (t->all - t->done),
           by_elements = t->elements > 0 ? t->spent / t->elements * t->left : 0;

    return by_count > by_elements ? by_count : by_elements;
}

static void tell(const rxt_conductor *conductor, trials *t)
{
    char spent[16], left[16];

    conductor->host->trying(conductor->host->arg, t->done, t->all, seconds_left(t));
    if (t->said || t->spent < quiet || t->done == t->all)
        return;
    t->said = true;
    rxt_study_say(conductor->host,
                  "before the first round every row is tried once: %d of %d took %s s, the others "
                  "will take about %s s",
                  t->done, t->all, rxt_budget_seconds(t->spent, spent),
                  rxt_budget_seconds(seconds_left(t), left));
}

rxt_status rxt_study_try(rxt_study *study, bool *late)
{
    rxt_conductor *conductor = &study->conductor;
    bool anew = study->resume.anew;
    trials t = count(conductor, anew);
    rxt_status st;

    *late = false;
    for (int c = 0; c < study->plan.cells; c++) {
        if (!wanted(conductor, anew, c))
            continue;
        *late = rxt_conductor_too_late(conductor, c);
        if (*late)
            return RXT_OK;
        st = rxt_study_conduct(study, c, -1);
        *late = conductor->cut;
        if (st || *late)
            return st;
        t.done++;
        t.elements += elements(conductor->plan, c);
        t.left -= elements(conductor->plan, c);
        t.spent = rxt_clock_now() - t.began;
        tell(conductor, &t);
    }
    return RXT_OK;
}
