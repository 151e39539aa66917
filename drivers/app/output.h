/* output.h - a program's messages on stderr, and a check that stdout was written. Local. */
#ifndef RXT_OUTPUT_H
#define RXT_OUTPUT_H

#include <rxt/status.h>

/* Prints the line "PROGRAM: TEXT" on stderr, with control characters replaced. */
void rxt_output_message(const char *program, const char *text);

/* Flushes standard output. RXT_ENVIRONMENT if some output could not be written. */
rxt_status rxt_output_flush(void);

#endif
