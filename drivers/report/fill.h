/* fill.h - text in lines of a reader's width: for report/text.c. */
#ifndef RXT_REPORT_FILL_H
#define RXT_REPORT_FILL_H

#include <stdio.h>

/* The label, then the text from column `indent` on (without a label, from the margin), in lines
 * that end between words. */
void rxt_report_fill(FILE *file, const char *label, int indent, const char *text);

#endif
