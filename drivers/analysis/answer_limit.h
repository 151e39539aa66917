/* answer_limit.h - what bounds the fastest split. */
#ifndef RXT_ANSWER_LIMIT_H
#define RXT_ANSWER_LIMIT_H

#include "analysis/answer.h"

/* Sets the answer's limit and appends it to the answer's text. Requires that the fastest row is
 * known. */
void rxt_answer_limit(const rxt_rows *rows, rxt_answer *a);

#endif
