/* answer_sure.h - between answer.c and answer_sure.c. */
#ifndef RXT_ANSWER_SURE_H
#define RXT_ANSWER_SURE_H

#include "analysis/answer_rows.h"

/* Statements about several rows at once, each with 95 %. False without memory. All need the
 * answer's fastest row, the last one also its tie set. */
bool rxt_answer_tie(const rxt_rows *rows, rxt_answer *a);       /* sets tied                   */
bool rxt_answer_speedups(const rxt_rows *rows, rxt_answer *a);  /* sets speedup, simultaneous  */
bool rxt_answer_fewest(const rxt_rows *rows, rxt_answer *a);    /* sets fewest, loss           */
bool rxt_answer_contrasts(const rxt_rows *rows, rxt_answer *a); /* sets contrasts, contrast    */

#endif
