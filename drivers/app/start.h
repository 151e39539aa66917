/* start.h - a program starts: its standard files, and MPI. */
#ifndef RXT_MAIN_START_H
#define RXT_MAIN_START_H

#include "app/run.h"

/* Standard files that are closed stay closed to this process, whatever it opens; what cannot be
 * written is an error and no signal. For the begin of a program, before it opens anything. */
void rxt_main_begin(void);

/* Before and after MPI starts: Open MPI 4 waits for ever for the file that it could not write under
 * `ulimit -f`. A rank that meets that limit meanwhile says so and ends. */
void rxt_main_join(const rxt_run *run);
void rxt_main_joined(rxt_run *run);

#endif
