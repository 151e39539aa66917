/* answer_rows.h - which rows of an answer are meant: for answer.c and answer_text.c. */
#ifndef RXT_ANSWER_ROWS_H
#define RXT_ANSWER_ROWS_H

#include "analysis/answer.h"

/* An answer and its rows. */
typedef struct rxt_view {
    const rxt_rows *rows;
    const rxt_answer *a;
} rxt_view;

/* Is row i of the answer one of these? */
typedef bool (*rxt_choice)(const rxt_view *v, int i);

bool rxt_view_verified(const rxt_view *v, int i);
bool rxt_view_wrong(const rxt_view *v, int i);
bool rxt_view_missing(const rxt_view *v, int i);
bool rxt_view_usable(const rxt_view *v, int i); /* verified, with a speedup */
bool rxt_view_has_interval(const rxt_view *v, int i);
bool rxt_view_split(const rxt_view *v, int i); /* usable, and not the baseline */
bool rxt_view_baseline(const rxt_view *v, int i);
bool rxt_view_beats(const rxt_view *v, int i); /* surely faster than the baseline */

/* A split that may be the best, and is neither surely faster nor surely slower than the baseline.
 */
bool rxt_view_level(const rxt_view *v, int i);
bool rxt_view_may_gain(const rxt_view *v,
                       int i);                /* level, and 2 % faster or more, for all we know */
bool rxt_view_tied(const rxt_view *v, int i); /* with the fastest, itself included */
bool rxt_view_tied_with_fastest(const rxt_view *v, int i); /* itself not                        */

/* A difference below this factor does not count: fewer workers are preferred if they lose less,
 * and a split that gains less is no gain. */
static const double rxt_worth = 1.02;

const rxt_row *rxt_view_row(const rxt_view *v, int i);
const rxt_row *rxt_view_fastest(const rxt_view *v);

int rxt_view_count(const rxt_view *v, rxt_choice chosen);

/* The chosen row with the largest median speedup, the first of equals; -1 when there is none. */
int rxt_view_best(const rxt_view *v, rxt_choice chosen);

#endif
