/* fill.h - wraps text into lines of RXT_REPORT_WIDTH characters, for the text reports. */
#ifndef RXT_REPORT_FILL_H
#define RXT_REPORT_FILL_H

#include <stdio.h>

/* Prints the label, then the text, wrapped between words. The text starts at column `indent` in
 * every line (without a label the first line starts at column 0). */
void rxt_report_fill(FILE *file, const char *label, int indent, const char *text);

#endif
