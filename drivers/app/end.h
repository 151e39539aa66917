/* end.h - how a run ends: the measured results are written, whatever ended it. */
#ifndef RXT_MAIN_END_H
#define RXT_MAIN_END_H

#include "app/run.h"

/* Starts a thread that waits for signals. From now on a closed pipe at stdout or stderr is an
 * ordinary error, and a signal that would end the program ends the study and keeps its results.
 * RXT_ENVIRONMENT if the thread cannot be started. */
rxt_status rxt_main_watch(rxt_run *run);

/* Starts a thread that ends the study at run->deadline, the end of a given --budget. For the head
 * only. */
rxt_status rxt_main_watch_budget(rxt_run *run);

/* The status for a budget that was spent before anything was measured. */
rxt_status rxt_main_spent(const rxt_run *run);

/* Takes the right to write the results, so that no watching thread writes them. If a watching
 * thread has taken this right already, waits for the end of the process. */
void rxt_main_stop_watching(rxt_run *run);

/* Does the same as rxt_main_stop_watching, and ends the watching threads, so that the run can be
 * freed. */
void rxt_main_end_watch(rxt_run *run);

/* Writes the results of a study that ended with `st`, and returns the status of the whole run. If
 * the results cannot be written, prints an error; the returned status then has the exit code of
 * this error if `st` was RXT_OK or RXT_STOPPED. For the head only. */
rxt_status rxt_main_publish(rxt_run *run, const rxt_study *study, rxt_status st, bool stopped);

/* Ends this process and the whole job at once. */
void rxt_main_abort(const rxt_run *run, int code) __attribute__((noreturn));

/* For rxt_comm_open: called when MPI failed on a rank. Prints the error, writes the results if this
 * is the head, and ends the job. `run` is an rxt_run. */
void rxt_main_end_job(void *run, int rank, const char *text);

#endif
