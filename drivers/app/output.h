/* output.h - what a program of the kit prints: messages on stderr, and that stdout was written.
 * Local. */
#ifndef RXT_OUTPUT_H
#define RXT_OUTPUT_H

#include <rxt/status.h>

/* "PROGRAM: TEXT", a line on stderr, without control characters. */
void rxt_output_message(const char *program, const char *text);

/* Flushes standard output. RXT_ENVIRONMENT where some of it could not be written. */
rxt_status rxt_output_flush(void);

#endif
