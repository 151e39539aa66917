/* warnings.h - warnings about what spoils a study: each has its cause, the value and what helps.
 * Pure functions of rows and of observations of the host.
 *
 * An undisturbed study has no warnings. Those that chance alone can cause (drift,
 * autocorrelation) appear in at most 2 of 100 clean studies (test_warnings_quiet). */
#ifndef RXT_WARNINGS_H
#define RXT_WARNINGS_H

#include "analysis/answer.h"
#include "results/observations.h"
#include "results/row.h"
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

/* The warnings of a study whose rows are derived, those about the host first; none without rows.
 * Adds to each row's notes what of that is about the row. */
rxt_warnings rxt_warnings_of(rxt_rows *rows, const rxt_observations *seen);

/* ---- what the files warnings*.c share ---- */

/* Checks one thing; leaves the warning's text empty if all is well. */
typedef void rxt_warnings_check(const rxt_rows *rows, const rxt_observations *seen,
                                rxt_warning *warning);

rxt_warnings_check rxt_warnings_load, rxt_warnings_steal, rxt_warnings_quota,
    rxt_warnings_frequency, rxt_warnings_governor, rxt_warnings_levels, rxt_warnings_pair,
    rxt_warnings_pages, rxt_warnings_blas, rxt_warnings_binding, rxt_warnings_smt,
    rxt_warnings_clock, rxt_warnings_drift, rxt_warnings_correlation, rxt_warnings_spread,
    rxt_warnings_precision, rxt_warnings_superlinear;

/* How strong this fault is in a row; more is worse; 0 or less: none. */
typedef double rxt_fault(const rxt_rows *rows, const rxt_observations *seen, const rxt_row *row);
rxt_fault rxt_fault_blas, rxt_fault_clock, rxt_fault_drift, rxt_fault_spread, rxt_fault_precision;

/* Counts the rows that have the fault into warning->rows; the worst of them, or NULL. */
const rxt_row *rxt_warnings_worst(const rxt_rows *rows, const rxt_observations *seen,
                                  rxt_fault *fault, rxt_warning *warning);

/* "dot 2×1 at n = 1k" */
void rxt_warnings_name(rxt_warning *warning, const rxt_row *row);

/* Is there a speedup of this row that could be precise or not? Not of the baseline. */
bool rxt_warnings_judged(const rxt_row *row);

#endif
