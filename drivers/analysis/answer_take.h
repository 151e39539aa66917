/* answer_take.h - which rows belong to an answer; for answer.c. */
#ifndef RXT_ANSWER_TAKE_H
#define RXT_ANSWER_TAKE_H

#include "analysis/answer.h"

/* Makes an answer, without text, for every kernel, size, binding, team and combine. RXT_ENVIRONMENT
 * without memory; answers made so far stay in the list and must be freed. */
rxt_status rxt_answers_take(const rxt_rows *rows, rxt_answers *answers);

#endif
