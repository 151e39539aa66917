/* start.h - what a program does first, and around the start of MPI. */
#ifndef RXT_MAIN_START_H
#define RXT_MAIN_START_H

#include "app/run.h"

/* If standard input, output or error is closed, keeps its descriptor occupied, so that no other
 * file gets it. Makes a write beyond ulimit -f an error instead of a signal. Call it before the
 * program opens anything. */
void rxt_main_begin(void);

/* Call these before and after MPI starts. Under a small `ulimit -f` Open MPI 4 waits for ever for a
 * file that it could not write; between the two calls a rank that reaches the limit prints a
 * message and ends. */
void rxt_main_join(rxt_run *run);
void rxt_main_joined(rxt_run *run);

#endif
