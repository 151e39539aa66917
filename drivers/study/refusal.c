/* refusal.c - reports what could not be measured on this host, and wrong results. */
#include "study/refusal.h"

#include <stdio.h>
#include <string.h>

#include "base/list.h"

static void name_left_out(const rxt_plan *plan, const rxt_cell_states *cells, int c, char *line,
                          size_t size)
{
    const rxt_cell *cell = &plan->cell[c];
    char name[RXT_SPLIT_TEXT], n[32];

    snprintf(line, size, "%s of %s on %s is left out: %s",
             rxt_plan_kernel(plan, cell->kernel)->name, rxt_list_print(plan->n[cell->size], n),
             rxt_split_plain(plan->splits.split[cell->split], name), cells->state[c].trouble);
}

static bool all_given_up(const rxt_plan *plan, const rxt_cell_states *cells)
{
    for (int c = 0; c < plan->cells; c++)
        if (cells->opened[plan->cell[c].size] && !cells->state[c].trouble)
            return false;
    return true;
}

/* Does a row before c have the same reason? Then the reason is already reported. */
static bool reported_before(const rxt_cell_states *cells, int c)
{
    for (int before = 0; before < c; before++)
        if (cells->state[before].trouble &&
            !strcmp(cells->state[before].trouble, cells->state[c].trouble))
            return true;
    return false;
}

void rxt_refusal_say_left_out(const rxt_conductor *conductor)
{
    const rxt_plan *plan = conductor->plan;
    const rxt_cell_states *cells = &conductor->cells;
    char line[RXT_STATUS_TEXT + 200];

    if (all_given_up(plan, cells))
        return;
    for (int c = 0; c < plan->cells; c++) {
        if (!cells->state[c].trouble || cells->state[c].refused_work || reported_before(cells, c))
            continue;
        name_left_out(plan, cells, c, line, sizeof line);
        rxt_study_say(conductor->host, "%s", line);
    }
}

/* The status for row c, which could not be measured, and for `more` further rows. */
static rxt_status status_of(const rxt_plan *plan, const rxt_cell_states *cells, int c, int more)
{
    rxt_code code = cells->state[c].refused_work ? RXT_ENVIRONMENT : RXT_USAGE;
    char line[RXT_STATUS_TEXT + 200];

    name_left_out(plan, cells, c, line, sizeof line);
    if (more == 0)
        return rxt_status_of(code, "%s", line);
    return rxt_status_of(code, "%.400s (and %d more row%s)", line, more, more == 1 ? "" : "s");
}

rxt_status rxt_refusal_of(const rxt_conductor *conductor)
{
    const rxt_plan *plan = conductor->plan;
    const rxt_cell_states *cells = &conductor->cells;
    bool all = all_given_up(plan, cells);
    int refused = 0, first = -1;

    for (int c = plan->cells - 1; c >= 0; c--)
        if (cells->state[c].refused_work || (all && cells->state[c].trouble)) {
            refused++;
            first = c;
        }
    return refused == 0 ? RXT_OK : status_of(plan, cells, first, refused - 1);
}

void rxt_refusal_say_unbound(const rxt_conductor *conductor)
{
    const rxt_plan *plan = conductor->plan;
    const rxt_cell_states *cells = &conductor->cells;

    for (int c = 0; c < plan->cells; c++)
        if (cells->state[c].refused) {
            rxt_study_say(conductor->host,
                          "thread binding failed (%s); measuring unbound (rows are marked)",
                          strerror(cells->state[c].refused));
            return;
        }
}

rxt_status rxt_refusal_wrong(const rxt_conductor *conductor)
{
    const rxt_plan *plan = conductor->plan;
    const rxt_cell_states *cells = &conductor->cells;
    int wrong = 0, first = -1;
    const rxt_kernel *kernel;
    char what[64] = "an element is wrong", split[RXT_SPLIT_TEXT];

    for (int c = plan->cells - 1; c >= 0; c--)
        if (cells->state[c].wrong) {
            wrong++;
            first = c;
        }
    if (wrong == 0)
        return RXT_OK;
    kernel = plan->settings->kernel[plan->cell[first].kernel];
    if (kernel->merge)
        snprintf(what, sizeof what, "%.17g", cells->state[first].result.value);
    return rxt_status_of(RXT_WRONG,
                         "wrong result of %s at n = %td on %s: %s (%d rows are marked; their "
                         "times are not kept)",
                         kernel->name, plan->n[plan->cell[first].size],
                         rxt_split_plain(plan->splits.split[plan->cell[first].split], split), what,
                         wrong);
}
