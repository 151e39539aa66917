/* trial.c - the trial visits: one visit to every row, which finds the number of calls and the cost
 * and proves the result. Its time is not kept.
 *
 * Before the trials there is no estimate of the cost of a round, and the trials themselves may take
 * minutes. So their number and the remaining time are reported as soon as some are done. */
#include "study/trial.h"

#include "base/clock.h"
#include "study/budget.h"
#include "study/conduct.h"
#include "study/study_type.h"

static const double quiet = 2.0; /* seconds of trials before the first report to the user */

typedef struct trials {
    int done, all;
    double began, spent; /* seconds spent on the `elements` tried so far */
    double elements, left;
    bool said;
} trials;

/* Does cell c need a trial visit? Yes if its size is open and no job has visited it, and, if
 * `anew`, also if its results so far are right, because each result must be proved again. Roofs
 * have no trials; they find their calls in their first visit, so that the rows use the budget
 * first. */
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

/* Estimates the remaining time of the trials. A visit's time has a constant part and a part
 * proportional to its elements. Each of two estimates neglects one of the parts; the larger
 * estimate is reported. */
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
