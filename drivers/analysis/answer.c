/* answer.c - the answer of a study: which split is fastest, as a sentence.
 *
 * The fastest row is chosen by its measured speedup, so it may be the fastest by chance. Therefore
 * the answer also names all other rows that may be the fastest, and a claim about several rows
 * holds for all of them at once. */
#include "analysis/answer.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/answer_limit.h"
#include "analysis/answer_sure.h"
#include "analysis/answer_take.h"
#include "analysis/answer_text.h"

/* Sets `tied` of the baseline: false if a row surely beats the baseline, unless the baseline is the
 * fastest row; else true. So the tie and nothing_beats use the same test. */
static void settle_baseline(const rxt_rows *rows, rxt_answer *a)
{
    const rxt_view v = { .rows = rows, .a = a };
    bool beaten = rxt_view_count(&v, rxt_view_beats) > 0;

    for (int i = 0; i < a->count; i++)
        if (rxt_view_usable(&v, i) && rxt_view_baseline(&v, i))
            a->tied[i] = !beaten || i == a->fastest;
}

/* Sets undecided, nothing_beats and `tied` of the baseline: does any row beat the baseline? */
static void compare_with_baseline(const rxt_rows *rows, rxt_answer *a)
{
    const rxt_view v = { .rows = rows, .a = a };
    bool compared = a->fastest >= 0 && rxt_view_count(&v, rxt_view_split) > 0;
    bool certain = compared && rxt_view_has_interval(&v, a->fastest);
    bool none = certain && rxt_view_count(&v, rxt_view_beats) == 0;

    a->undecided = compared && (!certain || (none && rxt_view_count(&v, rxt_view_may_gain) > 0));
    a->nothing_beats = none && !a->undecided;
    if (certain)
        settle_baseline(rows, a);
}

static bool judge(const rxt_rows *rows, rxt_answer *a)
{
    const rxt_view v = { .rows = rows, .a = a };

    a->fastest = rxt_view_best(&v, rxt_view_has_interval);
    if (a->fastest < 0)
        a->fastest = rxt_view_best(&v, rxt_view_usable);
    if (!rxt_answer_tie(rows, a) || !rxt_answer_speedups(rows, a) || !rxt_answer_fewest(rows, a) ||
        !rxt_answer_contrasts(rows, a))
        return false;
    compare_with_baseline(rows, a);
    return true;
}

static void say(const rxt_rows *rows, rxt_answer *a)
{
    const rxt_view v = { .rows = rows, .a = a };

    rxt_answer_subject(a->text, &v);
    rxt_answer_verdict(a->text, &v);
    rxt_answer_limit(rows, a);
    rxt_answer_left_out(a->text, &v);
}

static rxt_status answer(const rxt_rows *rows, rxt_answer *a)
{
    if (!judge(rows, a))
        return rxt_status_no_memory("to compare %d rows", a->count);
    say(rows, a);
    return RXT_OK;
}

rxt_status rxt_answers_of(const rxt_rows *rows, rxt_answers *answers)
{
    rxt_status st;

    *answers = (rxt_answers){ 0 };
    st = rxt_answers_take(rows, answers);
    for (int a = 0; !st && a < answers->count; a++)
        st = answer(rows, &answers->answer[a]);
    if (!st && !rows->against) /* tasks with `against` do not divide their work */
        st = rxt_break_even_of(rows, &answers->break_even);
    if (!st)
        st = rxt_costs_of(rows, &answers->costs);
    if (!st && !rows->lesson)
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
        free(answers->answer[i].speedup);
        free(answers->answer[i].contrast);
    }
    free(answers->answer);
    rxt_break_even_free(&answers->break_even);
    rxt_costs_free(&answers->costs);
    *answers = (rxt_answers){ 0 };
}
