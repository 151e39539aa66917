/* answer_take.h - between answer.c and answer_take.c. */
#ifndef RXT_ANSWER_TAKE_H
#define RXT_ANSWER_TAKE_H

#include "analysis/answer.h"

/* An answer, still without text, for every kernel, size, binding, team and way to combine.
 * RXT_ENVIRONMENT without memory; the answers made so far stay in the list. */
rxt_status rxt_answers_take(const rxt_rows *rows, rxt_answers *answers);

#endif
