/* answer_sure.h - claims about several rows that hold at once; for answer.c. */
#ifndef RXT_ANSWER_SURE_H
#define RXT_ANSWER_SURE_H

#include "analysis/answer_rows.h"

/* Each makes claims about several rows that hold at once with 95 %. False without memory.
 * rxt_answer_tie and rxt_answer_fewest need the answer's fastest row. */
bool rxt_answer_tie(const rxt_rows *rows, rxt_answer *a);       /* sets tied                   */
bool rxt_answer_speedups(const rxt_rows *rows, rxt_answer *a);  /* sets speedup, simultaneous  */
bool rxt_answer_fewest(const rxt_rows *rows, rxt_answer *a);    /* sets fewest, loss           */
bool rxt_answer_contrasts(const rxt_rows *rows, rxt_answer *a); /* sets contrasts, contrast    */

#endif
