/* answer.c - the sentence that a user came for.
 *
 * The fastest is chosen among what was measured, so it is lucky as often as good: it is named
 * together with all rows that the paired ratio does not set apart from it. */
#include <rxt/answer.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <rxt/list.h>
#include <rxt/sentence.h>

#include "answer_limit.h"
#include "answer_take.h"

enum { NAMED = 8 }; /* points that a sentence lists */

/* An answer and its rows. */
typedef struct view {
    const rxt_rows *rows;
    const rxt_answer *a;
} view;

typedef bool (*choice)(const view *v, int i);

static const rxt_row *row_at(const view *v, int i)
{
    return v->a->row[i];
}

static const rxt_row *fastest(const view *v)
{
    return v->a->row[v->a->fastest];
}

/* Which rows */

static bool verified(const view *v, int i)
{
    return row_at(v, i)->verified;
}

static bool wrong(const view *v, int i)
{
    return !row_at(v, i)->verified && !isnan(row_at(v, i)->error);
}

static bool missing(const view *v, int i)
{
    const rxt_row *row = row_at(v, i);

    return row->verified ? row->time.count == 0 : isnan(row->error);
}

static bool usable(const view *v, int i)
{
    return row_at(v, i)->verified && row_at(v, i)->speedup.count > 0;
}

static bool has_interval(const view *v, int i)
{
    return usable(v, i) && !isnan(row_at(v, i)->speedup.low);
}

static bool is_baseline(const view *v, int i)
{
    return rxt_point_equal(row_at(v, i)->point, row_at(v, i)->baseline);
}

static bool split(const view *v, int i)
{
    return usable(v, i) && !is_baseline(v, i);
}

static bool beats(const view *v, int i)
{
    return split(v, i) && row_at(v, i)->speedup.low > 1.0;
}

/* Not surely slower than the baseline; for where nothing is surely faster. */
static bool level_with_baseline(const view *v, int i)
{
    return split(v, i) && !(row_at(v, i)->speedup.high < 1.0);
}

static bool tied_with_fastest(const view *v, int i)
{
    return v->a->tied[i] && i != v->a->fastest;
}

static bool in_tie(const view *v, int i)
{
    return v->a->tied[i];
}

static int count(const view *v, choice chosen)
{
    int n = 0;

    for (int i = 0; i < v->a->count; i++)
        n += chosen(v, i);
    return n;
}

/* The chosen row with the largest median speedup, the first of equals; -1 when there is none. */
static int best(const view *v, choice chosen)
{
    int found = -1;

    for (int i = 0; i < v->a->count; i++)
        if (chosen(v, i) &&
            (found < 0 || row_at(v, i)->speedup.median > row_at(v, found)->speedup.median))
            found = i;
    return found;
}

/* Words */

static void say_points(char *text, const view *v, choice chosen)
{
    int said = 0, all = count(v, chosen);

    for (int i = 0; i < v->a->count && said < NAMED; i++)
        if (chosen(v, i)) {
            rxt_say(text, "%s", said++ ? ", " : "");
            rxt_say_point(text, row_at(v, i)->point);
        }
    if (all > said)
        rxt_say(text, " and %d more", all - said);
}

/* Of two names of a team, or a way to combine; "-" is that of a call without either. */
static bool differs(const char *a, const char *b)
{
    return strcmp(a, "-") && strcmp(b, "-") && strcmp(a, b);
}

/* "n = 10M   ", with what else tells the answers of this study apart. */
static void say_subject(char *text, const view *v)
{
    bool kernels = false, binds = false, teams = false, combines = false,
         weak = rxt_row_weak(row_at(v, 0));
    char n[32];

    for (int i = 0; i < v->rows->count; i++) {
        kernels = kernels || strcmp(v->rows->row[i].kernel, v->a->kernel) != 0;
        binds = binds || strcmp(v->rows->row[i].bind, v->a->bind) != 0;
        teams = teams || differs(v->rows->row[i].team, v->a->team);
        combines = combines || differs(v->rows->row[i].combine, v->a->combine);
    }
    rxt_say(text, "n = %s%s", rxt_list_print(v->a->n, n), weak ? " a worker" : "");
    if (kernels)
        rxt_say(text, ", %s", v->a->kernel);
    if (teams)
        rxt_say(text, ", team %s", v->a->team);
    if (combines)
        rxt_say(text, ", combine %s", v->a->combine);
    if (binds)
        rxt_say(text, ", bind %s", v->a->bind);
    rxt_say(text, "   ");
}

/* Sentences */

static void say_no_answer(char *text, const view *v)
{
    if (count(v, verified) > 0) {
        rxt_say(text, "No answer: no speedup against ");
        rxt_say_point(text, row_at(v, 0)->baseline);
        rxt_say(text, ", which has no verified result in the same rounds.");
    } else if (count(v, wrong) > 0) {
        rxt_say(text, "No verified result.");
    } else {
        rxt_say(text, "Nothing was measured.");
    }
}

static void say_alone(char *text, const view *v)
{
    rxt_say(text, "Only ");
    rxt_say_point(text, fastest(v)->point);
    rxt_say(text,
            count(v, wrong) > 0 ? " has a verified result." : " was measured: nothing to compare.");
}

static void say_undecided(char *text, const view *v)
{
    const rxt_row *row = fastest(v);

    rxt_say(text, "Undecided: fewer than 6 rounds; ");
    if (rxt_point_equal(row->point, row->baseline)) {
        rxt_say(text, "no split was faster than ");
        rxt_say_point(text, row->baseline);
        rxt_say(text, " so far.");
        return;
    }
    rxt_say_point(text, row->point);
    rxt_say(text, " was fastest so far, ");
    rxt_say_speedup(text, &row->speedup);
    rxt_say(text, " against ");
    rxt_say_point(text, row->baseline);
    rxt_say(text, ".");
}

