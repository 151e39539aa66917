/* say.h - a driver's messages on stderr; each begins with the program's name. */
#ifndef RXT_MAIN_SAY_H
#define RXT_MAIN_SAY_H

#include "app/run.h"

/* rxt_main_say prints a message that -q silences; rxt_main_complain prints a message that -q does
 * not silence. An empty text prints nothing. `run` is an rxt_run. */
void rxt_main_say(void *run, const char *text);
void rxt_main_complain(void *run, const char *text);

/* rxt_main_say with printf's formatting. */
void rxt_main_tell(rxt_run *r, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Print the progress of the trials, and of the rounds; `left` in seconds. `run` is an rxt_run. */
void rxt_main_trying(void *run, int done, int all, double left);
void rxt_main_progress(void *run, int round, int most, double left);

#endif
