/* say.h - a driver's messages, on stderr, each with the program's name before it. */
#ifndef RXT_MAIN_SAY_H
#define RXT_MAIN_SAY_H

#include "app/run.h"

/* Messages that -q silences, and messages that it does not; an empty text prints nothing. `run`
 * is an rxt_run. */
void rxt_main_say(void *run, const char *text);
void rxt_main_complain(void *run, const char *text);

/* The first with printf's formatting. */
void rxt_main_tell(rxt_run *r, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* How far the trials, and the rounds, are. */
void rxt_main_trying(void *run, int done, int all, double left);
void rxt_main_progress(void *run, int round, int most, double left);

#endif
