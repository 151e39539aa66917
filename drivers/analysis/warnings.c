/* warnings.c - the list of checks, their order, and the notes that they add to rows. */
#include "analysis/warnings.h"

#include "base/list.h"
#include "results/sentence.h"

/* The order is: causes that affect all times, then wrong builds and settings, then symptoms in the
 * times. A row that has the fault gets the note. Notes contain no figures, so that several rows
 * with the same fault share one line. */
static const struct {
    const char *kind;
    rxt_warnings_check *look;
    rxt_fault *fault;
    const char *note;
} checks[] = {
    { "load", rxt_warnings_load, NULL, NULL },
    { "steal", rxt_warnings_steal, NULL, NULL },
    { "quota", rxt_warnings_quota, NULL, NULL },
    { "frequency", rxt_warnings_frequency, NULL, NULL },
    { "governor", rxt_warnings_governor, NULL, NULL },
    { "levels", rxt_warnings_levels, NULL, NULL },
    { "pair", rxt_warnings_pair, NULL, NULL },
    { "pages", rxt_warnings_pages, NULL, NULL },
    { "blas", rxt_warnings_blas, rxt_fault_blas, "OpenBLAS uses its own threads" },
    { "binding", rxt_warnings_binding, NULL, NULL },
    { "smt", rxt_warnings_smt, NULL, NULL },
    { "clock", rxt_warnings_clock, rxt_fault_clock,
      "visits are too short for the clock's resolution" },
    { "drift", rxt_warnings_drift, rxt_fault_drift, "times drifted during the study" },
    { "autocorrelation", rxt_warnings_correlation, NULL, NULL },
    { "spread", rxt_warnings_spread, rxt_fault_spread,
      "noise does not average out: more rounds will not help" },
    { "precision", rxt_warnings_precision, rxt_fault_precision, "interval wider than --precision" },
    { "superlinear", rxt_warnings_superlinear, NULL, NULL },
};

enum { CHECKS = sizeof checks / sizeof checks[0] };
_Static_assert((int)CHECKS <= (int)RXT_WARNINGS,
               "rxt_warnings has room for the warning of each check");

static void note_rows(rxt_rows *rows, const rxt_observations *seen, rxt_fault *fault,
                      const char *note)
{
    for (int i = 0; i < rows->count && fault; i++)
        if (fault(rows, seen, &rows->row[i]) > 0)
            rxt_row_note(&rows->row[i], "%s", note);
}

rxt_warnings rxt_warnings_of(rxt_rows *rows, const rxt_observations *seen)
{
    rxt_warnings all = { .count = 0 };

    for (int a = 0; a < CHECKS && rows->count > 0; a++) {
        rxt_warning *warning = &all.warning[all.count];

        *warning = (rxt_warning){ .kind = checks[a].kind };
        checks[a].look(rows, seen, warning);
        all.count += warning->text[0] != '\0';
        note_rows(rows, seen, checks[a].fault, checks[a].note);
    }
    return all;
}

const rxt_row *rxt_warnings_worst(const rxt_rows *rows, const rxt_observations *seen,
                                  rxt_fault *fault, rxt_warning *warning)
{
    const rxt_row *worst = NULL;
    double most = 0;

    for (int i = 0; i < rows->count; i++) {
        double much = fault(rows, seen, &rows->row[i]);

        if (!(much > 0))
            continue;
        warning->rows++;
        if (much > most) {
            most = much;
            worst = &rows->row[i];
        }
    }
    return worst;
}

void rxt_warnings_name(rxt_warning *warning, const rxt_row *row)
{
    char n[32];

    rxt_say(warning->text, "%.40s ", row->kernel);
    rxt_say_split(warning->text, row->split);
    rxt_say(warning->text, " at n = %s", rxt_list_print(row->n, n));
}

bool rxt_warnings_judged(const rxt_row *row)
{
    return row->verified && row->speedup.count > 0 &&
           (row->split.ranks != row->baseline.ranks ||
            row->split.threads != row->baseline.threads || row->split.nodes != row->baseline.nodes);
}
