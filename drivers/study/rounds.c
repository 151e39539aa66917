/* rounds.c - the plan carried out: shuffled rounds of visits, conducted by rank 0. */
#include "study/study.h"

#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/random.h"
#include "stats/block.h"

enum { ROOF_ROUNDS = 15 }; /* of the minimum, those in which roofs are visited, too */

void rxt_study_say(const rxt_study *study, const char *format, ...)
{
    char line[2 * RXT_STATUS_TEXT];
    va_list args;

    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    study->host.say(study->host.arg, line);
}

/* Fisher and Yates. */
static void shuffle(int count, int items[], uint64_t *state)
{
    for (int i = count - 1; i > 0; i--) {
        int j = (int)(rxt_random_next(state) % (uint64_t)(i + 1)), item = items[i];

        items[i] = items[j];
        items[j] = item;
    }
}

int rxt_study_roof_rounds(const rxt_study *study)
{
    int least = study->settings->rounds_min;

    return least < ROOF_ROUNDS ? least : ROOF_ROUNDS;
}

/* A roof is wanted by the rows that it judges and whose results were right so far. */
static void want_roofs(const rxt_study *study)
{
    const rxt_plan *plan = &study->plan;

    for (int c = plan->cells; c < plan->all; c++)
        study->state[c].wanted = false;
    for (int c = 0; c < plan->cells; c++)
        for (int kind = 0; kind < RXT_ROOF_KINDS; kind++)
            if (plan->cell[c].roof[kind] >= 0 && !study->state[c].wrong)
                study->state[plan->cell[c].roof[kind]].wanted = true;
}

/* The cells of a size that are still visited: rows whose results were right so far, and in the
 * first rounds their roofs. */
static int cells_of(const rxt_study *study, int size, int cells[])
{
    const rxt_plan *plan = &study->plan;
    bool roofs = study->whole[size] < rxt_study_roof_rounds(study);
    int count = 0;

    want_roofs(study);
    for (int c = 0; c < (roofs ? plan->all : plan->cells); c++)
        if (plan->cell[c].size == size && !study->state[c].wrong && !study->state[c].trouble &&
            (c < plan->cells || study->state[c].wanted))
            cells[count++] = c;
    return count;
}

/* Would one more visit, as long as its last, end after the user's budget? */
bool rxt_study_too_late(const rxt_study *study, int c)
{
    return study->cut || (study->settings->budget_given &&
                          rxt_clock_now() + study->state[c].cost > study->deadline);
}

int rxt_study_whole(const rxt_study *study)
{
    int least = INT_MAX;

    for (int s = 0; s < study->plan.asked; s++)
        least = study->whole[s] < least ? study->whole[s] : least;
    return least;
}

rxt_status rxt_study_out_of_budget(const rxt_study *study)
{
    int rounds = rxt_study_whole(study);

    if (rounds >= study->settings->rounds_min)
        return RXT_OK;
    return rxt_status_of(RXT_STOPPED, "--budget=%gs ended the study after %d of at least %d rounds",
                         study->settings->budget, rounds, study->settings->rounds_min);
}

/* Visits a block's cells in an order of chance. *late is set when the budget has no room for the
 * next. */
static rxt_status visit_block(rxt_study *study, int size, int round, int cells[], uint64_t *state,
                              bool *late)
{
    int count = cells_of(study, size, cells);

    shuffle(count, cells, state);
    for (int i = 0; i < count; i++) {
        rxt_status st;

        *late = rxt_study_too_late(study, cells[i]);
        if (*late)
            return RXT_OK;
        st = rxt_study_conduct(study, cells[i], round);
        *late = study->cut;
        if (st || *late)
            return st;
    }
    study->whole[size]++;
    return RXT_OK;
}

/* Looks at one block: is every speedup in it precise enough? */
static bool block_done(const rxt_study *study, int size, int cells[])
{
    const rxt_settings *settings = study->settings;
    rxt_block_rule rule = { .min = settings->rounds_min,
                            .max = settings->rounds_max,
                            .precision = settings->precision };
    int count = 0, total = study->plan.cells;
    const double **seconds = calloc((size_t)total, sizeof *seconds);
    int *baseline = calloc((size_t)total, sizeof *baseline),
        *number = calloc((size_t)total, sizeof *number);
    bool done = true;

    if (seconds && baseline && number) {
        for (int c = 0; c < total; c++)
            if (study->plan.cell[c].size == size) {
                number[c] = count;
                cells[count] = c;
                seconds[count++] = study->state[c].seconds;
            }
        for (int i = 0; i < count; i++)
            baseline[i] = number[study->plan.cell[cells[i]].baseline];
        done = rxt_block_done(&(rxt_block){ .rows = count,
                                            .seconds = seconds,
                                            .baseline = baseline,
                                            .partial = study->rounds - study->whole[size] },
                              &rule, study->rounds);
    }
    free(seconds);
    free(baseline);
    free(number);
    return done;
}

/* A kill loses nothing that was written; a machine that fails the last seconds. */
static void sync_journal(rxt_study *study)
{
    const double seconds = 5;

    if (!study->journal || rxt_clock_now() < study->synced + seconds)
        return;
    rxt_journal_sync(study->journal);
    study->synced = rxt_clock_now();
}

/* Rounds of sizes that are opened late go beyond the settings' most. */
static rxt_status begin_round(rxt_study *study)
{
    rxt_status st = RXT_OK;

    if (study->rounds == study->room)
        st = rxt_study_room(study, study->room + study->settings->rounds_max);
    study->rounds += !st;
    return st;
}

