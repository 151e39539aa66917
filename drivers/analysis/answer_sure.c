/* answer_sure.c - claims about several rows that hold at once.
 *
 * A family of ratios is: all speedups; or all rows with fewer workers against the fastest; or all
 * contrasts. Each ratio keeps its own median. Its interval gets a higher coverage, so that all
 * intervals of the family hold at once with 95 %. */
#include "analysis/answer_sure.h"

#include <math.h>
#include <stdlib.h>

#include "stats/best.h"

/* A family of ratios T(slow) / T(fast). A ratio of 2: `fast` is 2 times as fast as `slow`. */
typedef struct family {
    int count;
    const rxt_row **slow, **fast; /* [count] */
    const double **over, **under; /* [count]: times by round of slow and of fast */
} family;

static bool open_family(family *f, int most)
{
    size_t room = (size_t)most + 1;

    *f = (family){ .slow = calloc(room, sizeof *f->slow),
                   .fast = calloc(room, sizeof *f->fast),
                   .over = calloc(room, sizeof *f->over),
                   .under = calloc(room, sizeof *f->under) };
    return f->slow && f->fast && f->over && f->under;
}

static void close_family(family *f)
{
    free(f->slow);
    free(f->fast);
    free(f->over);
    free(f->under);
}

static void add(family *f, const rxt_row *slow, const rxt_row *fast)
{
    f->slow[f->count] = slow;
    f->fast[f->count] = fast;
    f->over[f->count] = slow->seconds;
    f->under[f->count++] = fast->seconds;
}

static double coverage(const family *f, int rounds)
{
    rxt_rounds of = { .count = rounds };

    if (f->count > 0)
        of = rxt_row_rounds(f->fast[0], rounds);
    return rxt_best_coverage(f->count, &of, f->over, f->under);
}

bool rxt_answer_tie(const rxt_rows *rows, rxt_answer *a)
{
    const rxt_view v = { .rows = rows, .a = a };
    const double **seconds = calloc((size_t)a->count + 1, sizeof *seconds);
    double *work = calloc((size_t)a->count + 1, sizeof *work);
    rxt_best_candidates splits = {
        .count = a->count, .rounds = { .count = rows->rounds }, .seconds = seconds, .work = work
    };
    bool done = seconds && work;

    for (int i = 0; done && i < a->count; i++) {
        if (rxt_view_usable(&v, i)) {
            seconds[i] = a->row[i]->seconds;
            splits.rounds = rxt_row_rounds(a->row[i], rows->rounds);
        }
        work[i] = rxt_row_weak(a->row[i]) ? rxt_row_workers(a->row[i]) : 1;
    }
    done = done && rxt_best_of(&splits, a->tied) >= 0;
    if (a->fastest >= 0)
        a->tied[a->fastest] = true;
    free(seconds);
    free(work);
    return done;
}

static int baseline_of(const rxt_view *v)
{
    for (int i = 0; i < v->a->count; i++)
        if (rxt_view_usable(v, i) && rxt_view_baseline(v, i))
            return i;
    return -1;
}

/* Sets the speedups with intervals of coverage `sure`. False if a row that has an interval of 95 %
 * has none with this coverage. */
static bool set_speedups(const rxt_rows *rows, rxt_answer *a, const rxt_row *baseline, double sure)
{
    const rxt_view v = { .rows = rows, .a = a };
    bool all = true;

    for (int i = 0; i < a->count; i++)
        if (rxt_view_split(&v, i)) {
            a->speedup[i] = rxt_row_ratio_at(rows->rounds, baseline, a->row[i], sure);
            all = all && isnan(a->speedup[i].low) == isnan(a->row[i]->speedup.low);
        }
    return all;
}

bool rxt_answer_speedups(const rxt_rows *rows, rxt_answer *a)
{
    const rxt_view v = { .rows = rows, .a = a };
    int base = baseline_of(&v);
    double sure = NAN;
    family f;

    for (int i = 0; i < a->count; i++)
        a->speedup[i] = a->row[i]->speedup;
    if (base < 0)
        return true;
    if (open_family(&f, a->count)) {
        for (int i = 0; i < a->count; i++)
            if (rxt_view_split(&v, i))
                add(&f, a->row[base], a->row[i]);
        sure = coverage(&f, rows->rounds);
    }
    close_family(&f);
    if (isnan(sure))
        return false;
    a->simultaneous = set_speedups(rows, a, a->row[base], sure);
    if (!a->simultaneous)
        for (int i = 0; i < a->count; i++)
            a->speedup[i] = a->row[i]->speedup;
    return true;
}

