/* warnings.h - warnings about disturbances of a study: each names the cause, the value and the
 * remedy. Pure functions of rows and of observations of the host.
 *
 * An undisturbed study has no warnings. Two of them, drift and autocorrelation, can also appear by
 * chance, in at most 2 of 100 clean studies (test_warnings_quiet). */
#ifndef RXT_WARNINGS_H
#define RXT_WARNINGS_H

#include "analysis/answer.h"
#include "results/observations.h"
#include "results/row.h"
#include "results/sentence.h"

typedef struct rxt_warning {
    const char *kind; /* name of the check, one word */
    int rows;         /* number of rows with the fault; 0: it concerns the whole study */
    char text[RXT_SENTENCE];
} rxt_warning;

enum { RXT_WARNINGS = 18 };

/* At most one warning of each kind. */
typedef struct rxt_warnings {
    int count;
    rxt_warning warning[RXT_WARNINGS];
} rxt_warnings;

/* Makes the warnings of a study, those about the host first; none without rows. Adds a note to each
 * row that has a fault. Requires rows with derived speedups (rxt_row_derive). */
rxt_warnings rxt_warnings_of(rxt_rows *rows, const rxt_observations *seen);

/* ---- shared by the files warnings*.c ---- */

/* Checks for one kind of fault; leaves the warning's text empty if there is none. */
typedef void rxt_warnings_check(const rxt_rows *rows, const rxt_observations *seen,
                                rxt_warning *warning);

rxt_warnings_check rxt_warnings_load, rxt_warnings_steal, rxt_warnings_quota,
    rxt_warnings_frequency, rxt_warnings_governor, rxt_warnings_levels, rxt_warnings_pair,
    rxt_warnings_pages, rxt_warnings_blas, rxt_warnings_binding, rxt_warnings_smt,
    rxt_warnings_clock, rxt_warnings_drift, rxt_warnings_correlation, rxt_warnings_spread,
    rxt_warnings_precision, rxt_warnings_superlinear;

/* The strength of a fault in a row: larger is worse; 0 or less: no fault. */
typedef double rxt_fault(const rxt_rows *rows, const rxt_observations *seen, const rxt_row *row);
rxt_fault rxt_fault_blas, rxt_fault_clock, rxt_fault_drift, rxt_fault_spread, rxt_fault_precision;

/* Sets warning->rows to the number of rows with the fault. Returns the worst of them, or NULL. */
const rxt_row *rxt_warnings_worst(const rxt_rows *rows, const rxt_observations *seen,
                                  rxt_fault *fault, rxt_warning *warning);

/* Appends the name of a row: "dot 2×1 at n = 1k". */
void rxt_warnings_name(rxt_warning *warning, const rxt_row *row);

/* Does the row have a speedup whose precision can be judged? The baseline has none. */
bool rxt_warnings_judged(const rxt_row *row);

#endif
