/* answer_text.h - between answer.c and answer_text.c. */
#ifndef RXT_ANSWER_TEXT_H
#define RXT_ANSWER_TEXT_H

#include "analysis/answer_rows.h"

/* Each adds to a text what the answer, once judged, has to say: what it is about, which split is
 * fastest, and what that passes over. */
void rxt_answer_subject(char text[RXT_SENTENCE], const rxt_view *v);
void rxt_answer_verdict(char text[RXT_SENTENCE], const rxt_view *v);
void rxt_answer_left_out(char text[RXT_SENTENCE], const rxt_view *v);

#endif
