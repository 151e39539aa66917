/* warnings.c - warnings: who looks, in which order, and what they say of rows. */
#include "analysis/warnings.h"

#include "base/list.h"
#include "results/sentence.h"

/* First what spoils all times, then what was built or set wrongly, then what the times show. */
static const struct {
    const char *kind;
    rxt_warnings_check *look;
} checks[] = {
    { "load", rxt_warnings_load },
    { "steal", rxt_warnings_steal },
    { "quota", rxt_warnings_quota },
    { "frequency", rxt_warnings_frequency },
    { "governor", rxt_warnings_governor },
    { "levels", rxt_warnings_levels },
    { "pair", rxt_warnings_pair },
    { "pages", rxt_warnings_pages },
    { "blas", rxt_warnings_blas },
    { "binding", rxt_warnings_binding },
    { "smt", rxt_warnings_smt },
    { "clock", rxt_warnings_clock },
    { "drift", rxt_warnings_drift },
    { "autocorrelation", rxt_warnings_correlation },
    { "spread", rxt_warnings_spread },
    { "precision", rxt_warnings_precision },
    { "superlinear", rxt_warnings_superlinear },
};

enum { CHECKS = sizeof checks / sizeof checks[0] };
_Static_assert((int)CHECKS <= (int)RXT_WARNINGS, "each has room for its warning");

rxt_warnings rxt_warnings_of(const rxt_rows *rows, const rxt_observations *seen)
{
    rxt_warnings all = { .count = 0 };

    for (int a = 0; a < CHECKS && rows->count > 0; a++) {
        rxt_warning *warning = &all.warning[all.count];

        *warning = (rxt_warning){ .kind = checks[a].kind };
        checks[a].look(rows, seen, warning);
        all.count += warning->text[0] != '\0';
    }
    return all;
}

/* What a row's own note says; it has no figures, so that rows of one fault share one line. */
static const struct {
    rxt_fault *fault;
    const char *note;
} notes[] = {
    { rxt_fault_blas, "OpenBLAS has threads of its own" },
    { rxt_fault_clock, "visits are short for the clock" },
    { rxt_fault_drift, "times changed in the course of the study" },
    { rxt_fault_spread, "speedups are spread too wide for any number of rounds" },
    { rxt_fault_precision, "not within --precision" },
};

void rxt_warnings_note(rxt_rows *rows, const rxt_observations *seen)
{
    for (int i = 0; i < rows->count; i++)
        for (size_t n = 0; n < sizeof notes / sizeof notes[0]; n++)
            if (notes[n].fault(rows, seen, &rows->row[i]) > 0)
                rxt_row_note(&rows->row[i], "%s", notes[n].note);
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
