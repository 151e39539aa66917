/* sentence.h - appends the words of answers to a sentence in a buffer; a sentence that is too long
 * is cut. */
#ifndef RXT_SENTENCE_H
#define RXT_SENTENCE_H

#include "results/row.h"

enum { RXT_SENTENCE = 1000 }; /* bytes of the longest answer */

/* Appends to a sentence, as printf would. */
void rxt_say(char text[RXT_SENTENCE], const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Appends "8×4", on several nodes "8×4@2". */
void rxt_say_split(char text[RXT_SENTENCE], rxt_split split);

/* Appends "1.87× [1.84 1.90]", or without an interval "1.87×". If an end of the interval is not
 * exactly 1, more decimals are printed, so that it does not appear as 1.00. */
void rxt_say_speedup(char text[RXT_SENTENCE], const rxt_sample *speedup);

#endif
