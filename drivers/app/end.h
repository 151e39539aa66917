/* end.h - how a run ends: what was measured is written, whatever ended it. */
#ifndef RXT_MAIN_END_H
#define RXT_MAIN_END_H

#include "app/run.h"

/* From now on a closed pipe at stdout or stderr is an ordinary error, and a signal that would
 * end the program ends the study and keeps its results. RXT_ENVIRONMENT if no thread can be
 * started for this. */
rxt_status rxt_main_watch(rxt_run *run);

/* The same for the end of a given budget, at run->deadline, on the head. */
rxt_status rxt_main_watch_budget(rxt_run *run);

/* That it was spent before anything was measured. */
rxt_status rxt_main_spent(const rxt_run *run);

/* Takes the right to write from the watching thread. If another thread has it already, waits for
 * the end of the process. */
void rxt_main_stop_watching(rxt_run *run);

/* The same, and ends the watching threads, so that the run can be freed. */
void rxt_main_end_watch(rxt_run *run);

/* Writes what was measured by a study that ended with `st`. What cannot be written is told, and is
 * the environment's fault, unless the end was worse than a stop. On the head. */
rxt_status rxt_main_publish(rxt_run *run, const rxt_study *study, rxt_status st, bool stopped);

/* Ends the whole job at once, this process too. */
void rxt_main_abort(const rxt_run *run, int code) __attribute__((noreturn));

/* For rxt_comm_open: MPI failed on a rank. Says so, on the head writes what was measured, and ends
 * the job. */
void rxt_main_end_job(void *run, int rank, const char *text);

#endif