/* Is `row` preferred to `than`: does it have fewer workers, or as many and a smaller loss? */
static bool fewer(const rxt_row *row, const rxt_sample *loss, const rxt_row *than,
                  const rxt_sample *its)
{
    return rxt_row_workers(row) < rxt_row_workers(than) ||
           (rxt_row_workers(row) == rxt_row_workers(than) && loss->median < its->median);
}

static void take_fewest(const rxt_rows *rows, rxt_answer *a, double sure)
{
    const rxt_view v = { .rows = rows, .a = a };
    const rxt_row *fastest = a->row[a->fastest];

    for (int i = 0; i < a->count; i++) {
        rxt_sample loss;

        if (!rxt_view_usable(&v, i) || rxt_row_workers(a->row[i]) >= rxt_row_workers(fastest))
            continue;
        loss = rxt_row_ratio_at(rows->rounds, a->row[i], fastest, sure);
        if (loss.high <= rxt_worth && fewer(a->row[i], &loss, a->row[a->fewest], &a->loss)) {
            a->fewest = i;
            a->loss = loss;
        }
    }
}

bool rxt_answer_fewest(const rxt_rows *rows, rxt_answer *a)
{
    const rxt_view v = { .rows = rows, .a = a };
    const rxt_row *fastest = a->fastest < 0 ? NULL : a->row[a->fastest];
    double sure = NAN;
    family f;

    a->fewest = -1;
    a->loss = (rxt_sample){ .median = NAN, .low = NAN, .high = NAN };
    if (!fastest || isnan(fastest->speedup.low))
        return true;
    if (open_family(&f, a->count)) {
        for (int i = 0; i < a->count; i++)
            if (rxt_view_usable(&v, i) && rxt_row_workers(a->row[i]) < rxt_row_workers(fastest))
                add(&f, a->row[i], fastest);
        sure = coverage(&f, rows->rounds);
    }
    close_family(&f);
    a->fewest = a->fastest;
    a->loss = rxt_row_ratio(rows->rounds, fastest, fastest);
    if (!isnan(sure))
        take_fewest(rows, a, sure);
    return !isnan(sure);
}

static bool same_workers(const rxt_row *a, const rxt_row *b)
{
    return rxt_row_workers(a) == rxt_row_workers(b) && a->split.nodes == b->split.nodes;
}

/* Index of the row with the fewest ranks among those with as many workers and nodes as row i. */
static int fewest_ranks(const rxt_view *v, int i)
{
    int found = i;

    for (int j = 0; j < v->a->count; j++)
        if (rxt_view_usable(v, j) && same_workers(rxt_view_row(v, j), rxt_view_row(v, i)) &&
            rxt_view_row(v, j)->split.ranks < rxt_view_row(v, found)->split.ranks)
            found = j;
    return found;
}

bool rxt_answer_contrasts(const rxt_rows *rows, rxt_answer *a)
{
    const rxt_view v = { .rows = rows, .a = a };
    double sure = NAN;
    family f;

    if (open_family(&f, a->count)) {
        for (int i = 0; i < a->count; i++) {
            int threads = rxt_view_usable(&v, i) ? fewest_ranks(&v, i) : i;

            if (threads == i)
                continue;
            a->contrast[a->contrasts++] = (rxt_contrast){ .threads = threads, .ranks = i };
            add(&f, a->row[i], a->row[threads]);
        }
        sure = coverage(&f, rows->rounds);
    }
    close_family(&f);
    for (int c = 0; c < a->contrasts && !isnan(sure); c++)
        a->contrast[c].gain = rxt_row_ratio_at(rows->rounds, a->row[a->contrast[c].ranks],
                                               a->row[a->contrast[c].threads], sure);
    return !isnan(sure);
}
