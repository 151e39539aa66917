/* cell_state.c - the results and the state of every cell, on rank 0. */
#include "study/cell_state.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static rxt_status no_memory(void)
{
    return rxt_status_no_memory("for the study's rounds; --rounds=MIN:MAX with a "
                                "smaller MAX takes less");
}

static double *no_times(int rounds)
{
    double *times = malloc((size_t)rounds * sizeof *times);

    for (int r = 0; times && r < rounds; r++)
        times[r] = NAN;
    return times;
}

static int *no_epochs(int rounds)
{
    return calloc((size_t)rounds, sizeof(int));
}

static rxt_status make_cell_state(rxt_cell_state *state, int rounds, int workers)
{
    state->error = NAN;
    state->result = (rxt_value){ .value = NAN, .index = -1 };
    state->seconds = no_times(rounds);
    state->seen = malloc((size_t)workers * sizeof *state->seen);
    state->epoch = no_epochs(rounds);
    if (!state->seconds || !state->seen || !state->epoch)
        return no_memory();
    for (int f = 0; f < RXT_VISIT_FIGURES; f++)
        if (!(state->figure[f] = no_times(rounds)))
            return no_memory();
    for (int w = 0; w < workers; w++)
        state->seen[w] = -1;
    return RXT_OK;
}

rxt_status rxt_cell_states_grow(const rxt_plan *plan, int size, rxt_cell_states *cells)
{
    rxt_status st = RXT_OK;

    for (int c = 0; c < plan->all && !st; c++) {
        const rxt_split *split = &plan->splits.split[plan->cell[c].split];

        if (plan->cell[c].size == size)
            st = make_cell_state(&cells->state[c], cells->room, rxt_split_workers(*split));
    }
    cells->opened[size] = !st;
    return st;
}

rxt_status rxt_cell_states_make(const rxt_plan *plan, rxt_cell_states *cells)
{
    rxt_status st = RXT_OK;

    cells->room = plan->settings->rounds_max;
    cells->state = calloc((size_t)plan->all, sizeof *cells->state);
    cells->whole = calloc((size_t)plan->sizes, sizeof *cells->whole);
    cells->opened = calloc((size_t)plan->sizes, sizeof *cells->opened);
    cells->epoch = calloc((size_t)plan->sizes, sizeof *cells->epoch);
    if (!cells->state || !cells->whole || !cells->opened || !cells->epoch)
        return no_memory();
    for (int s = 0; s < plan->asked && !st; s++)
        st = rxt_cell_states_grow(plan, s, cells);
    return st;
}

void rxt_cell_states_free(const rxt_plan *plan, rxt_cell_states *cells)
{
    for (int c = 0; cells->state && c < plan->all; c++) {
        free(cells->state[c].seconds);
        free(cells->state[c].epoch);
        for (int f = 0; f < RXT_VISIT_FIGURES; f++)
            free(cells->state[c].figure[f]);
        free(cells->state[c].trouble);
        free(cells->state[c].seen);
    }
    for (int o = 0; o < cells->outgrown_count; o++)
        free(cells->outgrown[o]);
    free(cells->outgrown);
    free(cells->state);
    free(cells->whole);
    free(cells->opened);
    free(cells->epoch);
}

/* Keeps the old list of times until the end of the study: after a signal another thread may still
 * read this list to make rows. */
static bool keep_old(void *times, rxt_cell_states *cells)
{
    size_t size = (size_t)cells->outgrown_count + 1;
    void **longer = realloc(cells->outgrown, size * sizeof *longer);

    if (!longer)
        return false;
    cells->outgrown = longer;
    longer[cells->outgrown_count++] = times;
    return true;
}

/* Replaces a list by the longer one `more`, whose elements have `size` bytes; false without memory
 * (`more` is NULL, or the old list cannot be kept). */
static bool lengthen(void **list, void *more, size_t size, rxt_cell_states *cells)
{
    if (!more || !keep_old(*list, cells)) {
        free(more);
        return false;
    }
    memcpy(more, *list, (size_t)cells->room * size);
    *list = more;
    return true;
}

static bool lengthen_times(double **times, int rounds, rxt_cell_states *cells)
{
    void *list = *times;
    bool done = lengthen(&list, no_times(rounds), sizeof **times, cells);

    *times = list;
    return done;
}

static bool lengthen_epochs(int **epochs, int rounds, rxt_cell_states *cells)
{
    void *list = *epochs;
    bool done = lengthen(&list, no_epochs(rounds), sizeof **epochs, cells);

    *epochs = list;
    return done;
}

