/* plants.h - synthetic rows with known speedups, and the answers about them. */
#ifndef RXT_TESTS_PLANTS_H
#define RXT_TESTS_PLANTS_H

#include "analysis/answer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <CUnit/Basic.h>

enum { ROUNDS = 20, ROWS = 64 };

/* Patterns of noise, in units of the spread. flat: no noise. wave: hardly autocorrelated; its
 * median is 0, and in 20 rounds the 6th value in order is -0.5 and the 15th is 0.5. */
static const double flat[10] = { 0 };
static const double wave[10] = { .3, -.7, .9, -.3, -.9, .7, .1, -.5, .5, -.1 };

typedef struct plant {
    rxt_rows rows;
    rxt_row row[ROWS];
    double seconds[ROWS][ROUNDS];
    rxt_answers answers;
} plant;

static inline plant *start(void)
{
    plant *p = calloc(1, sizeof *p);

    p->rows = (rxt_rows){ .row = p->row, .rounds = ROUNDS };
    return p;
}

/* Adds a row of n = 10M. Its times are 1 s / speedup, with noise of ± spread. */
static inline rxt_row *add(plant *p, int ranks, int threads, double speedup, const double *pattern,
                           double spread)
{
    int i = p->rows.count++;

    for (int r = 0; r < ROUNDS; r++)
        p->seconds[i][r] = (1 + spread * pattern[r % 10]) / speedup;
    p->row[i] = (rxt_row){ .kernel = "dot",
                           .type = "f64",
                           .team = ranks * threads > 1 ? "forkjoin" : "-",
                           .combine = ranks * threads > 1 ? "mpi" : "-",
                           .bind = "hybrid",
                           .n = 10000000,
                           .split = { 1, ranks, threads },
                           .baseline = { 1, 1, 1 },
                           .seconds = p->seconds[i],
                           .error = 0,
                           .verified = true };
    return &p->row[i];
}

/* Derives the figures of every row, with the last baseline row up to this row as its baseline;
 * makes the answers. */
static inline const rxt_answer *answer(plant *p)
{
    int base = 0;

    for (int i = 0; i < p->rows.count; i++) {
        if (rxt_split_equal(p->row[i].split, p->row[i].baseline))
            base = i;
        rxt_row_derive(&p->row[i], &p->row[base], p->rows.rounds);
    }
    CU_ASSERT_PTR_NULL_FATAL(rxt_answers_of(&p->rows, &p->answers));
    CU_ASSERT_FATAL(p->rows.count == 0 || p->answers.count > 0);
    return p->answers.answer;
}

static inline void finish(plant *p)
{
    rxt_answers_free(&p->answers);
    free(p);
}

static inline void said(const rxt_answer *a, const char *text)
{
    if (strcmp(a->text, text) != 0)
        printf("\n    said     \"%s\"\n    expected \"%s\"", a->text, text);
    CU_ASSERT_STRING_EQUAL(a->text, text);
}

#endif
