/* tour_world.h - synthetic studies of the lesson, for its tests. */
#ifndef RXT_TESTS_TOUR_WORLD_H
#define RXT_TESTS_TOUR_WORLD_H

#include "tour/tour.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suite.h"

enum { ROUNDS = 15, MOST = 40 };

typedef struct world {
    rxt_tour tour;
    rxt_study_reader study[RXT_TOUR_FILES];
    rxt_row row[RXT_TOUR_FILES][MOST];
    double seconds[RXT_TOUR_FILES][MOST][ROUNDS];
} world;

static inline rxt_study_reader *study_of(world *w, rxt_tour_file file)
{
    w->study[file].rows.row = w->row[file];
    w->study[file].rows.rounds = ROUNDS;
    w->study[file].samples = true;
    w->tour.study[file] = &w->study[file];
    return &w->study[file];
}

/* Adds a row that takes `seconds` per call, ± 2 %; 0: the row was not measured. */
static inline rxt_row *plant(world *w, rxt_tour_file file, const char *kernel, int ranks,
                             int threads, ptrdiff_t n, double seconds)
{
    rxt_study_reader *a = study_of(w, file);
    int at = a->rows.count++;
    rxt_row *row = &w->row[file][at];
    double *time = w->seconds[file][at];

    CU_ASSERT_FATAL(at < MOST);
    for (int r = 0; r < ROUNDS; r++)
        time[r] = seconds > 0 ? seconds * (1 + 0.02 * (((r * (at + 3)) % 11) - 5) / 5) : NAN;
    *row = (rxt_row){ .kernel = kernel,
                      .n = n,
                      .split = { 1, ranks, threads },
                      .baseline = { 1, 1, 1 },
                      .seconds = time,
                      .time = rxt_sample_of(ROUNDS, time),
                      .speedup = rxt_sample_ratio(ROUNDS, w->seconds[file][0], time),
                      .error = seconds > 0 ? 0 : NAN,
                      .verified = seconds > 0 };
    row->rounds = row->time.count;
    return row;
}

static inline world *new_world(void)
{
    world *w = calloc(1, sizeof *w);

    CU_ASSERT_PTR_NOT_NULL_FATAL(w);
    for (int f = 0; f < RXT_TOUR_FILES; f++)
        snprintf(w->tour.why[f], sizeof w->tour.why[f], "%s is not there",
                 rxt_tour_name((rxt_tour_file)f));
    return w;
}

static inline rxt_tour_answer answer_of(const world *w, int s)
{
    rxt_tour_answer answer;

    rxt_tour_judge(&w->tour, s, &answer);
    return answer;
}

#endif
