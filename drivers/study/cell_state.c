/* cell_state.c - what rank 0 keeps of every cell. */
#include "study/study.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"

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

static rxt_status make_cell_state(rxt_cell_state *state, int rounds, int workers, bool quantile)
{
    state->error = NAN;
    state->result = (rxt_value){ .value = NAN, .index = -1 };
    state->seconds = no_times(rounds);
    state->p99 = quantile ? no_times(rounds) : NULL;
    state->seen = malloc((size_t)workers * sizeof *state->seen);
    if (!state->seconds || (quantile && !state->p99) || !state->seen)
        return no_memory();
    for (int w = 0; w < workers; w++)
        state->seen[w] = -1;
    return RXT_OK;
}

rxt_status rxt_study_cell_states_grow(rxt_study *study, int size)
{
    const rxt_plan *plan = &study->plan;
    rxt_status st = RXT_OK;

    for (int c = 0; c < plan->all && !st; c++) {
        const rxt_split *split = &plan->splits.split[plan->cell[c].split];
        const rxt_task *task = rxt_plan_kernel(plan, plan->cell[c].kernel)->task;

        if (plan->cell[c].size == size)
            st = make_cell_state(&study->state[c], study->room, rxt_split_workers(*split),
                                 task && task->quantile);
    }
    study->opened[size] = !st;
    return st;
}

rxt_status rxt_study_cell_states_make(rxt_study *study)
{
    const rxt_plan *plan = &study->plan;
    rxt_status st = RXT_OK;

    study->room = study->settings->rounds_max;
    study->state = calloc((size_t)plan->all, sizeof *study->state);
    study->whole = calloc((size_t)plan->sizes, sizeof *study->whole);
    study->opened = calloc((size_t)plan->sizes, sizeof *study->opened);
    if (!study->state || !study->whole || !study->opened)
        return no_memory();
    for (int s = 0; s < plan->asked && !st; s++)
        st = rxt_study_cell_states_grow(study, s);
    return st;
}

void rxt_study_cell_states_free(rxt_study *study)
{
    for (int c = 0; study->state && c < study->plan.all; c++) {
        free(study->state[c].seconds);
        free(study->state[c].p99);
        free(study->state[c].trouble);
        free(study->state[c].seen);
    }
    for (int o = 0; o < study->outgrown_count; o++)
        free(study->outgrown[o]);
    free(study->outgrown);
    free(study->state);
    free(study->whole);
    free(study->opened);
}

/* Keeps a list that was outgrown: rows may be made of it in another thread, at a signal. */
static bool keep_old(rxt_study *study, double *times)
{
    size_t size = (size_t)study->outgrown_count + 1;
    double **longer = realloc(study->outgrown, size * sizeof *longer);

    if (!longer)
        return false;
    study->outgrown = longer;
    longer[study->outgrown_count++] = times;
    return true;
}

/* A list of times for more rounds takes the place of one; false without memory. NULL stays. */
static bool lengthen(rxt_study *study, double **times, int rounds)
{
    double *more = *times ? no_times(rounds) : NULL;

    if (!*times)
        return true;
    if (!more || !keep_old(study, *times)) {
        free(more);
        return false;
    }
    memcpy(more, *times, (size_t)study->room * sizeof *more);
    *times = more;
    return true;
}

rxt_status rxt_study_room(rxt_study *study, int rounds)
{
    for (int c = 0; c < study->plan.all && rounds > study->room; c++) {
        rxt_cell_state *state = &study->state[c];

        if (study->opened[study->plan.cell[c].size] &&
            (!lengthen(study, &state->seconds, rounds) || !lengthen(study, &state->p99, rounds)))
            return no_memory();
    }
    study->room = rounds > study->room ? rounds : study->room;
    return RXT_OK;
}

void rxt_study_enter(rxt_study *study, const rxt_journal_visit *visit)
{
    rxt_cell_state *state = &study->state[visit->cell];

    state->result = visit->result;
    state->error = visit->error;
    state->wrong = !visit->right;
    state->calls = visit->calls;
    if (visit->refused && !state->refused)
        state->refused = visit->refused;
    state->astray = state->astray || visit->astray;
    memmove(state->seen, visit->seen, (size_t)visit->workers * sizeof *state->seen);
    state->cost = visit->cost;
    if (visit->round >= 0)
        state->seconds[visit->round] = visit->seconds;
    if (visit->round >= 0 && state->p99)
        state->p99[visit->round] = visit->p99;
    /* once wrong, nothing of it counts */
    for (int r = 0; state->wrong && (r <= visit->round || r < study->rounds); r++)
        state->seconds[r] = NAN;
}

static void name_left_out(const rxt_study *study, int c, char *line, size_t size)
{
    const rxt_cell *cell = &study->plan.cell[c];
    char name[RXT_SPLIT_TEXT], n[32];

    snprintf(line, size, "%s of %s on %s is left out: %s",
             rxt_plan_kernel(&study->plan, cell->kernel)->name,
             rxt_list_print(study->plan.n[cell->size], n),
             rxt_split_plain(*rxt_study_split(study, cell), name), study->state[c].trouble);
}

rxt_status rxt_study_give_up(rxt_study *study, int c, rxt_status why)
{
    rxt_cell_state *state = &study->state[c];

    free(state->trouble);
    state->trouble = strdup(why->text);
    state->refused_work = rxt_status_code(why) != RXT_USAGE;
    rxt_status_free(why);
    return state->trouble ? RXT_OK : no_memory();
}

static bool all_given_up(const rxt_study *study)
{
    for (int c = 0; c < study->plan.cells; c++)
        if (study->opened[study->plan.cell[c].size] && !study->state[c].trouble)
            return false;
    return true;
}

/* Is there a row before c with the same reason? */
static bool told(const rxt_study *study, int c)
{
    for (int before = 0; before < c; before++)
        if (study->state[before].trouble &&
            !strcmp(study->state[before].trouble, study->state[c].trouble))
            return true;
    return false;
}

void rxt_study_say_left_out(const rxt_study *study)
{
    char line[RXT_STATUS_TEXT + 200];

    for (int c = 0; c < study->plan.cells && !all_given_up(study); c++) {
        if (!study->state[c].trouble || study->state[c].refused_work || told(study, c))
            continue;
        name_left_out(study, c, line, sizeof line);
        rxt_study_say(study, "%s", line);
    }
}

/* The status of a row that was given up, and how many more were. */
static rxt_status refusal_of(const rxt_study *study, int c, int more)
{
    rxt_code code = study->state[c].refused_work ? RXT_ENVIRONMENT : RXT_USAGE;
    char line[RXT_STATUS_TEXT + 200];

    name_left_out(study, c, line, sizeof line);
    if (more == 0)
        return rxt_status_of(code, "%s", line);
    return rxt_status_of(code, "%.400s (and %d more row%s)", line, more, more == 1 ? "" : "s");
}

rxt_status rxt_study_refusal(const rxt_study *study)
{
    bool all = all_given_up(study);
    int refused = 0, first = -1;

    for (int c = study->plan.cells - 1; c >= 0; c--)
        if (study->state[c].refused_work || (all && study->state[c].trouble)) {
            refused++;
            first = c;
        }
    return refused == 0 ? RXT_OK : refusal_of(study, first, refused - 1);
}
