/* answer_text.c - what is judged, in sentences. */
#include "answer_text.h"

#include <math.h>
#include <string.h>

#include <rxt/list.h>
#include <rxt/sentence.h>

enum { NAMED = 8 }; /* points that a sentence lists */

/* Words */

static void say_points(char *text, const rxt_view *v, rxt_choice chosen)
{
    int said = 0, all = rxt_view_count(v, chosen);

    for (int i = 0; i < v->a->count && said < NAMED; i++)
        if (chosen(v, i)) {
            rxt_say(text, "%s", said++ ? ", " : "");
            rxt_say_point(text, rxt_view_row(v, i)->point);
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
void rxt_answer_subject(char text[RXT_ANSWER_TEXT], const rxt_view *v)
{
    bool kernels = false, binds = false, teams = false, combines = false,
         weak = rxt_row_weak(rxt_view_row(v, 0));
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

static void say_no_answer(char *text, const rxt_view *v)
{
    if (rxt_view_count(v, rxt_view_verified) > 0) {
        rxt_say(text, "No answer: no speedup against ");
        rxt_say_point(text, rxt_view_row(v, 0)->baseline);
        rxt_say(text, ", which has no verified result in the same rounds.");
    } else if (rxt_view_count(v, rxt_view_wrong) > 0) {
        rxt_say(text, "No verified result.");
    } else {
        rxt_say(text, "Nothing was measured.");
    }
}

static void say_alone(char *text, const rxt_view *v)
{
    rxt_say(text, "Only ");
    rxt_say_point(text, rxt_view_fastest(v)->point);
    rxt_say(text, rxt_view_count(v, rxt_view_wrong) > 0 ? " has a verified result."
                                                        : " was measured: nothing to compare.");
}

static void say_undecided(char *text, const rxt_view *v)
{
    const rxt_row *row = rxt_view_fastest(v);

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
static void say_nothing_beats(char *text, const rxt_view *v)
{
    const rxt_row *row = rxt_view_fastest(v);

    rxt_say(text, "Nothing beats ");
    rxt_say_point(text, row->baseline);
    if (rxt_view_count(v, rxt_view_level) > 0) {
        rxt_say(text, " at this size; ");
        say_points(text, v, rxt_view_level);
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
static void say_uncertain(char *text, const rxt_view *v)
{
    const rxt_row *row = rxt_view_fastest(v),
                  *sure = rxt_view_row(v, rxt_view_best(v, rxt_view_beats));

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
static bool however_split(const rxt_view *v)
{
    int w = workers(rxt_view_fastest(v)), ways = 0;

    for (int i = 0; i < v->a->count; i++)
        if (rxt_view_tied(v, i) &&
            (workers(rxt_view_row(v, i)) != w || rxt_view_row(v, i)->point.nodes != 1))
            return false;
    for (int r = 1; r <= w; r++)
        ways += w % r == 0;
    return w > 1 && rxt_view_count(v, rxt_view_tied) == ways;
}

static void say_however_split(char *text, const rxt_view *v)
{
    const rxt_row *row = rxt_view_fastest(v);
    bool cores = !v->rows->smt && !v->rows->oversubscribe && strcmp(row->bind, "none") != 0;

    rxt_say(text, "%d %s, however split: ", workers(row), cores ? "cores" : "workers");
    rxt_say_speedup(text, &row->speedup);
    if (row->baseline.ranks * row->baseline.threads > 1) {
        rxt_say(text, " against ");
        rxt_say_point(text, row->baseline);
    }
    rxt_say(text, "; ");
    say_points(text, v, rxt_view_tied);
    rxt_say(text, " cannot be told apart.");
}

static void say_fastest(char *text, const rxt_view *v)
{
    const rxt_row *row = rxt_view_fastest(v);

    rxt_say_point(text, row->point);
    rxt_say(text, rxt_view_count(v, rxt_view_tied_with_fastest) ? " measured fastest: "
                                                                : " is fastest: ");
    rxt_say_speedup(text, &row->speedup);
    rxt_say(text, " against ");
    rxt_say_point(text, row->baseline);
    if (rxt_view_count(v, rxt_view_tied_with_fastest)) {
        rxt_say(text, "; ");
        say_points(text, v, rxt_view_tied_with_fastest);
        rxt_say(text, " cannot be told apart from it");
    }
    rxt_say(text, ".");
}

void rxt_answer_verdict(char text[RXT_ANSWER_TEXT], const rxt_view *v)
{
    if (v->a->fastest < 0)
        say_no_answer(text, v);
    else if (rxt_view_count(v, rxt_view_split) == 0)
        say_alone(text, v);
    else if (isnan(rxt_view_fastest(v)->speedup.low))
        say_undecided(text, v);
    else if (v->a->nothing_beats)
        say_nothing_beats(text, v);
    else if (!(rxt_view_fastest(v)->speedup.low > 1.0))
        say_uncertain(text, v);
    else if (however_split(v))
        say_however_split(text, v);
    else
        say_fastest(text, v);
}

/* What the verdict passes over. */
void rxt_answer_left_out(char text[RXT_ANSWER_TEXT], const rxt_view *v)
{
    if (rxt_view_count(v, rxt_view_wrong) > 0 && rxt_view_count(v, rxt_view_verified) > 0) {
        rxt_say(text, " Wrong result, not counted: ");
        say_points(text, v, rxt_view_wrong);
        rxt_say(text, ".");
    }
    if (rxt_view_count(v, rxt_view_missing) > 0 &&
        rxt_view_count(v, rxt_view_missing) < v->a->count) {
        rxt_say(text, " Not measured: ");
        say_points(text, v, rxt_view_missing);
        rxt_say(text, ".");
    }
}
