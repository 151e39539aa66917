/* study_tally.c - what rank 0 keeps of every cell. */
#include <rxt/study.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

static rxt_status no_memory(void)
{
    return rxt_status_of(RXT_ENVIRONMENT,
                         "no memory for the study's rounds; --rounds=MIN:MAX with a "
                         "smaller MAX takes less");
}

static rxt_status make_tally(rxt_tally *tally, int rounds, int workers)
{
    tally->error = NAN;
    tally->result = (rxt_value){ .value = NAN, .index = -1 };
    tally->seconds = malloc((size_t)rounds * sizeof *tally->seconds);
    tally->seen = malloc((size_t)workers * sizeof *tally->seen);
    if (!tally->seconds || !tally->seen)
        return no_memory();
    for (int r = 0; r < rounds; r++)
        tally->seconds[r] = NAN;
    for (int w = 0; w < workers; w++)
        tally->seen[w] = -1;
    return RXT_OK;
}

rxt_status rxt_study_tally_size(rxt_study *study, int size)
{
    const rxt_plan *plan = &study->plan;
    rxt_status st = RXT_OK;

    for (int c = 0; c < plan->all && !st; c++) {
        const rxt_point *point = &plan->points.point[plan->cell[c].point];

        if (plan->cell[c].size == size)
            st = make_tally(&study->tally[c], study->room, point->ranks * point->threads);
    }
    study->opened[size] = !st;
    return st;
}

rxt_status rxt_study_tally(rxt_study *study)
{
    const rxt_plan *plan = &study->plan;
    rxt_status st = RXT_OK;

    study->room = study->settings->rounds_max;
    study->tally = calloc((size_t)plan->all, sizeof *study->tally);
    study->whole = calloc((size_t)plan->sizes, sizeof *study->whole);
    study->opened = calloc((size_t)plan->sizes, sizeof *study->opened);
    if (!study->tally || !study->whole || !study->opened)
        return no_memory();
    for (int s = 0; s < plan->asked && !st; s++)
        st = rxt_study_tally_size(study, s);
    return st;
}

void rxt_study_untally(rxt_study *study)
{
    for (int c = 0; study->tally && c < study->plan.all; c++) {
        free(study->tally[c].seconds);
        free(study->tally[c].seen);
    }
    free(study->tally);
    free(study->whole);
    free(study->opened);
}

rxt_status rxt_study_room(rxt_study *study, int rounds)
{
    for (int c = 0; c < study->plan.all && rounds > study->room; c++) {
        double *more;

        if (!study->opened[study->plan.cell[c].size])
            continue;
        more = realloc(study->tally[c].seconds, (size_t)rounds * sizeof *more);
        if (!more)
            return no_memory();
        study->tally[c].seconds = more;
        for (int r = study->room; r < rounds; r++)
            more[r] = NAN;
    }
    study->room = rounds > study->room ? rounds : study->room;
    return RXT_OK;
}

void rxt_study_enter(rxt_study *study, const rxt_journal_visit *visit)
{
    rxt_tally *tally = &study->tally[visit->cell];

    tally->result = visit->result;
    tally->error = visit->error;
    tally->wrong = !visit->right;
    tally->calls = visit->calls;
    if (visit->refused && !tally->refused)
        tally->refused = visit->refused;
    tally->astray = tally->astray || visit->astray;
    memmove(tally->seen, visit->seen, (size_t)visit->workers * sizeof *tally->seen);
    if (visit->round < 0 || tally->cost == 0)
        tally->cost = visit->cost;
    if (visit->round >= 0)
        tally->seconds[visit->round] = visit->seconds;
    /* once wrong, nothing of it counts */
    for (int r = 0; tally->wrong && (r <= visit->round || r < study->rounds); r++)
        tally->seconds[r] = NAN;
}
