/* row.h - one row of a study: what was measured at one kernel, size and split. */
#ifndef RXT_ROW_H
#define RXT_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/visit_figure.h"
#include "splits/splits.h"
#include "stats/sample.h"
#include "support/roof.h"
#include <rxt/kernel.h>

enum { RXT_ROW_PLACEMENT = 2048, RXT_ROW_NOTE = 512 };

/* A double that is missing is NAN; its cell is empty. A row with a wrong result has verified =
 * false and no time. */
typedef struct rxt_row {
    const char *kernel, *type, *scaling, *team, *combine,
        *bind;                   /* team and combine are "-" at 1 × 1, a plain serial call, which
                                  * is the same for every team */
    const char *sync;            /* "call", "visit"; NULL: the file is older than the column */
    double loads, stores, flops; /* per element, by the kernel's definition */
    ptrdiff_t n;                 /* elements on all workers; in weak scaling on each worker */
    double bytes;                /* footprint: all operands, all ranks */
    const char *level;           /* "L1", "L2", "L3", "DRAM"           */
    rxt_split split, baseline;
    ptrdiff_t calls; /* number of calls in the last visit */
    int rounds;      /* rounds kept                   */
    double *
        seconds; /* [study's rounds]: seconds per call, NAN where not visited; owned by the study */
    const int *epoch, *run; /* [study's rounds]: where each round belongs (rxt_rounds); owned by the
                               study; NULL: all are of one */
    rxt_sample time;        /* of seconds                    */
    rxt_sample speedup; /* of the ratios T(baseline) / T(split), round by round; in weak scaling of
                           the ratios of rates; median NAN: no speedup */
    double efficiency, gbytes_per_s, gflops_per_s;
    double roof; /* fraction of the measured roof: of bandwidth or of arithmetic, whichever fraction
                    is larger */
    bool arithmetic; /* the roof is that of arithmetic, not of bandwidth */
    rxt_value result;
    double error; /* distance from the proof's value in units of the bound; NAN: the kernel was
                     never called */
    bool verified, consistent; /* consistent: no proof exists, and all splits agree */
    bool unbound, astray;      /* binding was refused; a worker was not on its planned CPU */
    bool shared;               /* two workers were on one core, though another core was free */
    const char *library; /* the library that the kernel calls, by the name that the library reports;
                            NULL: none */
    const char *unit;    /* what n counts, for a task; NULL: elements */
    rxt_visit_figures figures; /* medians over rounds of the numbers that visits measure */
    const char *nearer; /* the level of the baseline's share, if the row is superlinear and its own
                           share lies in another level, nearer to the core; else NULL */
    bool alone;         /* a task for two workers that one worker did alone  */
    bool between; /* its size was added by --break-even                                        */
    bool own;     /* operands are from files: the result is shown with its bound */
    double bound; /* absolute error bound of the result; 0: exact; only for own operands */
    char placement[RXT_ROW_PLACEMENT];
    char note[RXT_ROW_NOTE]; /* notes joined by "; " */
} rxt_row;

/* A run: one launch of the program, which added these rounds to the study. */
typedef struct rxt_row_run {
    char began[32]; /* as printed by rxt_clock_date */
    int rounds;
} rxt_row_run;

/* The rows of a study, sorted by kernel, size and bind. Within these the row of 1 × 1 comes first;
 * the others are sorted by team, combine and split. `operands` and `host` are lines of text for the
 * user. */
