/* conductor.c - decides which cells are visited next, and when a size or the budget is done. */
#include "study/conductor.h"

#include <stdlib.h>

#include "base/clock.h"
#include "stats/block.h"

enum { ROOF_ROUNDS = 15 }; /* at most; after these rounds roofs are not visited */

int rxt_conductor_roof_rounds(const rxt_conductor *conductor)
{
    int least = conductor->plan->settings->rounds_min;

    return least < ROOF_ROUNDS ? least : ROOF_ROUNDS;
}

/* A roof is wanted while at least one of the rows that are compared with it has no wrong result. */
static void want_roofs(const rxt_plan *plan, rxt_cell_state state[])
{
    for (int c = plan->cells; c < plan->all; c++)
        state[c].wanted = false;
    for (int c = 0; c < plan->cells; c++)
        for (int kind = 0; kind < RXT_ROOF_KINDS; kind++)
            if (plan->cell[c].roof[kind] >= 0 && !state[c].wrong)
                state[plan->cell[c].roof[kind]].wanted = true;
}

int rxt_conductor_block(rxt_conductor *conductor, int size, int cells[])
{
    const rxt_plan *plan = conductor->plan;
    rxt_cell_state *state = conductor->cells.state;
    bool roofs = conductor->cells.whole[size] < rxt_conductor_roof_rounds(conductor);
    int count = 0;

    want_roofs(plan, state);
    for (int c = 0; c < (roofs ? plan->all : plan->cells); c++)
        if (plan->cell[c].size == size && !state[c].wrong && !state[c].trouble &&
            (c < plan->cells || state[c].wanted))
            cells[count++] = c;
    return count;
}

bool rxt_conductor_is_precise(const rxt_conductor *conductor, int size, int cells[])
{
    const rxt_plan *plan = conductor->plan;
    const rxt_cell_states *states = &conductor->cells;
    rxt_block_rule rule = { .min = plan->settings->rounds_min,
                            .max = plan->settings->rounds_max,
                            .epochs = plan->settings->epochs,
                            .precision = plan->settings->precision };
    int count = 0, total = plan->cells;
    const double **seconds = calloc((size_t)total, sizeof *seconds);
    int *baseline = calloc((size_t)total, sizeof *baseline),
        *number = calloc((size_t)total, sizeof *number);
    bool done = states->rounds >= rule.max; /* if there is no memory to find out */

    if (seconds && baseline && number) {
        for (int c = 0; c < total; c++)
            if (plan->cell[c].size == size) {
                number[c] = count;
                cells[count] = c;
                seconds[count++] = states->state[c].seconds;
            }
        for (int i = 0; i < count; i++)
            baseline[i] = number[plan->cell[cells[i]].baseline];
        done =
            rxt_block_done(&(rxt_block){ .rows = count,
                                         .seconds = seconds,
                                         .baseline = baseline,
                                         .epoch = count > 0 ? states->state[cells[0]].epoch : NULL,
                                         .partial = states->rounds - states->whole[size] },
                           &rule, states->rounds);
    }
    free(seconds);
    free(baseline);
    free(number);
    return done;
}

bool rxt_conductor_too_late(const rxt_conductor *conductor, int c)
{
    double cost = conductor->cells.state[c].cost;

    return conductor->cut || (conductor->plan->settings->budget_given &&
                              rxt_clock_now() + cost > conductor->deadline);
}

rxt_status rxt_conductor_out_of_budget(const rxt_conductor *conductor)
{
    const rxt_settings *settings = conductor->plan->settings;
    int rounds = rxt_cell_states_whole(conductor->plan, &conductor->cells);

    if (rounds >= settings->rounds_min)
        return RXT_OK;
    return rxt_status_of(RXT_STOPPED, "--budget=%gs ended the study after %d of at least %d rounds",
                         settings->budget, rounds, settings->rounds_min);
}
