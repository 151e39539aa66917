/* answer_limit.h - what bounds the fastest split. */
#ifndef RXT_ANSWER_LIMIT_H
#define RXT_ANSWER_LIMIT_H

#include "analysis/answer.h"

/* Sets the answer's limit, once its fastest row is known, and says it at the end of its text. */
void rxt_answer_limit(const rxt_rows *rows, rxt_answer *a);

#endif
