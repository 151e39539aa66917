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

rxt_status rxt_study_tally(rxt_study *study)
{
    const rxt_plan *plan = &study->plan;
    rxt_status st = RXT_OK;

    study->tally = calloc((size_t)plan->all, sizeof *study->tally);
    study->whole = calloc((size_t)plan->sizes, sizeof *study->whole);
    if (!study->tally || !study->whole)
        return no_memory();
    for (int c = 0; c < plan->all && !st; c++) {
        const rxt_point *point = &plan->points.point[plan->cell[c].point];

        st = make_tally(&study->tally[c], study->settings->rounds_max,
                        point->ranks * point->threads);
    }
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
}

rxt_status rxt_study_room(rxt_study *study, int earlier)
{
    size_t room = (size_t)earlier + (size_t)study->settings->rounds_max;

    for (int c = 0; c < study->plan.all; c++) {
        double *more = realloc(study->tally[c].seconds, room * sizeof *more);

        if (!more)
            return no_memory();
        study->tally[c].seconds = more;
        for (size_t r = 0; r < room; r++)
            more[r] = NAN;
    }
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
