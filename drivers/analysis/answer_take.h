/* answer_take.h - between answer.c and answer_take.c. */
#ifndef RXT_ANSWER_TAKE_H
#define RXT_ANSWER_TAKE_H

#include "analysis/answer.h"

/* An answer, with nothing said yet, for every kernel, size, binding, and way to drive threads and
 * ranks. RXT_ENVIRONMENT without memory; what was taken is in the answers all the same. */
rxt_status rxt_answers_take(const rxt_rows *rows, rxt_answers *answers);

#endif
