/* answer.c - the sentence that a user came for.
 *
 * The fastest is chosen among what was measured, so it is lucky as often as good: it is named
 * together with all rows that the paired ratio does not set apart from it. */
#include <rxt/answer.h>

#include <math.h>
#include <stdlib.h>

#include "answer_limit.h"
#include "answer_take.h"
#include "answer_text.h"

static bool not_slower(const rxt_view *v, int i)
{
    rxt_sample ratio;

    if (!rxt_view_usable(v, i))
        return false;
    ratio = rxt_row_ratio(v->rows->rounds, rxt_view_row(v, i), rxt_view_fastest(v));
    return i == v->a->fastest || !(ratio.low > 1.0);
}

static void judge(const rxt_rows *rows, rxt_answer *a)
{
    rxt_view v = { .rows = rows, .a = a };
    int top = rxt_view_best(&v, rxt_view_has_interval);

    if (top < 0)
        top = rxt_view_best(&v, rxt_view_usable);
    a->fastest = top;
    for (int i = 0; i < a->count; i++)
        a->tied[i] = top >= 0 && not_slower(&v, i);
    a->nothing_beats = top >= 0 && rxt_view_has_interval(&v, top) &&
                       rxt_view_count(&v, rxt_view_split) > 0 &&
                       rxt_view_count(&v, rxt_view_beats) == 0;
    rxt_answer_subject(a->text, &v);
    rxt_answer_verdict(a->text, &v);
    rxt_answer_limit(rows, a);
    rxt_answer_left_out(a->text, &v);
}

rxt_status rxt_answers_of(const rxt_rows *rows, rxt_answers *answers)
{
    rxt_status st;

    *answers = (rxt_answers){ 0 };
    st = rxt_answers_take(rows, answers);
    for (int a = 0; !st && a < answers->count; a++)
        judge(rows, &answers->answer[a]);
    if (!st)
        st = rxt_break_even_of(rows, &answers->break_even);
    if (!st)
        st = rxt_horizon_of(rows, answers->horizon);
    if (st)
        rxt_answers_free(answers);
    return st;
}

void rxt_answers_free(rxt_answers *answers)
{
    for (int i = 0; i < answers->count; i++) {
        free(answers->answer[i].row);
        free(answers->answer[i].tied);
    }
    free(answers->answer);
    rxt_break_even_free(&answers->break_even);
    *answers = (rxt_answers){ 0 };
}
