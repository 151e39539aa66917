/* answer_text.h - prints an answer as sentences; for answer.c. */
#ifndef RXT_ANSWER_TEXT_H
#define RXT_ANSWER_TEXT_H

#include "analysis/answer_rows.h"

/* Each appends one part of an answer to the text: its subject, the fastest split, and the splits
 * that were not counted. */
void rxt_answer_subject(char text[RXT_SENTENCE], const rxt_view *v);
void rxt_answer_verdict(char text[RXT_SENTENCE], const rxt_view *v);
void rxt_answer_left_out(char text[RXT_SENTENCE], const rxt_view *v);

#endif
