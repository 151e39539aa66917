/* advice.h - what in a study is to be doubted, and what to do about it: warnings that say what was
 * seen, with its value, and what helps. Pure functions of rows and of what was seen of the host.
 *
 * A quiet study warns of nothing. What chance alone could bring about (a trend, times that resemble
 * their predecessors) is held to at most 2 of 100 studies that are clean (test_advice_quiet). */
#ifndef RXT_ADVICE_H
#define RXT_ADVICE_H

#include "analysis/answer.h"
#include "results/row.h"
#include "results/scene.h"
#include "results/sentence.h"

typedef struct rxt_warning {
    const char *kind; /* one word                                      */
    int rows;         /* that it is about; 0: it is about the whole study */
    char text[RXT_SENTENCE];
} rxt_warning;

enum { RXT_WARNINGS = 18 };

/* Each kind at most once. */
typedef struct rxt_warnings {
    int count;
    rxt_warning warning[RXT_WARNINGS];
} rxt_warnings;

/* The warnings of a study, those about the host first. None without rows. */
rxt_warnings rxt_warnings_of(const rxt_rows *rows, const rxt_scene *scene);

/* Adds to each row's notes what of that is about the row. Once, when all rows are derived. */
void rxt_advice_note(rxt_rows *rows, const rxt_scene *scene);

/* ---- what the files advice*.c share ---- */

/* Looks at one thing; leaves the warning's text empty where all is well. */
typedef void rxt_adviser(const rxt_rows *rows, const rxt_scene *scene, rxt_warning *warning);

rxt_adviser rxt_advice_load, rxt_advice_steal, rxt_advice_quota, rxt_advice_frequency,
    rxt_advice_governor, rxt_advice_levels, rxt_advice_pair, rxt_advice_pages, rxt_advice_blas,
    rxt_advice_binding, rxt_advice_smt, rxt_advice_clock, rxt_advice_drift, rxt_advice_correlation,
    rxt_advice_spread, rxt_advice_precision, rxt_advice_superlinear;

/* Is this true of a row, and how much of it is there? More is worse; not above 0: it is not. */
typedef double rxt_fault(const rxt_rows *rows, const rxt_scene *scene, const rxt_row *row);
rxt_fault rxt_fault_blas, rxt_fault_clock, rxt_fault_drift, rxt_fault_spread, rxt_fault_precision;

/* Counts the rows that have the fault into warning->rows; the worst of them, or NULL. */
const rxt_row *rxt_advice_worst(const rxt_rows *rows, const rxt_scene *scene, rxt_fault *fault,
                                rxt_warning *warning);

/* "dot 2×1 at n = 1k" */
void rxt_advice_name(rxt_warning *warning, const rxt_row *row);

/* Is there a speedup of this row that could be precise or not? Not of the baseline. */
bool rxt_advice_judged(const rxt_row *row);

#endif
