/* answer_rows.h - predicates that select rows of an answer; for the files answer*.c. */
#ifndef RXT_ANSWER_ROWS_H
#define RXT_ANSWER_ROWS_H

#include "analysis/answer.h"

/* An answer and its rows. */
typedef struct rxt_view {
    const rxt_rows *rows;
    const rxt_answer *a;
} rxt_view;

/* A predicate: is row i of the answer selected? */
typedef bool (*rxt_choice)(const rxt_view *v, int i);

bool rxt_view_verified(const rxt_view *v, int i);
bool rxt_view_wrong(const rxt_view *v, int i);
bool rxt_view_missing(const rxt_view *v, int i);
bool rxt_view_usable(const rxt_view *v, int i); /* verified, with a speedup */
bool rxt_view_has_interval(const rxt_view *v, int i);
bool rxt_view_split(const rxt_view *v, int i); /* usable, and not the baseline */
bool rxt_view_baseline(const rxt_view *v, int i);
bool rxt_view_beats(const rxt_view *v, int i); /* surely faster than the baseline */

/* A split that is not the baseline, may be the fastest, and is neither surely faster nor surely
 * slower than the baseline. */
bool rxt_view_level(const rxt_view *v, int i);
bool rxt_view_may_gain(const rxt_view *v, int i); /* level, and its interval allows a gain of 2 % or
                                                     more */
bool rxt_view_tied(const rxt_view *v, int i); /* may be the fastest; true for the fastest itself */
bool rxt_view_tied_with_fastest(const rxt_view *v, int i); /* the same without the fastest itself */

/* A difference below this factor is small. A split with fewer workers is named if it surely loses
 * no more than this. An answer is undecided only if a split may gain this much over the baseline. A
 * difference between threads and processes is printed only if it is at least this large. */
static const double rxt_worth = 1.02;

const rxt_row *rxt_view_row(const rxt_view *v, int i);
const rxt_row *rxt_view_fastest(const rxt_view *v);

int rxt_view_count(const rxt_view *v, rxt_choice chosen);

/* Index of the selected row with the largest median speedup; the first one if several are equal;
 * -1: none is selected. */
int rxt_view_best(const rxt_view *v, rxt_choice chosen);

#endif
