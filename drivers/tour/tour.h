/* tour.h - the lesson on threads and processes: sentences, each with an experiment that could
 * refute it. A folder of studies decides whether each sentence holds on this machine.
 *
 * A sentence has claims. A claim has a ratio of two rows of one study, paired round by round (or
 * the quotient of two such ratios), and a bound; the ratio must be above the bound, or below the
 * bound. Sentences and claims are data (tour/lesson.c) that were chosen before anything was
 * measured. The verdicts are pure functions of the studies. */
#ifndef RXT_TOUR_H
#define RXT_TOUR_H

#include <stdbool.h>

#include "files/study_reader.h"
#include "report/chart.h"

enum {
    RXT_TOUR_SENTENCES = 12,
    RXT_TOUR_CLAIMS = 4, /* the most claims of a sentence */
    RXT_TOUR_SHOWN = 8,  /* the most kernels of a chart */
    RXT_TOUR_TEXT = 600  /* bytes of a reason       */
};

/* The studies; each is a file NAME.json in the folder. */
typedef enum rxt_tour_file {
    RXT_TOUR_SPAWN,
    RXT_TOUR_SHARE,
    RXT_TOUR_LOCK,
    RXT_TOUR_ONE_CORE_COMPUTE,
    RXT_TOUR_ONE_CORE_WAIT,
    RXT_TOUR_WAIT,
    RXT_TOUR_SMALL,
    RXT_TOUR_SMT,
    RXT_TOUR_CPYTHON, /* the same experiments in CPython */
    RXT_TOUR_FILES
} rxt_tour_file;

/* The file name of a study, such as "spawn.json". */
const char *rxt_tour_name(rxt_tour_file file);

/* ---- the lesson ---- */

/* A kernel at a split. "fork@" is the kernel fork with the largest heap that the study has. */
typedef struct rxt_tour_side {
    const char *kernel;
    int ranks, threads; /* 0: any, for charts */
} rxt_tour_side;

/* The ratio T(over) / T(under). */
typedef struct rxt_tour_pair {
    rxt_tour_file file;
    rxt_tour_side over, under;
} rxt_tour_pair;

typedef enum rxt_tour_need { RXT_TOUR_TOLD, RXT_TOUR_MORE, RXT_TOUR_LESS } rxt_tour_need;

typedef struct rxt_tour_claim {
    const char *name;           /* a short name: "fork/thread" */
    const char *before, *after; /* "fork takes", "as long as thread" */
    rxt_tour_pair pair;
    const rxt_tour_pair *against; /* the figure is the ratio of `pair` / the ratio of this pair;
                                     NULL: only the ratio of `pair` */
    enum { RXT_TOUR_LARGEST, RXT_TOUR_SMALLEST } size; /* the n, if several have all rows */
    rxt_tour_need need; /* TOLD: no bound, the figure is only shown */
    double bound;
    bool cpython; /* CPython's study may have the rows, too */
} rxt_tour_claim;

typedef enum rxt_tour_curve {
    RXT_TOUR_TIMES,   /* the time of each kernel                          */
    RXT_TOUR_SIZES,   /* time against n                                   */
    RXT_TOUR_GAINS,   /* speedup against n                                */
    RXT_TOUR_WORKERS, /* speedup against workers: curves for threads and for processes */
    RXT_TOUR_RATIOS   /* the sentence's own figures                       */
} rxt_tour_curve;

typedef struct rxt_tour_sentence {
    const char *sentence, *question; /* question: the reader guesses the answer */
    const char *experiment;          /* what is done                   */
    const char *command;             /* the command that does it */
    const char *refuted;             /* what would refute the sentence  */
    rxt_tour_curve curve;
    rxt_tour_file file;
    rxt_tour_side shown[RXT_TOUR_SHOWN];   /* ends at the first one without a kernel */
    rxt_tour_claim claim[RXT_TOUR_CLAIMS]; /* ends at the first one without a name */
} rxt_tour_sentence;

extern const rxt_tour_sentence rxt_tour_lesson[RXT_TOUR_SENTENCES];

/* The margin, as a fraction of the bound. There is a verdict only if the whole interval is above
 * the bound plus this margin, or below the bound minus this margin, because the results of two runs
 * on one machine differ by more than their intervals. */
#define RXT_TOUR_MARGIN 0.05

/* ---- the studies ---- */

typedef struct rxt_tour {
    rxt_study_reader *study[RXT_TOUR_FILES]; /* NULL: the study is missing or damaged */
    char why[RXT_TOUR_FILES][RXT_TOUR_TEXT]; /* why a study is NULL */
    bool damaged[RXT_TOUR_FILES];            /* the file exists, but is not a valid study */
} rxt_tour;

/* Reads the studies of a folder. If NAME.json is missing, the first line of NAME.why, if that file
 * exists, is the reason that is shown. A file that is not a study counts as missing and `damaged`.
 * RXT_USAGE if `folder` is not a folder or has no valid study; RXT_ENVIRONMENT if the system cannot
 * read a file. Close with rxt_tour_close, also after an error. */
rxt_status rxt_tour_open(const char *folder, rxt_tour *tour);
void rxt_tour_close(rxt_tour *tour);

/* ---- verdicts ---- */

typedef enum rxt_tour_verdict { RXT_TOUR_UNKNOWN, RXT_TOUR_HOLDS, RXT_TOUR_FAILS } rxt_tour_verdict;

/* "holds here", "does not hold here", "cannot tell here". */
const char *rxt_tour_word(rxt_tour_verdict verdict);

/* The figure of a claim. All intervals of a sentence hold at the same time, at 95 %. */
typedef struct rxt_tour_figure {
    rxt_sample ratio; /* median NAN: no figure */
    rxt_tour_verdict verdict;
    const rxt_row *row;      /* a row with the n of the figure; NULL: the row is missing */
    bool sizes;              /* the study has the kernel at several sizes */
    char why[RXT_TOUR_TEXT]; /* the reason if UNKNOWN */
} rxt_tour_figure;

typedef struct rxt_tour_answer {
    const rxt_tour_sentence *sentence;
    rxt_tour_verdict verdict;
    int claims;
    rxt_tour_figure here[RXT_TOUR_CLAIMS], cpython[RXT_TOUR_CLAIMS];
} rxt_tour_answer;

/* The answer to sentence `s`. HOLDS: for every claim the whole interval is beyond the bound and the
 * margin, on the side that the claim needs. FAILS: for at least one claim the whole interval is on
 * the other side of the bound, beyond the margin. UNKNOWN: otherwise. Pure. */
void rxt_tour_judge(const rxt_tour *tour, int s, rxt_tour_answer *answer);

/* Do our figure and CPython's differ: both have intervals, and these do not overlap? Pure. */
bool rxt_tour_differ(const rxt_tour_figure *here, const rxt_tour_figure *cpython);

/* The chart of a sentence, with CPython's series if its study has the same experiment. Pure. */
void rxt_tour_chart(const rxt_tour *tour, const rxt_tour_answer *answer, rxt_chart *chart);

/* Is `row` of the kernel and split of `side`? Pure. */
bool rxt_tour_is(const rxt_tour_side *side, const rxt_row *row);

#endif
