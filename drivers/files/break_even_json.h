/* break_even_json.h - a study's break-even sizes as JSON; called by record_json.c only. */
#ifndef RXT_BREAK_EVEN_JSON_H
#define RXT_BREAK_EVEN_JSON_H

#include "analysis/answer.h"

struct json_t;

/* The break-even sizes for the answer's kernel, team, combine and bind, as one object: a sentence,
 * the result for threads and the result for processes. A result that does not exist is null. JSON
 * null if the list has no break-even size for this combination. Returns NULL without memory. */
struct json_t *rxt_break_even_json(const rxt_rows *rows, const rxt_break_even_list *list,
                                   const rxt_answer *answer);

#endif