rxt_status rxt_cell_states_room(const rxt_plan *plan, int rounds, rxt_cell_states *cells)
{
    for (int c = 0; c < plan->all && rounds > cells->room; c++) {
        rxt_cell_state *state = &cells->state[c];

        if (!cells->opened[plan->cell[c].size])
            continue;
        if (!lengthen_times(&state->seconds, rounds, cells) ||
            !lengthen_epochs(&state->epoch, rounds, cells))
            return no_memory();
        for (int f = 0; f < RXT_VISIT_FIGURES; f++)
            if (!lengthen_times(&state->figure[f], rounds, cells))
                return no_memory();
    }
    cells->room = rounds > cells->room ? rounds : cells->room;
    return RXT_OK;
}

/* Sizes that are opened late are still measured when the others have settings->rounds_max rounds,
 * so there can be more rounds than rounds_max. */
rxt_status rxt_cell_states_begin_round(const rxt_plan *plan, rxt_cell_states *cells)
{
    rxt_status st = RXT_OK;

    if (cells->rounds == cells->room)
        st = rxt_cell_states_room(plan, cells->room + plan->settings->rounds_max, cells);
    cells->rounds += !st;
    return st;
}

void rxt_cell_states_next_epoch(rxt_cell_states *cells, int size)
{
    const double most = 0.07; /* with what draws cost indirectly, such as colder caches: a tenth */
    rxt_epoch_state *epoch = &cells->epoch[size];

    if (epoch->drawing <= most * epoch->visiting)
        epoch->number++;
}

void rxt_cell_states_count_epoch(rxt_cell_states *cells, int size, double cost, double drawing)
{
    rxt_epoch_state *epoch = &cells->epoch[size];

    epoch->visiting += cost - drawing;
    epoch->drawing += drawing;
}

void rxt_cell_states_enter(const rxt_journal_visit *visit, rxt_cell_states *cells)
{
    rxt_cell_state *state = &cells->state[visit->cell];

    state->result = visit->result;
    state->error = visit->error;
    state->wrong = !visit->right;
    state->calls = visit->calls;
    if (visit->refused && !state->refused)
        state->refused = visit->refused;
    state->astray = state->astray || visit->astray;
    memmove(state->seen, visit->seen, (size_t)visit->workers * sizeof *state->seen);
    state->cost = visit->cost;
    if (visit->round >= 0) {
        state->seconds[visit->round] = visit->seconds;
        state->epoch[visit->round] = visit->epoch;
    }
    for (int f = 0; f < RXT_VISIT_FIGURES && visit->round >= 0; f++)
        state->figure[f][visit->round] = visit->figures.of[f];
    /* a wrong result makes all times of the cell invalid */
    for (int r = 0; state->wrong && (r <= visit->round || r < cells->rounds); r++)
        state->seconds[r] = NAN;
}

rxt_status rxt_cell_states_give_up(int c, rxt_status why, rxt_cell_states *cells)
{
    rxt_cell_state *state = &cells->state[c];

    free(state->trouble);
    state->trouble = strdup(why->text);
    state->refused_work = rxt_status_code(why) != RXT_USAGE;
    rxt_status_free(why);
    return state->trouble ? RXT_OK : no_memory();
}

/* Were all rows of the block visited in that round? Cells that are never visited again (wrong
 * result, or a task that cannot be done) do not count. */
static bool is_whole(const rxt_plan *plan, const rxt_cell_states *cells, int size, int round)
{
    for (int c = 0; c < plan->cells; c++)
        if (plan->cell[c].size == size && !cells->state[c].wrong && !cells->state[c].trouble &&
            isnan(cells->state[c].seconds[round]))
            return false;
    return true;
}

void rxt_cell_states_count_whole(const rxt_plan *plan, rxt_cell_states *cells)
{
    for (int s = 0; s < plan->sizes; s++) {
        cells->whole[s] = 0;
        for (int r = 0; cells->opened[s] && r < cells->rounds; r++)
            cells->whole[s] += is_whole(plan, cells, s, r);
    }
}

int rxt_cell_states_whole(const rxt_plan *plan, const rxt_cell_states *cells)
{
    int least = INT_MAX;

    for (int s = 0; s < plan->asked; s++)
        least = cells->whole[s] < least ? cells->whole[s] : least;
    return least;
}

bool rxt_cell_states_any(const rxt_plan *plan, const rxt_cell_states *cells)
{
    for (int c = 0; cells->state && c < plan->cells; c++)
        if (cells->state[c].calls > 0 || cells->state[c].wrong)
            return true;
    return false;
}

int rxt_cell_states_rows(const rxt_plan *plan, const bool opened[])
{
    int rows = 0;

    for (int c = 0; c < plan->cells; c++)
        rows += opened[plan->cell[c].size];
    return rows;
}
