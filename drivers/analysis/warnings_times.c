/* warnings_times.c - warnings that follow from the measured times. */
#include "analysis/warnings.h"

#include <math.h>
#include <stdio.h>

#include "results/sentence.h"

enum { USUAL_ROUNDS = 1000 }; /* largest number of rounds unless the user asks for more */

/* ---- placement of workers ---- */

static double unbound(const rxt_rows *rows, const rxt_observations *seen, const rxt_row *row)
{
    (void)rows;
    (void)seen;
    return row->rounds > 0 ? 2 * row->unbound + row->astray : 0;
}

void rxt_warnings_binding(const rxt_rows *rows, const rxt_observations *seen, rxt_warning *warning)
{
    const rxt_row *row = rxt_warnings_worst(rows, seen, unbound, warning);

    if (!row)
        return;
    rxt_warnings_name(warning, row);
    if (warning->rows > 1)
        rxt_say(warning->text, " and %d more", warning->rows - 1);
    rxt_say(warning->text, "%s",
            row->unbound ? ": thread binding failed and the threads migrated; allow "
                           "sched_setaffinity (seccomp of the container?)"
                         : ": a worker was seen off its planned CPU; stop the program that moves "
                           "threads (a daemon, cpuset changes), and repeat");
}

static double shared(const rxt_rows *rows, const rxt_observations *seen, const rxt_row *row)
{
    (void)rows;
    (void)seen;
    return row->shared ? rxt_row_workers(row) : 0;
}

void rxt_warnings_smt(const rxt_rows *rows, const rxt_observations *seen, rxt_warning *warning)
{
    const rxt_row *row = rxt_warnings_worst(rows, seen, shared, warning);

    if (!row)
        return;
    rxt_warnings_name(warning, row);
    if (warning->rows > 1)
        rxt_say(warning->text, " and %d more", warning->rows - 1);
    rxt_say(warning->text, ": two workers were seen on one core, while other cores were free; bind "
                           "them (--bind=hybrid), or count hardware threads (--smt)");
}

/* ---- the clock ---- */

/* 1 / (clock steps in a visit) if a visit is too short for the clock, else 0. Each of its two clock
 * readings can be wrong by one step. If a visit lasts 10 / precision steps (1000 at 1 %), both
 * errors together are a fifth of the precision. */
double rxt_fault_clock(const rxt_rows *rows, const rxt_observations *seen, const rxt_row *row)
{
    double visit = (double)row->calls * row->time.median, steps = visit / seen->resolution;

    (void)rows;
    return seen->resolution > 0 && row->time.count > 0 && steps < 10 / seen->precision ? 1 / steps
                                                                                       : 0;
}

void rxt_warnings_clock(const rxt_rows *rows, const rxt_observations *seen, rxt_warning *warning)
{
    const rxt_row *row = rxt_warnings_worst(rows, seen, rxt_fault_clock, warning);

    if (!row)
        return;
    rxt_say(warning->text, "a visit to ");
    rxt_warnings_name(warning, row);
    rxt_say(warning->text,
            " lasts %.0f steps of the clock (%.3g ns each): too short for ± %g %%; take a larger "
            "n, or start the study again",
            1 / rxt_fault_clock(rows, seen, row), 1e9 * seen->resolution, 100 * seen->precision);
}

/* ---- changes during the study ---- */

/* Relative change from the median of the first third of the rounds to that of the last third. */
static double change(const rxt_rows *rows, const rxt_row *row)
{
    int third = rows->rounds / 3;
    double first = rxt_sample_of(third, row->seconds).median,
           last = rxt_sample_of(third, row->seconds + rows->rounds - third).median;

    return last / first - 1;
}

/* The drift of a row as a relative change; 0: none. A study without drift shows one with a
 * probability of at most 1 %, over all rows together (Bonferroni). A change below the precision
 * does not count. */