/* "Nothing beats 1×1 at this size; 1×2 (1.01× [0.98 1.03]), 2×1 cannot be told apart from it." */
static void say_nothing_beats(char *text, const view *v)
{
    const rxt_row *row = fastest(v);

    rxt_say(text, "Nothing beats ");
    rxt_say_point(text, row->baseline);
    if (count(v, level_with_baseline) > 0) {
        rxt_say(text, " at this size; ");
        say_points(text, v, level_with_baseline);
        rxt_say(text, " cannot be told apart from it");
    }
    if (!rxt_point_equal(row->point, row->baseline)) {
        rxt_say(text, " (");
        rxt_say_point(text, row->point);
        rxt_say(text, " measured ");
        rxt_say_speedup(text, &row->speedup);
        rxt_say(text, ")");
    }
    rxt_say(text, ".");
}

/* The fastest is too uncertain to beat the baseline, another row is not. */
static void say_uncertain(char *text, const view *v)
{
    const rxt_row *row = fastest(v), *sure = row_at(v, best(v, beats));

    rxt_say_point(text, row->point);
    rxt_say(text, " measured fastest, ");
    rxt_say_speedup(text, &row->speedup);
    rxt_say(text, ", but cannot be told apart from ");
    rxt_say_point(text, row->baseline);
    rxt_say(text, "; ");
    rxt_say_point(text, sure->point);
    rxt_say(text, " beats it: ");
    rxt_say_speedup(text, &sure->speedup);
    rxt_say(text, ".");
}

static int workers(const rxt_row *row)
{
    return row->point.ranks * row->point.threads;
}

/* Is the tie made of every way to split one number of workers on a node, and of nothing else? */
static bool however_split(const view *v)
{
    int w = workers(fastest(v)), ways = 0;

    for (int i = 0; i < v->a->count; i++)
        if (in_tie(v, i) && (workers(row_at(v, i)) != w || row_at(v, i)->point.nodes != 1))
            return false;
    for (int r = 1; r <= w; r++)
        ways += w % r == 0;
    return w > 1 && count(v, in_tie) == ways;
}

static void say_however_split(char *text, const view *v)
{
    const rxt_row *row = fastest(v);
    bool cores = !v->rows->smt && !v->rows->oversubscribe && strcmp(row->bind, "none") != 0;

    rxt_say(text, "%d %s, however split: ", workers(row), cores ? "cores" : "workers");
    rxt_say_speedup(text, &row->speedup);
    if (row->baseline.ranks * row->baseline.threads > 1) {
        rxt_say(text, " against ");
        rxt_say_point(text, row->baseline);
    }
    rxt_say(text, "; ");
    say_points(text, v, in_tie);
    rxt_say(text, " cannot be told apart.");
}

static void say_fastest(char *text, const view *v)
{
    const rxt_row *row = fastest(v);

    rxt_say_point(text, row->point);
    rxt_say(text, count(v, tied_with_fastest) ? " measured fastest: " : " is fastest: ");
    rxt_say_speedup(text, &row->speedup);
    rxt_say(text, " against ");
    rxt_say_point(text, row->baseline);
    if (count(v, tied_with_fastest)) {
        rxt_say(text, "; ");
        say_points(text, v, tied_with_fastest);
        rxt_say(text, " cannot be told apart from it");
    }
    rxt_say(text, ".");
}

static void say_verdict(char *text, const view *v)
{
    if (v->a->fastest < 0)
        say_no_answer(text, v);
    else if (count(v, split) == 0)
        say_alone(text, v);
    else if (isnan(fastest(v)->speedup.low))
        say_undecided(text, v);
    else if (v->a->nothing_beats)
        say_nothing_beats(text, v);
    else if (!(fastest(v)->speedup.low > 1.0))
        say_uncertain(text, v);
    else if (however_split(v))
        say_however_split(text, v);
    else
        say_fastest(text, v);
}

/* What the verdict passes over. */
static void say_left_out(char *text, const view *v)
{
    if (count(v, wrong) > 0 && count(v, verified) > 0) {
        rxt_say(text, " Wrong result, not counted: ");
        say_points(text, v, wrong);
        rxt_say(text, ".");
    }
    if (count(v, missing) > 0 && count(v, missing) < v->a->count) {
        rxt_say(text, " Not measured: ");
        say_points(text, v, missing);
        rxt_say(text, ".");
    }
}

/* Judgement */

static bool not_slower(const view *v, int i)
{
    rxt_sample ratio;

    if (!usable(v, i))
        return false;
    ratio = rxt_row_ratio(v->rows->rounds, row_at(v, i), fastest(v));
    return i == v->a->fastest || !(ratio.low > 1.0);
}

static void judge(const rxt_rows *rows, rxt_answer *a)
{
    view v = { .rows = rows, .a = a };
    int top = best(&v, has_interval);

    if (top < 0)
        top = best(&v, usable);
    a->fastest = top;
    for (int i = 0; i < a->count; i++)
        a->tied[i] = top >= 0 && not_slower(&v, i);
    a->nothing_beats =
        top >= 0 && has_interval(&v, top) && count(&v, split) > 0 && count(&v, beats) == 0;
    say_subject(a->text, &v);
    say_verdict(a->text, &v);
    rxt_answer_limit(rows, a);
    say_left_out(a->text, &v);
}

rxt_status rxt_answers_of(const rxt_rows *rows, rxt_answers *answers)
{
    rxt_status st;

    *answers = (rxt_answers){ 0 };
    st = rxt_answers_take(rows, answers);
    for (int a = 0; !st && a < answers->count; a++)
        judge(rows, &answers->answer[a]);
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
    *answers = (rxt_answers){ 0 };
}
