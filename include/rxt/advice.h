/* advice.h - what in a study is to be doubted, and what to do about it: warnings that say what was
 * seen, with its value, and what helps. Pure functions of rows and of what was seen of the host.
 *
 * A quiet study warns of nothing. What chance alone could bring about (a trend, times that resemble
 * their predecessors) is held to at most 2 of 100 studies that are clean (test_advice_quiet). */
#ifndef RXT_ADVICE_H
#define RXT_ADVICE_H

#include <rxt/answer.h>
#include <rxt/ladder.h>
#include <rxt/load.h>
#include <rxt/row.h>

/* What was seen of a node from the study's beginning to its end. */
typedef struct rxt_sight {
    char name[64];
    double seconds;       /* between the two                                        */
    int cpus;             /* hardware threads of the cores that the study may use  */
    rxt_load spent;       /* meanwhile, on them; own: by all ranks of the node        */
    rxt_load_pages pages; /* at the end, of all ranks of the node                    */
    rxt_load_clock ruler; /* of the first core                                       */
    char huge_pages[16];  /* transparent ones, as the system is set                  */
} rxt_sight;

/* A cache of which the system says something else than loads that were timed. */
typedef struct rxt_sight_level {
    const char *node;
    double said, counts; /* bytes; counts = 0: all is well, said = 0: the system does not name it */
} rxt_sight_level;

/* Last-level caches of which cores that have their own, as the system says, push out each other's
 * data. */
typedef struct rxt_sight_shared {
    const char *node;
    int said, counts; /* how many there are; counts = 0: all is well */
} rxt_sight_shared;

/* Arithmetic on two CPUs at once against the first alone: 2 where they do not disturb each other.
 */
typedef struct rxt_sight_pair {
    int cpu[2];
    rxt_sample rate; /* count 0: not measured */
} rxt_sight_pair;

/* What is looked at beside rows. */
typedef struct rxt_scene {
    int nodes; /* 0: the study did not come to its end, nothing was seen of them */
    const rxt_sight *node;
    rxt_sight_level level[RXT_LEVELS]; /* of the first node where one is contradicted */
    rxt_sight_shared shared;           /* of the first such node                       */
    rxt_sight_pair pair;               /* of two workers on one node, the worst        */
    int looks, crowded;  /* after rounds, on node 0; those that found more tasks than CPUs beside
                            the study's could take                              */
    const double *hertz; /* [looks]: clock frequency of the first core; NULL: not known  */
    double resolution;   /* of the clock that times visits; 0: not known                */
    double precision;    /* wanted                                                      */
    double budget;       /* seconds                                                     */
    int rounds_min, rounds_max;
    bool kept; /* an --output that is not complete, to go on from */
} rxt_scene;

typedef struct rxt_warning {
    const char *kind; /* one word                                      */
    int rows;         /* that it is about; 0: it is about the whole study */
    char text[RXT_ANSWER_TEXT];
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
