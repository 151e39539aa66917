/* start.h - a program starts: its standard files, and MPI. */
#ifndef RXT_MAIN_START_H
#define RXT_MAIN_START_H

#include "app/run.h"

/* Keeps the descriptors of closed standard files unused, so that no other file gets them; a
 * failed write becomes an error, not a signal. Call it first in a program, before it opens
 * anything. */
void rxt_main_begin(void);

/* Before and after MPI starts: Open MPI 4 waits for ever for the file that it could not write under
 * `ulimit -f`. A rank that meets that limit meanwhile says so and ends. */
void rxt_main_join(const rxt_run *run);
void rxt_main_joined(rxt_run *run);

#endif
