/* tour.h - the lesson on threads and processes: sentences, each with the experiment that could
 * refute it, judged by a folder of studies.
 *
 * A sentence has claims. A claim is a ratio of two rows of one study, paired round by round, and
 * the bound that the sentence needs it to keep to. Sentences and claims are data (tour/lesson.c),
 * chosen before anything is measured; what is judged is pure. */
#ifndef RXT_TOUR_H
#define RXT_TOUR_H

#include <stdbool.h>

#include "files/study_reader.h"
#include "report/chart.h"

enum {
    RXT_TOUR_SENTENCES = 12,
    RXT_TOUR_CLAIMS = 4, /* the most of a sentence  */
    RXT_TOUR_SHOWN = 8,  /* kernels of a chart    */
    RXT_TOUR_TEXT = 600  /* bytes of a reason       */
};

/* The studies, NAME.json in the folder. */
typedef enum rxt_tour_file {
    RXT_TOUR_SPAWN,
    RXT_TOUR_SHARE,
    RXT_TOUR_LOCK,
    RXT_TOUR_ONE_CORE_COMPUTE,
    RXT_TOUR_ONE_CORE_WAIT,
    RXT_TOUR_WAIT,
    RXT_TOUR_SMALL,
    RXT_TOUR_SMT,
    RXT_TOUR_CPYTHON, /* the same questions, asked of CPython */
    RXT_TOUR_FILES
} rxt_tour_file;

/* "spawn.json". */
const char *rxt_tour_name(rxt_tour_file file);

/* ---- the lesson ---- */

/* A kernel at a split. "fork@" is fork with the largest heap that the study has. */
typedef struct rxt_tour_side {
    const char *kernel;
    int ranks, threads; /* 0: any; for charts */
} rxt_tour_side;

/* The ratio T(over) / T(under). */
typedef struct rxt_tour_pair {
    rxt_tour_file file;
    rxt_tour_side over, under;
} rxt_tour_pair;

typedef enum rxt_tour_need { RXT_TOUR_TOLD, RXT_TOUR_MORE, RXT_TOUR_LESS } rxt_tour_need;

typedef struct rxt_tour_claim {
    const char *name;           /* for a narrow line: "fork/thread"            */
    const char *before, *after; /* "fork takes", "as long as thread"           */
    rxt_tour_pair pair;
    const rxt_tour_pair *against; /* the figure is pair's ratio over this one's; NULL: pair's     */
    enum { RXT_TOUR_LARGEST, RXT_TOUR_SMALLEST } size; /* of those that its rows have            */
    rxt_tour_need need;                                /* TOLD: nothing, the figure is only told */
    double bound;
    bool cpython; /* CPython's study may have the same rows */
} rxt_tour_claim;

typedef enum rxt_tour_curve {
    RXT_TOUR_TIMES,   /* the time of each kernel                          */
    RXT_TOUR_SIZES,   /* time against n                                   */
    RXT_TOUR_GAINS,   /* speedup against n                                */
    RXT_TOUR_WORKERS, /* speedup against workers, as threads and as processes */
    RXT_TOUR_RATIOS   /* the sentence's own figures                       */
} rxt_tour_curve;

typedef struct rxt_tour_sentence {
    const char *sentence, *question; /* the question asks for a guess  */
    const char *experiment;          /* what is done                   */
    const char *command;             /* what does it                   */
    const char *refuted;             /* what would refute the sentence  */
    rxt_tour_curve curve;
    rxt_tour_file file;
    rxt_tour_side shown[RXT_TOUR_SHOWN];   /* until one without a kernel */
    rxt_tour_claim claim[RXT_TOUR_CLAIMS]; /* until one without a name */
} rxt_tour_sentence;

extern const rxt_tour_sentence rxt_tour_lesson[RXT_TOUR_SENTENCES];

/* By how much of itself an interval must clear a bound on either side: two runs on one machine
 * differ by more than either's interval tells. */
#define RXT_TOUR_MARGIN 0.05

/* ---- the studies ---- */

typedef struct rxt_tour {
    rxt_study_reader *study[RXT_TOUR_FILES]; /* NULL: it is not there          */
    char why[RXT_TOUR_FILES][RXT_TOUR_TEXT]; /* and why                        */
    bool damaged[RXT_TOUR_FILES];            /* a file is there, but no study  */
} rxt_tour;

/* Reads the studies of a folder; where NAME.json is not there, NAME.why may hold a line that says
 * why. A file that is no study is one that is not there, and `damaged`. RXT_USAGE where the folder
 * is none, or has not one study. Close with rxt_tour_close, whatever was returned. */
rxt_status rxt_tour_open(const char *folder, rxt_tour *tour);
void rxt_tour_close(rxt_tour *tour);

/* ---- verdicts ---- */

typedef enum rxt_tour_verdict { RXT_TOUR_UNKNOWN, RXT_TOUR_HOLDS, RXT_TOUR_FAILS } rxt_tour_verdict;

/* "holds here", "does not hold here", "cannot tell here". */
const char *rxt_tour_word(rxt_tour_verdict verdict);

/* A claim's ratio here: its interval holds together with those of the sentence's other claims. */
typedef struct rxt_tour_figure {
    rxt_sample ratio; /* median NAN: it is not there */
    rxt_tour_verdict verdict;
    const rxt_row *row;      /* whose n the figure is at; NULL: it is not there */
    bool sizes;              /* its study has several                           */
    char why[RXT_TOUR_TEXT]; /* of UNKNOWN */
} rxt_tour_figure;

typedef struct rxt_tour_answer {
    const rxt_tour_sentence *sentence;
    rxt_tour_verdict verdict;
    int claims;
    rxt_tour_figure here[RXT_TOUR_CLAIMS], cpython[RXT_TOUR_CLAIMS];
} rxt_tour_answer;

/* The answer to sentence `s`. HOLDS: all its claims hold, every interval lies wholly beyond its
 * bound and the margin. FAILS: some interval lies wholly on the other side of them. Pure. */
void rxt_tour_judge(const rxt_tour *tour, int s, rxt_tour_answer *answer);

/* Model and CPython differ: both intervals are there, and do not overlap. Pure. */
bool rxt_tour_differ(const rxt_tour_figure *here, const rxt_tour_figure *cpython);

/* The curve beside the sentence, of CPython too where it was asked the same. Pure. */
void rxt_tour_chart(const rxt_tour *tour, const rxt_tour_answer *answer, rxt_chart *chart);

/* Is it that kernel at that split? Pure. */
bool rxt_tour_is(const rxt_tour_side *side, const rxt_row *row);

#endif