double rxt_fault_drift(const rxt_rows *rows, const rxt_observations *seen, const rxt_row *row)
{
    double trend, much;

    if (!row->verified || row->time.count == 0)
        return 0;
    trend = fabs(rxt_sample_trend(rows->rounds, row->seconds));
    if (erfc(trend / sqrt(2)) >= 0.01 / rows->count)
        return 0;
    much = fabs(change(rows, row));
    return much > seen->precision ? much : 0;
}

void rxt_warnings_drift(const rxt_rows *rows, const rxt_observations *seen, rxt_warning *warning)
{
    const rxt_row *row = rxt_warnings_worst(rows, seen, rxt_fault_drift, warning);

    if (!row)
        return;
    rxt_say(warning->text, "times drifted in %d of %d rows; the worst is ", warning->rows,
            rows->count);
    rxt_warnings_name(warning, row);
    rxt_say(warning->text,
            " (%+.2g %% from the first to the last third); ratios are paired in time, but repeat "
            "on an idle machine",
            100 * change(rows, row));
}

/* The smallest number of autocorrelated rows, among n, that independent noise reaches in at most 1
 * of 100 studies. Each row is tested one-sided at 1.645 standard errors, so 5 of 100 rows look
 * autocorrelated by chance. */
static int too_many(int n)
{
    double term = pow(0.95, n), above = 1 - term;
    int k = 1;

    for (; above > 0.01 && k <= n; k++) {
        term *= (n - k + 1.0) / k * 0.05 / 0.95;
        above -= term;
    }
    return k;
}

static double alike(const rxt_rows *rows, const rxt_observations *seen, const rxt_row *row)
{
    (void)rows;
    (void)seen;
    return row->time.widened ? 1 + row->time.correlation : 0;
}

/* Not printed together with the warning `drift`: a trend also makes consecutive times similar, and
 * `drift` says more about it. */
void rxt_warnings_correlation(const rxt_rows *rows, const rxt_observations *seen,
                              rxt_warning *warning)
{
    rxt_warning drift = { .rows = 0 };
    const rxt_row *row = rxt_warnings_worst(rows, seen, alike, warning);

    rxt_warnings_worst(rows, seen, rxt_fault_drift, &drift);
    if (!row || drift.rows > 0 || warning->rows < too_many(rows->count))
        return;
    rxt_say(warning->text, "consecutive times are autocorrelated in %d of %d rows; the worst is ",
            warning->rows, rows->count);
    rxt_warnings_name(warning, row);
    rxt_say(warning->text,
            " (correlation %.2f): the noise lasts longer than a round, so intervals are widened; "
            "use more --rounds over a longer time",
            row->time.correlation);
}

/* ---- intervals ---- */

/* The number of rounds needed to know a row's speedup to ± `precision`. The median of n
 * independent normal values is known to ± 1.96 × 1.253 standard deviations / sqrt(n), and a
 * standard deviation is 1 / 1.349 of the distance between the quartiles. Autocorrelated values need
 * more rounds, by the factor (1 + rho) / (1 - rho). */
static double rounds_for(const rxt_sample *s, double precision)
{
    double spread = (s->q3 - s->q1) / s->median, alone = 1.821 * spread / precision,
           rho = s->widened ? s->correlation : 0;

    return ceil(alone * alone * (1 + rho) / (1 - rho));
}

/* The number of rounds needed for ± 1 %, or for --precision if that is wider, if this is more than
 * USUAL_ROUNDS; else 0. */
double rxt_fault_spread(const rxt_rows *rows, const rxt_observations *seen, const rxt_row *row)
{
    double rounds;

    (void)rows;
    if (!rxt_warnings_judged(row))
        return 0;
    rounds = rounds_for(&row->speedup, fmax(seen->precision, 0.01));
    return rounds > USUAL_ROUNDS ? rounds : 0;
}