typedef struct rxt_rows {
    int count, rounds; /* rounds: length of every row's seconds */
    rxt_row *row;
    int runs;
    rxt_row_run *run;    /* [runs], in the order of their rounds; NULL: not known */
    int known_runs;      /* runs of which the spread is known, here and in the history */
    double spread;       /* relative standard deviation of the speedups of runs; NAN: unknown */
    double *own_seconds; /* lists that these rows own, not the study; NULL: none */
    int *own_epoch, *own_run;
    bool stopped;
    const char *program, *version;
    char operands[512]; /* "" if all are generated */
    char host[512]; /* CPU, cores, quota, MPI, OpenMP, BLAS: for the header of the text output */
    char command[1024];                /* the command line, argv joined                           */
    char no_baseline[RXT_STATUS_TEXT]; /* why the baseline is not the split of --baseline; "" if it
                                          is */
    rxt_splits_host splits;            /* what the splits were chosen from, for the horizon */
    bool oversubscribe, smt, default_splits;
    const char *against; /* the reference task of costs (cost.h); NULL: none */
    bool lesson;         /* the rows are of tasks; they have the columns unit and p99 */
} rxt_rows;

/* Adds a note to the row's notes, with "; " between notes, unless the row has the same note
 * already. A note that does not fit is cut (between characters). */
void rxt_row_note(rxt_row *row, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The number of workers: ranks × threads. */
int rxt_row_workers(const rxt_row *row);

/* Do both rows have the same kernel, size and binding? Such rows have the same baseline. */
bool rxt_row_same_block(const rxt_row *a, const rxt_row *b);

/* The row with the same kernel, size, split, team, combine and binding as `like`; NULL: none. */
const rxt_row *rxt_rows_find(const rxt_rows *rows, const rxt_row *like);

/* The baseline of a row, which may be the row itself: the row of its block with the baseline's
 * split, of the same team and combine or serial; NULL: none. */
const rxt_row *rxt_rows_baseline(const rxt_rows *rows, const rxt_row *row);

/* Was the result of the row wrong? A row that was never measured is not wrong. */
bool rxt_row_wrong(const rxt_row *row);
bool rxt_rows_wrong(const rxt_rows *rows); /* was that of any row? */

/* Does the row have a verified speedup above 0, which can be drawn? */
bool rxt_row_sped_up(const rxt_row *row);

/* Is it a serial call, which has no team and is the same for every team? */
bool rxt_row_serial(const rxt_row *row);

/* Is it a row of weak scaling, where n is the number of elements on each worker? */
bool rxt_row_weak(const rxt_row *row);

/* The study's rounds, grouped as those of the row. */
rxt_rounds rxt_row_rounds(const rxt_row *row, int rounds);

/* The speedup of `fast` over `slow`: the ratio of times, round by round; in weak scaling, where
 * more workers do more work, the ratio of rates. Both rows must have the same kernel, size and
 * scaling. */
rxt_sample rxt_row_ratio(int rounds, const rxt_row *slow, const rxt_row *fast);

/* As rxt_row_ratio, but with an interval of another coverage. */
rxt_sample rxt_row_ratio_at(int rounds, const rxt_row *slow, const rxt_row *fast, double coverage);

/* A loop whose rate is a roof. `seconds`: seconds per call of the loop in the row's rounds (NULL:
 * not measured). `times`: bytes or flops per call of the loop / those of the row. */
typedef struct rxt_row_roof {
    const double *seconds;
    double times;
} rxt_row_roof;

/* Sets the row's roof: rate of the row / rate of a loop, as the median over rounds of paired
 * ratios. The loop is the faster of the two loops that move data, or the loop of arithmetic if the
 * row reaches a larger part of that loop's rate. Adds a note to the row if the whole interval is
 * above the roof. Does nothing if the row is not verified. */
void rxt_row_judge(rxt_row *row, const rxt_row_roof roof[RXT_ROOF_KINDS], int rounds);

/* Computes what follows from seconds, verified, loads, stores, flops and the baseline's row (for
 * the baseline, the row itself): time, speedup, efficiency (speedup × the baseline's workers /
 * workers), rates, rounds; not the roof. A row that is not verified gets no time; if such a row is
 * the baseline, there is no speedup. Adds notes on widened intervals, noise shared with the
 * baseline, and a superlinear speedup from a nearer cache. Call this function only once, at the end
 * of a study, because notes cannot be removed. */
void rxt_row_derive(rxt_row *row, const rxt_row *baseline, int rounds);

#endif
