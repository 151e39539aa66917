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

/* A missing double is NAN and an empty cell. A row whose result was wrong has verified = false,
 * and no time. */
typedef struct rxt_row {
    const char *kernel, *type, *scaling, *team, *combine,
        *bind;                   /* team and combine are "-" at 1 × 1, a plain serial call, which
                                    all of them share */
    const char *sync;            /* "call", "visit"; NULL: a file older than the column */
    double loads, stores, flops; /* per element, the kernel's own                       */
    ptrdiff_t n;                 /* elements on all workers; in weak scaling on each */
    double bytes;                /* footprint: all operands, all ranks */
    const char *level;           /* "L1", "L2", "L3", "DRAM"           */
    rxt_split split, baseline;
    ptrdiff_t calls; /* per visit, as in the last one */
    int rounds;      /* rounds kept                   */
    double *
        seconds; /* [study's rounds]: seconds per call, NAN where not visited; owned by the study */
    rxt_sample time;    /* of seconds                    */
    rxt_sample speedup; /* of paired ratios T(baseline) / T(split), in weak scaling of the rates;
                           median NAN: none */
    double efficiency, gbytes_per_s, gflops_per_s;
    double roof;     /* fraction of the measured roof, the larger of bandwidth and arithmetic */
    bool arithmetic; /* it is the flop rate's, not the bandwidth's                          */
    rxt_value result;
    double error; /* distance from the proof's value in units of its bound; NAN: never called */
    bool verified, consistent; /* consistent: there is no proof, and the splits' results agree   */
    bool unbound, astray; /* binding was refused; some worker was seen off its planned CPU       */
    bool shared;          /* two workers were seen on one core, though there were others         */
    const char *library;  /* the kernel's own account of what it calls; NULL: nothing           */
    const char *unit;     /* what n counts, for a task; NULL: elements                           */
    rxt_visit_figures figures; /* medians over rounds of what each visit measures */
    const char *nearer;        /* superlinear, and its share lies nearer than the baseline's, which
                                  lies in this level; NULL: it is not                                  */
    bool alone;                /* a task for two workers that one worker did alone  */
    bool between; /* its size was added by --break-even                                        */
    bool own;     /* operands from files: their result is said with its bound                  */
    double bound; /* absolute error bound of the result; 0: exact; only for own operands */
    char placement[RXT_ROW_PLACEMENT];
    char note[RXT_ROW_NOTE]; /* notes joined by "; " */
} rxt_row;

/* Rows in order of kernel, size, bind, then 1 × 1, then team, combine, split; `host` and `settings`
 * are lines for a reader. */
typedef struct rxt_rows {
    int count, rounds; /* rounds: length of every row's seconds */
    rxt_row *row;
    bool stopped;
    const char *program, *version;
    char operands[512];                /* "" where all are made up */
    char host[512];                    /* CPU, cores, quota, MPI, OpenMP, BLAS: for text's header */
    char command[1024];                /* the command line, argv joined                           */
    char no_baseline[RXT_STATUS_TEXT]; /* why the baseline is not the one asked for; "" if it is */
    rxt_splits_host splits;            /* what the splits came from, for the horizon          */
    bool oversubscribe, smt, default_splits;
    const char *against; /* the reference task of costs (cost.h); NULL: none */
    bool lesson;         /* they are of tasks, and have the columns unit and p99 */
} rxt_rows;

/* Adds a note, "; " between two, once only; cut (between characters) where there is no room. */
void rxt_row_note(rxt_row *row, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The workers of its split: ranks × threads. */
int rxt_row_workers(const rxt_row *row);

/* Of one kernel, size and binding: such rows have one baseline. */
bool rxt_row_same_block(const rxt_row *a, const rxt_row *b);

/* Is there a speedup that can be drawn? */
bool rxt_row_sped_up(const rxt_row *row);

/* Elements on each worker are the same at all splits: n is their number. */
bool rxt_row_weak(const rxt_row *row);

/* The speedup of `fast` over `slow`: the ratio of times, round by round; in weak scaling, where
 * more workers have more to do, the ratio of rates. Requires rows of one kernel, size and
 * scaling. */
rxt_sample rxt_row_ratio(int rounds, const rxt_row *slow, const rxt_row *fast);

/* The same with an interval of another coverage. */
rxt_sample rxt_row_ratio_at(int rounds, const rxt_row *slow, const rxt_row *fast, double coverage);

/* A roof's loop that judges a row: its times in the same rounds, and how many times the row's
 * bytes or flops it moved or did. seconds NULL: it was not measured. */
typedef struct rxt_row_roof {
    const double *seconds;
    double times;
} rxt_row_roof;

/* The row's roof: the faster of two loops that move the same data counts, or arithmetic if the
 * row is nearer to it; a fraction is the median over rounds of T(loop) / T(row), paired. Notes a
 * row that is surely faster than its roof. Leaves rows that are not verified alone. */
void rxt_row_judge(rxt_row *row, const rxt_row_roof roof[RXT_ROOF_KINDS], int rounds);

/* Computes what follows from seconds, verified, loads, stores, flops and the baseline's row
 * (itself, for the baseline): time, speedup, efficiency (speedup × the baseline's workers /
 * workers), rates, rounds; leaves roof alone. No time for a row, no speedup against a baseline,
 * that is not verified. Adds the notes that the figures call for: intervals widened, noise shared
 * with the baseline, a superlinear speedup from a nearer cache. Once, at the end of a study: notes
 * stay. */
void rxt_row_derive(rxt_row *row, const rxt_row *baseline, int rounds);

#endif