void rxt_warnings_spread(const rxt_rows *rows, const rxt_observations *seen, rxt_warning *warning)
{
    const rxt_row *row = rxt_warnings_worst(rows, seen, rxt_fault_spread, warning);

    if (!row)
        return;
    rxt_say(warning->text, "noise does not average out in %d of %d rows; the worst is ",
            warning->rows, rows->count);
    rxt_warnings_name(warning, row);
    rxt_say(warning->text,
            " (half of its speedups within %.2f to %.2f); look for other load, or take a larger n",
            row->speedup.q1, row->speedup.q3);
}

/* The half-width of the speedup's interval if it exceeds the precision, else 0; INFINITY without an
 * interval. */
double rxt_fault_precision(const rxt_rows *rows, const rxt_observations *seen, const rxt_row *row)
{
    double half;

    (void)rows;
    if (!rxt_warnings_judged(row))
        return 0;
    half = rxt_sample_precision(&row->speedup);
    return half > seen->precision ? half : 0;
}

/* Rounds up to two significant digits: 1234 becomes 1300. */
static double round_up(double x)
{
    double unit = pow(10, floor(log10(x)) - 1);

    return ceil(x / unit - 1e-9) * unit;
}

/* Adds the options that allow more rounds. */
static void say_how(const rxt_rows *rows, const rxt_observations *seen, double rounds,
                    rxt_warning *warning)
{
    double seconds = seen->nodes > 0 ? seen->node[0].seconds * rounds / rows->rounds : 0;

    rxt_say(warning->text, seen->kept ? "; continue with --resume" : "; repeat with");
    rxt_say(warning->text, " --rounds=%d:%.0f", seen->rounds_min,
            fmax(round_up(rounds), seen->rounds_max));
    if (seconds > seen->budget)
        rxt_say(warning->text, " --budget=%.0fs", round_up(seconds));
}

void rxt_warnings_precision(const rxt_rows *rows, const rxt_observations *seen,
                            rxt_warning *warning)
{
    const double bearable = 0.2; /* a wider interval gives no useful answer */
    const rxt_row *row = rxt_warnings_worst(rows, seen, rxt_fault_precision, warning);
    double half, rounds;
    int all = 0;

    if (!row)
        return;
    for (int i = 0; i < rows->count; i++)
        all += rxt_warnings_judged(&rows->row[i]);
    half = rxt_sample_precision(&row->speedup);
    rxt_say(warning->text, "± %g %% was not reached by %d of %d speedups", 100 * seen->precision,
            warning->rows, all);
    if (isinf(half)) {
        rxt_say(warning->text, "; below 6 rounds there is no interval: --rounds=10");
        return;
    }
    rounds = fmax(rounds_for(&row->speedup, seen->precision), 1.5 * row->rounds);
    rxt_say(warning->text, "; the worst is ");
    rxt_warnings_name(warning, row);
    rxt_say(warning->text, " (± %.*f %%)", half < 0.095 ? 1 : 0, 100 * half);
    if (rounds <= USUAL_ROUNDS)
        say_how(rows, seen, rounds, warning);
    else if (half < bearable)
        rxt_say(warning->text, "; this needs about %.0f rounds; ask for less (--precision=%.0f)",
                round_up(rounds), ceil(100 * half));
    else
        rxt_say(warning->text, "; this needs about %.0f rounds; first find what disturbs the run",
                round_up(rounds));
}

/* ---- superlinear speedups ---- */

static double superlinear(const rxt_rows *rows, const rxt_observations *seen, const rxt_row *row)
{
    (void)rows;
    (void)seen;
    return row->nearer ? row->efficiency : 0;
}

void rxt_warnings_superlinear(const rxt_rows *rows, const rxt_observations *seen,
                              rxt_warning *warning)
{
    const rxt_row *row = rxt_warnings_worst(rows, seen, superlinear, warning);

    if (!row)
        return;
    rxt_warnings_name(warning, row);
    rxt_say(warning->text,
            " is %.3g× as fast on %d workers: each worker's part fits in %s, the whole lies in %s; "
            "--scaling=weak compares equal parts",
            row->speedup.median, rxt_row_workers(row), row->level, row->nearer);
}
