/* answer_text.c - prints an answer as sentences. */
#include "analysis/answer_text.h"

#include <math.h>
#include <string.h>

#include "base/list.h"
#include "base/vocabulary.h"
#include "machine/place.h"
#include "results/sentence.h"

enum { NAMED = 8 }; /* maximum number of splits that a sentence lists */

/* ---- words ---- */

static void say_splits(char *text, const rxt_view *v, rxt_choice chosen)
{
    int said = 0, all = rxt_view_count(v, chosen);

    for (int i = 0; i < v->a->count && said < NAMED; i++)
        if (chosen(v, i)) {
            rxt_say(text, "%s", said++ ? ", " : "");
            rxt_say_split(text, rxt_view_row(v, i)->split);
        }
    if (all > said)
        rxt_say(text, " and %d more", all - said);
}

/* Prints the subject: "n = 10M", words that distinguish this answer from others of the study, and
 * three spaces. */
void rxt_answer_subject(char text[RXT_SENTENCE], const rxt_view *v)
{
    bool kernels = false, binds = false, teams = false, combines = false,
         weak = rxt_row_weak(rxt_view_row(v, 0));
    char n[32];

    for (int i = 0; i < v->rows->count; i++) {
        kernels = kernels || strcmp(v->rows->row[i].kernel, v->a->kernel) != 0;
        binds = binds || strcmp(v->rows->row[i].bind, v->a->bind) != 0;
        teams = teams || rxt_vocabulary_differ(v->rows->row[i].team, v->a->team);
        combines = combines || rxt_vocabulary_differ(v->rows->row[i].combine, v->a->combine);
    }
    rxt_say(text, "n = %s%s", rxt_list_print(v->a->n, n), weak ? " per worker" : "");
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

/* ---- sentences ---- */

static void say_no_answer(char *text, const rxt_view *v)
{
    if (rxt_view_count(v, rxt_view_verified) > 0) {
        rxt_say(text, "No answer: the baseline ");
        rxt_say_split(text, rxt_view_row(v, 0)->baseline);
        rxt_say(text, " has no verified result in the same rounds.");
    } else if (rxt_view_count(v, rxt_view_wrong) > 0) {
        rxt_say(text, "No verified result.");
    } else {
        rxt_say(text, "Nothing was measured.");
    }
}

static void say_alone(char *text, const rxt_view *v)
{
    rxt_say(text, "Only ");
    rxt_say_split(text, rxt_view_fastest(v)->split);
    rxt_say(text, rxt_view_count(v, rxt_view_wrong) > 0 ? " has a verified result."
                                                        : " was measured: nothing to compare.");
}

static const rxt_sample *gain(const rxt_view *v, int i)
{
    return &v->a->speedup[i];
}

static void say_too_few(char *text, const rxt_view *v)
{
    const rxt_row *row = rxt_view_fastest(v);

    rxt_say(text, "Undecided: fewer than 6 rounds; ");
    if (rxt_split_equal(row->split, row->baseline)) {
        rxt_say(text, "no split was faster than ");
        rxt_say_split(text, row->baseline);
        rxt_say(text, " so far.");
    } else {
        rxt_say_split(text, row->split);
        rxt_say(text, " was fastest so far, ");
        rxt_say_speedup(text, gain(v, v->a->fastest));
        rxt_say(text, " against ");
        rxt_say_split(text, row->baseline);
        rxt_say(text, ".");
    }
    rxt_say(text, " Use --rounds=10 or a longer --budget.");
}

/* Prints "Undecided: 1×2, 2×1 may beat 1×1 or not (1×2 measured 1.01× [0.98 1.04]); …" */
static void say_undecided(char *text, const rxt_view *v)
{
    int i = rxt_view_best(v, rxt_view_may_gain);

    rxt_say(text, "Undecided: ");
    say_splits(text, v, rxt_view_may_gain);
    rxt_say(text, " may beat ");
    rxt_say_split(text, rxt_view_row(v, i)->baseline);
    rxt_say(text, " or not (");
    rxt_say_split(text, rxt_view_row(v, i)->split);
    rxt_say(text, " measured ");
    rxt_say_speedup(text, gain(v, i));
    rxt_say(text, "); --rounds=%d would halve the interval.", 4 * gain(v, i)->count);
}

/* Prints "Nothing beats 1×1 at this size by 2 % or more; 1×2, 2×1 cannot be told apart from
 * it." */
static void say_nothing_beats(char *text, const rxt_view *v)
{
    const rxt_row *row = rxt_view_fastest(v);

    rxt_say(text, "Nothing beats ");
    rxt_say_split(text, row->baseline);
    if (rxt_view_count(v, rxt_view_level) > 0) {
        rxt_say(text, " at this size by %.0f %% or more; ", 100 * (rxt_worth - 1));
        say_splits(text, v, rxt_view_level);
        rxt_say(text, " cannot be told apart from it");
    }
    if (!rxt_split_equal(row->split, row->baseline)) {
        rxt_say(text, " (");
        rxt_say_split(text, row->split);
        rxt_say(text, " measured ");
        rxt_say_speedup(text, gain(v, v->a->fastest));
        rxt_say(text, ")");
    }
    rxt_say(text, ".");
}

/* Prints the verdict for this case: the interval of the fastest row includes 1, but the interval of
 * another row lies above 1. */
static void say_uncertain(char *text, const rxt_view *v)
{
    const rxt_row *row = rxt_view_fastest(v);
    int sure = rxt_view_best(v, rxt_view_beats);

    rxt_say_split(text, row->split);
    rxt_say(text, " measured fastest, ");
    rxt_say_speedup(text, gain(v, v->a->fastest));
    rxt_say(text, ", but cannot be told apart from ");
    rxt_say_split(text, row->baseline);
    rxt_say(text, "; ");
    rxt_say_split(text, rxt_view_row(v, sure)->split);
    rxt_say(text, " beats the baseline: ");
    rxt_say_speedup(text, gain(v, sure));
    rxt_say(text, ".");
}

/* Are the tied rows exactly all splits of one number of workers on one node? */
static bool however_split(const rxt_view *v)
{
    int w = rxt_row_workers(rxt_view_fastest(v)), ways = 0;

    for (int i = 0; i < v->a->count; i++)
        if (rxt_view_tied(v, i) &&
            (rxt_row_workers(rxt_view_row(v, i)) != w || rxt_view_row(v, i)->split.nodes != 1))
            return false;
    for (int r = 1; r <= w; r++)
        ways += w % r == 0;
    return w > 1 && rxt_view_count(v, rxt_view_tied) == ways;
}

static void say_however_split(char *text, const rxt_view *v)
{
    const rxt_row *row = rxt_view_fastest(v);
    bool cores = !v->rows->smt && !v->rows->oversubscribe && !rxt_bind_name_leaves(row->bind);

    rxt_say(text, "%d %s in any split: ", rxt_row_workers(row), cores ? "cores" : "workers");
    rxt_say_speedup(text, gain(v, v->a->fastest));
    if (rxt_split_workers(row->baseline) > 1) {
        rxt_say(text, " against ");
        rxt_say_split(text, row->baseline);
    }
    rxt_say(text, "; ");
    say_splits(text, v, rxt_view_tied);
    rxt_say(text, " cannot be told apart.");
}

static void say_fastest(char *text, const rxt_view *v)
{
    const rxt_row *row = rxt_view_fastest(v);

    rxt_say_split(text, row->split);
    rxt_say(text, rxt_view_count(v, rxt_view_tied_with_fastest) ? " measured fastest: "
                                                                : " is fastest: ");
    rxt_say_speedup(text, gain(v, v->a->fastest));
    rxt_say(text, " against ");
    rxt_say_split(text, row->baseline);
    if (rxt_view_count(v, rxt_view_tied_with_fastest)) {
        rxt_say(text, "; ");
        say_splits(text, v, rxt_view_tied_with_fastest);
        rxt_say(text, " cannot be told apart from it");
    }
    rxt_say(text, ".");
}

/* With many splits and few rounds there are no simultaneous intervals, only each split's own. */
static void say_chosen(char *text, const rxt_view *v)
{
    if (!v->a->simultaneous)
        rxt_say(text, " The interval is valid for this split alone; an interval for all splits at "
                      "once needs more rounds.");
}

/* Prints " 1×2 is within 2 % of it with 2 workers instead of 4." */
static void say_fewest(char *text, const rxt_view *v)
{
    const rxt_row *row;

    if (v->a->fewest < 0 || v->a->fewest == v->a->fastest)
        return;
    row = rxt_view_row(v, v->a->fewest);
    rxt_say(text, " ");
    rxt_say_split(text, row->split);
    rxt_say(text, " is within %.0f %% of the fastest with %d worker%s instead of %d.",
            100 * (rxt_worth - 1), rxt_row_workers(row), rxt_row_workers(row) == 1 ? "" : "s",
            rxt_row_workers(rxt_view_fastest(v)));
}

/* Prints "1×2 is 1.20× [1.15 1.25] as fast as 2×1"; the faster split comes first. */
static void say_contrast(char *text, const rxt_answer *a, const rxt_contrast *c, const char *is)
{
    bool threads = c->gain.median >= 1.0;
    rxt_sample gain = c->gain;

    if (!threads)
        gain = (rxt_sample){ .median = 1.0 / c->gain.median,
                             .low = 1.0 / c->gain.high,
                             .high = 1.0 / c->gain.low };
    rxt_say_split(text, a->row[threads ? c->threads : c->ranks]->split);
    rxt_say(text, " %s", is);
    rxt_say_speedup(text, &gain);
    rxt_say(text, " as fast as ");
    rxt_say_split(text, a->row[threads ? c->ranks : c->threads]->split);
}

static bool matters(const rxt_sample *gain)
{
    return (gain->low > 1.0 && gain->median >= rxt_worth) ||
           (gain->high < 1.0 && gain->median <= 1.0 / rxt_worth);
}

/* Compares threads with processes. Of the splits with as many workers as the fastest split, it
 * compares the one with the fewest ranks with the one with the most ranks. Prints nothing if the
 * difference is small or not sure. */
static void say_same_workers(char *text, const rxt_view *v)
{
    const rxt_contrast *most = NULL;

    for (int i = 0; i < v->a->contrasts; i++) {
        const rxt_contrast *c = &v->a->contrast[i];
        const rxt_row *row = rxt_view_row(v, c->ranks), *fastest = rxt_view_fastest(v);

        if (rxt_row_workers(row) == rxt_row_workers(fastest) &&
            row->split.nodes == fastest->split.nodes &&
            (!most || row->split.ranks > rxt_view_row(v, most->ranks)->split.ranks))
            most = c;
    }
    if (!most || !matters(&most->gain))
        return;
    rxt_say(text, " With the same %d workers, ", rxt_row_workers(rxt_view_fastest(v)));
    say_contrast(text, v->a, most, "is ");
    rxt_say(text, ".");
}

static void say_winner(char *text, const rxt_view *v)
{
    if (!(gain(v, v->a->fastest)->low > 1.0))
        say_uncertain(text, v);
    else if (however_split(v))
        say_however_split(text, v);
    else
        say_fastest(text, v);
    say_chosen(text, v);
    say_fewest(text, v);
    say_same_workers(text, v);
}

void rxt_answer_verdict(char text[RXT_SENTENCE], const rxt_view *v)
{
    if (v->a->fastest < 0)
        say_no_answer(text, v);
    else if (rxt_view_count(v, rxt_view_split) == 0)
        say_alone(text, v);
    else if (isnan(rxt_view_fastest(v)->speedup.low))
        say_too_few(text, v);
    else if (v->a->undecided)
        say_undecided(text, v);
    else if (v->a->nothing_beats)
        say_nothing_beats(text, v);
    else
        say_winner(text, v);
}

void rxt_answer_contrasts_text(const rxt_answer *a, char text[RXT_SENTENCE])
{
    text[0] = '\0';
    for (int i = 0; i < a->contrasts; i++)
        if (!isnan(a->contrast[i].gain.median)) {
            rxt_say(text, "%s", text[0] ? ", " : "");
            say_contrast(text, a, &a->contrast[i], "");
        }
}

/* Lists the splits that the verdict does not count: wrong results, and splits that were not
 * measured. */
void rxt_answer_left_out(char text[RXT_SENTENCE], const rxt_view *v)
{
    if (rxt_view_count(v, rxt_view_wrong) > 0 && rxt_view_count(v, rxt_view_verified) > 0) {
        rxt_say(text, " Wrong result, not counted: ");
        say_splits(text, v, rxt_view_wrong);
        rxt_say(text, ".");
    }
    if (rxt_view_count(v, rxt_view_missing) > 0 &&
        rxt_view_count(v, rxt_view_missing) < v->a->count) {
        rxt_say(text, " Not measured: ");
        say_splits(text, v, rxt_view_missing);
        rxt_say(text, ".");
    }
}