/* One round over the blocks still open; closes those that are precise enough. */
static rxt_status one_round(rxt_study *study, int *blocks, int *open, int cells[], uint64_t *state,
                            bool *late)
{
    int round = study->rounds, left = 0;
    rxt_status st = begin_round(study);

    shuffle(*open, blocks, state);
    for (int b = 0; b < *open && !*late && !st; b++)
        st = visit_block(study, blocks[b], round, cells, state, late);
    if (st)
        return st;
    if (*late)
        return rxt_study_out_of_budget(study);
    for (int b = 0; b < *open; b++)
        if (!block_done(study, blocks[b], cells))
            blocks[left++] = blocks[b];
    *open = left;
    rxt_study_watch_look(study);
    sync_journal(study);
    return RXT_OK;
}

static void show_progress(const rxt_study *study, int open)
{
    double left = study->deadline - rxt_clock_now();

    int most = study->settings->rounds_max;

    if (open > 0)
        study->host.progress(study->host.arg, study->rounds,
                             study->rounds > most ? study->rounds : most, left);
}

/* What goes on though the budget is spent: blocks that lack rounds of the minimum; a budget that
 * was not given has what sizes added by --break-even need. */
static rxt_status beyond_budget(rxt_study *study, int blocks[], int *open)
{
    int left = 0;

    for (int b = 0; b < *open; b++)
        if (study->whole[blocks[b]] < rxt_study_enough(study))
            blocks[left++] = blocks[b];
    *open = study->settings->budget_given ? 0 : left;
    return *open ? RXT_OK : rxt_study_bisect(study, true, blocks, open);
}

/* Rounds until every block is done or, once all have their minimum, the budget is spent. */
static rxt_status all_rounds(rxt_study *study, int blocks[], int cells[])
{
    uint64_t state = study->settings->seed + (uint64_t)study->rounds; /* no job repeats another */
    int open = 0;
    bool late = false;
    rxt_status st;

    for (int s = 0; s < study->plan.sizes; s++)
        if (study->opened[s] && (study->whole[s] == 0 || !block_done(study, s, cells)))
            blocks[open++] = s;
    st = rxt_study_bisect(study, true, blocks, &open);
    while (!st && !late && open > 0) {
        st = one_round(study, blocks, &open, cells, &state, &late);
        if (!st && !late)
            st = rxt_study_bisect(study, false, blocks, &open);
        if (!st && !late && rxt_study_whole(study) >= study->settings->rounds_min &&
            rxt_clock_now() > study->deadline)
            st = beyond_budget(study, blocks, &open);
        show_progress(study, open);
    }
    return st;
}

rxt_status rxt_study_verdict(const rxt_study *study)
{
    int wrong = 0, first = -1;
    const rxt_kernel *kernel;
    char what[64] = "an element is wrong", split[RXT_SPLIT_TEXT];

    for (int c = study->plan.cells - 1; c >= 0; c--)
        if (study->state[c].wrong) {
            wrong++;
            first = c;
        }
    if (wrong == 0)
        return RXT_OK;
    kernel = study->settings->kernel[study->plan.cell[first].kernel];
    if (kernel->merge)
        snprintf(what, sizeof what, "%.17g", study->state[first].result.value);
    return rxt_status_of(RXT_WRONG,
                         "wrong result of %s at n = %td on %s: %s (%d rows are marked; their "
                         "times are not kept)",
                         kernel->name, study->plan.n[study->plan.cell[first].size],
                         rxt_split_plain(*rxt_study_split(study, &study->plan.cell[first]), split),
                         what, wrong);
}

static void say_refused(const rxt_study *study)
{
    for (int c = 0; c < study->plan.cells; c++)
        if (study->state[c].refused) {
            rxt_study_say(study,
                          "the system refuses to bind threads (%s); measured unbound, rows say so",
                          strerror(study->state[c].refused));
            return;
        }
}

static rxt_status lead(rxt_study *study)
{
    int *blocks = malloc((size_t)study->plan.sizes * sizeof *blocks);
    int *cells = malloc((size_t)study->plan.all * sizeof *cells);
    bool late = false;
    rxt_status st = RXT_OK;

    if (!blocks || !cells)
        st = rxt_status_no_memory("for the order of visits");
    if (!st) {
        rxt_study_say_guess(study);
        st = rxt_study_try(study, &late);
    }
    if (!st && late)
        st = rxt_study_out_of_budget(study);
    if (!st) {
        rxt_study_count_whole(study); /* an earlier job's, now that it is known who can have none */
        say_refused(study);
        rxt_study_say_left_out(study);
        rxt_study_say_needs(study);
        rxt_study_say_bisection(study);
        st = all_rounds(study, blocks, cells);
        study->complete = !st;
        rxt_study_say_brackets(study);
    }
    free(blocks);
    free(cells);
    rxt_study_end(study);
    return st;
}

rxt_status rxt_study_run(rxt_study *study, bool *lost)
{
    rxt_status st, wrong;

    *lost = false;
    rxt_study_watch_begin(study);
    if (rxt_comm_rank(study->host.world) == 0)
        st = lead(study);
    else
        st = rxt_study_follow(study, lost);
    if (!*lost)
        rxt_study_watch_end(study);
    if (rxt_comm_rank(study->host.world) != 0)
        return st;
    wrong = rxt_study_verdict(study);
    st = rxt_status_code(st) == RXT_ENVIRONMENT ? rxt_status_first(st, wrong)
                                                : rxt_status_first(wrong, st);
    return rxt_status_first(st, rxt_study_refusal(study));
}
