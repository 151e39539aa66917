/* answer_rows.c - predicates that select rows of an answer. */
#include "analysis/answer_rows.h"

#include <math.h>

const rxt_row *rxt_view_row(const rxt_view *v, int i)
{
    return v->a->row[i];
}

const rxt_row *rxt_view_fastest(const rxt_view *v)
{
    return v->a->row[v->a->fastest];
}

bool rxt_view_verified(const rxt_view *v, int i)
{
    return rxt_view_row(v, i)->verified;
}

bool rxt_view_wrong(const rxt_view *v, int i)
{
    return !rxt_view_row(v, i)->verified && !isnan(rxt_view_row(v, i)->error);
}

bool rxt_view_missing(const rxt_view *v, int i)
{
    const rxt_row *row = rxt_view_row(v, i);

    return row->verified ? row->time.count == 0 : isnan(row->error);
}

bool rxt_view_usable(const rxt_view *v, int i)
{
    return rxt_view_row(v, i)->verified && rxt_view_row(v, i)->speedup.count > 0;
}

bool rxt_view_has_interval(const rxt_view *v, int i)
{
    return rxt_view_usable(v, i) && !isnan(rxt_view_row(v, i)->speedup.low);
}

bool rxt_view_baseline(const rxt_view *v, int i)
{
    return rxt_split_equal(rxt_view_row(v, i)->split, rxt_view_row(v, i)->baseline);
}

bool rxt_view_split(const rxt_view *v, int i)
{
    return rxt_view_usable(v, i) && !rxt_view_baseline(v, i);
}

bool rxt_view_beats(const rxt_view *v, int i)
{
    return rxt_view_split(v, i) && v->a->speedup[i].low > 1.0;
}

bool rxt_view_level(const rxt_view *v, int i)
{
    return rxt_view_split(v, i) && v->a->tied[i] &&
           !(v->a->speedup[i].low > 1.0 || v->a->speedup[i].high < 1.0);
}

bool rxt_view_may_gain(const rxt_view *v, int i)
{
    return rxt_view_level(v, i) && !(v->a->speedup[i].high < rxt_worth);
}

bool rxt_view_tied_with_fastest(const rxt_view *v, int i)
{
    return v->a->tied[i] && i != v->a->fastest;
}

bool rxt_view_tied(const rxt_view *v, int i)
{
    return v->a->tied[i];
}

int rxt_view_count(const rxt_view *v, rxt_choice chosen)
{
    int n = 0;

    for (int i = 0; i < v->a->count; i++)
        n += chosen(v, i);
    return n;
}

int rxt_view_best(const rxt_view *v, rxt_choice chosen)
{
    int found = -1;

    for (int i = 0; i < v->a->count; i++)
        if (chosen(v, i) && (found < 0 || rxt_view_row(v, i)->speedup.median >
                                              rxt_view_row(v, found)->speedup.median))
            found = i;
    return found;
}
