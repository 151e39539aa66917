/* answer_text.h - between answer.c and answer_text.c. */
#ifndef RXT_ANSWER_TEXT_H
#define RXT_ANSWER_TEXT_H

#include "analysis/answer_rows.h"

/* Each adds one part of a judged answer to a text: its subject, the fastest split, and the rows
 * that were left out. */
void rxt_answer_subject(char text[RXT_SENTENCE], const rxt_view *v);
void rxt_answer_verdict(char text[RXT_SENTENCE], const rxt_view *v);
void rxt_answer_left_out(char text[RXT_SENTENCE], const rxt_view *v);

#endif
