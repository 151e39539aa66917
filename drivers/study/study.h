/* study.h - carries out a plan: visits the splits of each block in random order, round by round,
 * until the results are precise enough or the budget is spent.
 *
 * Rank 0 of the world is the conductor: it alone decides what is visited next, and sends orders to
 * the ranks that take part. The other ranks sleep between their visits. */
#ifndef RXT_STUDY_H
#define RXT_STUDY_H

#include <stdatomic.h>

#include "comm/comm.h"
#include "host/host.h"
#include "plan/plan.h"
#include "results/observations.h"
#include "results/row.h"
#include "settings/settings.h"
#include <rxt/blas.h>

/* The input of a study, except its settings. Only world rank 0 calls say, trying and progress. */
typedef struct rxt_study_host {
    rxt_comm *world;
    const rxt_cpus *launched; /* CPU mask of this process at start */
    const rxt_blas *blas;     /* the loaded library if a kernel calls a CBLAS; else NULL */
    const atomic_bool *stop;  /* set by main: end soon and keep all results */
    atomic_bool *inside;      /* set by rank 0's study while a visit runs or a size is added */
    double began;             /* start of the budget, on the clock of rxt_clock_now */
    void (*say)(void *arg, const char *line);
    void (*trying)(void *arg, int done, int all, double seconds_left); /* during the trials */
    void (*progress)(void *arg, int round, int most, double seconds_left);
    void *arg;
} rxt_study_host;

typedef struct rxt_study rxt_study;

struct json_t;

/* Prints one line to the user, formatted as by printf. Local; only rank 0 should call it. */
void rxt_study_say(const rxt_study_host *host, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Checks that all ranks could load the CBLAS library that kernels call (`lacking`: why this rank
 * could not), and that the library has the functions that the kernels call. If only --kernel=all
 * asked for a kernel that cannot be measured, the kernel is removed from the settings with a
 * message; otherwise RXT_ENVIRONMENT. RXT_USAGE if ranks name different libraries. Collective over
 * the world. */
rxt_status rxt_study_blas(rxt_settings *settings, const rxt_study_host *host, rxt_status lacking);

/* Opens own operands, finds the CPUs and cache sizes, plans, allocates memory, and makes the
 * splits' communicators and the facts of the proofs. Collective over the world; all ranks get the
 * same status. On failure *study is NULL; except after RXT_STOPPED, when *study exists and its rows
 * are empty. */
rxt_status rxt_study_open(const rxt_settings *settings, const rxt_study_host *host,
                          rxt_study **study);

/* With --output: opens the journal, to which every visit is written from now on. With --resume the
 * visits of earlier jobs are entered first; *nothing_left is set if the file is already complete.
 * RXT_USAGE if the file or the journal is invalid or belongs to another study. Collective over the
 * world. */
rxt_status rxt_study_keep(rxt_study *study, bool *nothing_left);

/* Call after rxt_study_keep. If any rank resumes, all ranks get ready for the sizes that earlier
 * jobs added. Collective over the world. */
rxt_status rxt_study_ready_again(rxt_study *study);

/* Measures. Collective over the world. On other ranks the result is RXT_OK, or RXT_ENVIRONMENT with
 * *lost set if rank 0 has ended. On rank 0: RXT_OK, RXT_STOPPED, RXT_WRONG, or an error; the rows
 * hold the results measured until then. */
rxt_status rxt_study_run(rxt_study *study, bool *lost);

void rxt_study_close(rxt_study *study);

/* ---- queries ---- */

const rxt_plan *rxt_study_plan(const rxt_study *study);
const rxt_host *rxt_study_nodes(const rxt_study *study);

/* The end of the budget on the clock of rxt_clock_now. Waiting for another study that holds the
 * journal does not use the budget. */
double rxt_study_deadline(const rxt_study *study);

/* Start time of the study's first run and job, as printed by rxt_clock_date. */
const char *rxt_study_created(const rxt_study *study);

/* Settings, cells, build and host of the study, for its file; NULL on ranks other than 0. */
const struct json_t *rxt_study_identity(const rxt_study *study);

/* Are all blocks done, or was the budget spent after the minimum of rounds? */
bool rxt_study_is_complete(const rxt_study *study);

/* Makes the rows measured so far. On rank 0; local. May be called from another thread while the
 * main thread is inside a kernel's call. Free with rxt_study_rows_free. */
rxt_status rxt_study_rows(const rxt_study *study, bool stopped, rxt_rows *rows);

/* As rxt_study_rows, but without figures, notes and other texts: a row has only the fields that
 * identify it, whether its result was right, and its times. */
rxt_status rxt_study_times(const rxt_study *study, rxt_rows *rows);

void rxt_study_rows_free(rxt_rows *rows);

/* The observations of the host so far, and the settings that the warnings need. Their memory
 * belongs to the study. Rank 0; local; may be called from another thread as rxt_study_rows. */
rxt_observations rxt_study_observations(const rxt_study *study);

/* RXT_WRONG, naming the first row, if any result was wrong. Rank 0; local. */
rxt_status rxt_study_verdict(const rxt_study *study);

/* Call after the end of the budget. RXT_STOPPED if a requested size has fewer whole rounds than the
 * minimum. Rank 0; local. */
rxt_status rxt_study_out_of_budget(const rxt_study *study);

/* Was any row visited? A trial visit counts, too. If no row was visited, the journal has nothing to
 * resume from. Rank 0; local. */
bool rxt_study_has_visits(const rxt_study *study);

/* Is there a journal, and was every visit written to it without an error? Rank 0; local. */
bool rxt_study_has_journal(const rxt_study *study);

/* rxt_study_remove_journal removes the journal; call it after the study was saved. rxt_study_drop
 * removes the journal if this job created it and it has no visits; the program may also call
 * rxt_study_drop when it ends inside a kernel's call. Rank 0; local. */
void rxt_study_remove_journal(const rxt_study *study);
void rxt_study_drop(const rxt_study *study);

#endif
