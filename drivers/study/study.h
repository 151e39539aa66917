/* study.h - the plan carried out: blocks of splits, visited in shuffled rounds until precise enough
 * or out of budget.
 *
 * Rank 0 of the world is the conductor: only it decides what is visited next and sends orders to
 * the ranks that take part. The others sleep between their visits. */
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

/* The input of a study beside its settings. Only world rank 0 calls say, trying and progress. */
typedef struct rxt_study_host {
    rxt_comm *world;
    const rxt_cpus *launched; /* this process's mask at start          */
    const rxt_blas *blas;     /* loaded, where a kernel calls a CBLAS  */
    const atomic_bool *stop;  /* set by main: end soon, keep all       */
    atomic_bool *inside;      /* set here, on rank 0: a visit is under way, or a size is added */
    double began;             /* when the budget began to run          */
    void (*say)(void *arg, const char *line);
    void (*trying)(void *arg, int done, int all, double seconds_left); /* before round 1 */
    void (*progress)(void *arg, int round, int most, double seconds_left);
    void *arg;
} rxt_study_host;

typedef struct rxt_study rxt_study;

/* One line to the user, with printf's formatting. Local; only rank 0 should. */
void rxt_study_say(const rxt_study_host *host, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Checks that all ranks could load the library that kernels call (`lacking`: why this one could
 * not) and that it has what they call. Kernels that cannot be measured are removed from the
 * settings with a message if only `all` asked for them; else RXT_ENVIRONMENT. Collective. */
rxt_status rxt_study_blas(rxt_settings *settings, const rxt_study_host *host, rxt_status lacking);

/* Opens own operands, finds the CPUs, plans, takes memory, makes the splits' comms and the
 * proofs' facts. Collective over the world; the same status everywhere. On failure *study is
 * NULL, unless it was stopped (RXT_STOPPED): then its rows exist and are empty. */
rxt_status rxt_study_open(const rxt_settings *settings, const rxt_study_host *host,
                          rxt_study **study);

/* With --output: from now on every visit goes to its journal. With --resume the visits of
 * earlier jobs are entered first; *nothing_left is set if the file is already complete.
 * RXT_USAGE if the file or journal is invalid or belongs to another study. Collective over the
 * world. */
rxt_status rxt_study_keep(rxt_study *study, bool *nothing_left);

/* Then, where a rank resumes: readies all ranks for sizes that earlier jobs added. Collective. */
rxt_status rxt_study_ready_again(rxt_study *study);

/* Measures. Collective over the world. On ranks other than 0 always RXT_OK, except
 * RXT_ENVIRONMENT with *lost set if rank 0 is gone. On rank 0: RXT_STOPPED, RXT_WRONG, or the
 * error; the rows have the results until then. */
rxt_status rxt_study_run(rxt_study *study, bool *lost);

void rxt_study_close(rxt_study *study);

/* ---- what it is, and what became of it ---- */

const rxt_plan *rxt_study_plan(const rxt_study *study);
const rxt_host *rxt_study_nodes(const rxt_study *study);

/* The end of the budget, which does not run while another study's end is waited for. */
double rxt_study_deadline(const rxt_study *study);

/* When the first job began, as rxt_clock_date says. */
const char *rxt_study_created(const rxt_study *study);

/* Every block is done, or the budget was spent after its minimum. */
bool rxt_study_is_complete(const rxt_study *study);

/* The rows so far, on rank 0. Local: may be called from another thread
 * while the main one is inside a kernel's call. Free with rxt_study_rows_free. */
rxt_status rxt_study_rows(const rxt_study *study, bool stopped, rxt_rows *rows);

/* The same without any figure, note or other text: what tells each row from others, whether its
 * result was right, and its seconds. */
rxt_status rxt_study_times(const rxt_study *study, rxt_rows *rows);

void rxt_study_rows_free(rxt_rows *rows);

/* Observations of the host so far, and the settings that warnings need. The study's memory; rank
 * 0, local, as above. */
rxt_observations rxt_study_observations(const rxt_study *study);

/* RXT_WRONG, naming the first, when some result was wrong. Rank 0; local. */
rxt_status rxt_study_verdict(const rxt_study *study);

/* RXT_STOPPED when a budget that is spent leaves less than the minimum of rounds. Rank 0. */
rxt_status rxt_study_out_of_budget(const rxt_study *study);

/* Was any row visited, even for a trial? Then its journal is worth resuming from. Rank 0. */
bool rxt_study_has_visits(const rxt_study *study);

/* Is there a journal, and could all be written into it? Rank 0. */
bool rxt_study_has_journal(const rxt_study *study);

/* Removes the journal: of a study that is saved; if this job began it and it has no visits, for an
 * end inside a call. */
void rxt_study_remove_journal(const rxt_study *study);
void rxt_study_drop(const rxt_study *study);

#endif
