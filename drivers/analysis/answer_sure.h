/* answer_sure.h - between answer.c and answer_sure.c. */
#ifndef RXT_ANSWER_SURE_H
#define RXT_ANSWER_SURE_H

#include "analysis/answer_rows.h"

/* What can be said of several rows at once, 95 % each. False without memory. The first three want
 * the answer's fastest row, the others its tie set, too. */
bool rxt_answer_tie(const rxt_rows *rows, rxt_answer *a);       /* sets tied                   */
bool rxt_answer_speedups(const rxt_rows *rows, rxt_answer *a);  /* sets speedup, simultaneous  */
bool rxt_answer_fewest(const rxt_rows *rows, rxt_answer *a);    /* sets fewest, loss           */
bool rxt_answer_contrasts(const rxt_rows *rows, rxt_answer *a); /* sets contrasts, contrast    */

#endif
