/* break_even_json.h - between record_json.c and break_even_json.c. */
#ifndef RXT_BREAK_EVEN_JSON_H
#define RXT_BREAK_EVEN_JSON_H

#include "analysis/answer.h"

struct json_t;

/* What was found over the sizes by the answer's kernel, binding, team and way to combine: its
 * sentence, threads and processes; null where that is nothing. NULL without memory. */
struct json_t *rxt_break_even_json(const rxt_rows *rows, const rxt_break_even_list *list,
                                   const rxt_answer *answer);

#endif
