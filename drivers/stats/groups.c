/* groups.c - the rounds of a study in groups, and which of them are the units of an interval. */
#include "stats/groups.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"

/* The test ends at the first of these: so many permutations that are as extreme as the values
 * (Besag & Clifford 1991), or all permutations. With fewer extreme ones than EXTREME, the error
 * probability is at most EXTREME / (PERMUTATIONS + 1) = 4 %. */
enum { PERMUTATIONS = 199, EXTREME = 8 };

/* ---- do groups differ? ---- */

typedef struct ranked {
    double value, rank;
    int place;
} ranked;

static int by_value(const void *a, const void *b)
{
    double x = ((const ranked *)a)->value, y = ((const ranked *)b)->value;

    return (x > y) - (x < y);
}

/* Writes the ranks of the values; equal values get the mean of their ranks. */
static bool ranks_of(int n, const double value[], double rank[])
{
    ranked *r = malloc((size_t)(n + 1) * sizeof *r);

    for (int i = 0; r && i < n; i++)
        r[i] = (ranked){ .value = value[i], .place = i };
    if (r)
        qsort(r, (size_t)n, sizeof *r, by_value);
    for (int first = 0, last; r && first < n; first = last + 1) {
        last = first;
        while (last + 1 < n && r[last + 1].value == r[first].value)
            last++;
        for (int i = first; i <= last; i++)
            rank[r[i].place] = 0.5 * (first + last);
    }
    free(r);
    return r;
}

/* Several series of ranks, and an order of their rounds. */
typedef struct ordered {
    int series, count;
    double *rank; /* [series × count] */
    int *order;   /* [count] */
} ordered;

/* The sum over series and groups of (sum of ranks)² / values: large if groups differ. */
static double spread(const ordered *o, const int group[])
{
    double all = 0.0;

    for (int s = 0; s < o->series; s++) {
        const double *rank = &o->rank[s * o->count];

        for (int i = 0; i < o->count;) {
            int first = i;
            double sum = 0.0;

            while (i < o->count && group[i] == group[first])
                sum += rank[o->order[i++]];
            all += sum * sum / (i - first);
        }
    }
    return all;
}

static void permute(ordered *o, uint64_t *state)
{
    for (int i = o->count - 1; i > 0; i--) {
        int j = (int)(rxt_random_next(state) % (uint64_t)(i + 1)), one = o->order[i];

        o->order[i] = o->order[j];
        o->order[j] = one;
    }
}

static bool open_ordered(int series, int n, const double values[], ordered *o)
{
    bool done;

    *o = (ordered){ .series = series,
                    .count = n,
                    .rank = malloc((size_t)series * (size_t)n * sizeof *o->rank),
                    .order = malloc((size_t)n * sizeof *o->order) };
    done = o->rank && o->order;
    for (int i = 0; done && i < n; i++)
        o->order[i] = i;
    for (int s = 0; done && s < series; s++)
        done = ranks_of(n, &values[s * n], &o->rank[s * n]);
    return done;
}

/* False also if every group has one round, or all rounds are of one group. */
static bool differ(int series, int n, const double values[], const int group[])
{
    bool grouped = series > 0 && n > 0 && group[n - 1] > 0 && group[n - 1] < n - 1;
    uint64_t state = 1;
    int extreme = EXTREME;
    ordered o = { 0 };

    if (grouped && open_ordered(series, n, values, &o)) {
        double seen = spread(&o, group) * (1.0 - 1e-12);

        extreme = 0;
        for (int p = 0; p < PERMUTATIONS && extreme < EXTREME; p++) {
            permute(&o, &state);
            extreme += spread(&o, group) >= seen;
        }
    }
    free(o.rank);
    free(o.order);
    return extreme < EXTREME;
}

/* ---- the units ---- */

/* Where rounds belong: numbers from 0, without gaps. */
typedef struct numbers {
    int *epoch, *run, *stretch;
} numbers;

static bool is_other(const int number[], int round, int before)
{
    return before < 0 || (number && number[round] != number[before]);
}

/* Numbers the rounds round[count]; NULL: the first `count` rounds. */
static void number(const rxt_rounds *rounds, int count, const int round[], numbers *s)
{
    int epochs = 0, runs = 0;

    for (int i = 0; i < count; i++) {
        int at = round ? round[i] : i, before = i == 0 ? -1 : round ? round[i - 1] : i - 1;
        bool run = is_other(rounds->run, at, before);

        runs += run;
        epochs += run || is_other(rounds->epoch, at, before);
        s->run[i] = runs - 1;
        s->epoch[i] = epochs - 1;
        s->stretch[i] = (int)((long long)i * RXT_STRETCHES / count);
    }
}

/* A stretch has at least two rounds; a shorter one could not be told from its rounds. */
static const int *units_of(const numbers *s, int series, int n, const double values[],
                           rxt_grouping *by)
{
    *by = RXT_BY_ROUND;
    if (n > 0 && s->run[n - 1] + 1 >= RXT_GROUPS_RUNS)
        *by = RXT_BY_RUN;
    else if (n >= 2 * RXT_STRETCHES && differ(series, n, values, s->stretch))
        *by = RXT_BY_STRETCH;
    else if (differ(series, n, values, s->epoch))
        *by = RXT_BY_EPOCH;
    return *by == RXT_BY_RUN       ? s->run
           : *by == RXT_BY_STRETCH ? s->stretch
           : *by == RXT_BY_EPOCH   ? s->epoch
                                   : NULL;
}

/* Sets the units of the rounds round[groups->count], which have the values of several series. */
static bool set_units(const rxt_rounds *rounds, const int round[], int series,
                      const double values[], rxt_groups *g)
{
    size_t room = (size_t)g->count + 1;
    int *list = malloc(3 * room * sizeof *list);
    numbers s = { list, list + room, list + 2 * room };
    const int *unit = NULL;

    if (list) {
        number(rounds, g->count, round, &s);
        unit = units_of(&s, series, g->count, values, &g->by);
    }
    for (int i = 0; i < g->count; i++)
        g->unit[i] = unit ? unit[i] : i;
    g->units = g->count > 0 ? g->unit[g->count - 1] + 1 : 0;
    free(list);
    return list;
}

bool rxt_groups_take(const rxt_rounds *rounds, const double over[], const double under[],
                     rxt_groups *groups)
{
    size_t room = (size_t)rounds->count + 1;
    int *round = malloc(room * sizeof *round);
    rxt_groups g = { .value = malloc(room * sizeof *g.value),
                     .unit = malloc(room * sizeof *g.unit) };
    bool taken = round && g.value && g.unit;

    for (int i = 0; taken && i < rounds->count; i++) {
        double value = under ? over[i] / under[i] : over[i];

        if (!isfinite(value))
            continue;
        round[g.count] = i;
        g.value[g.count++] = value;
    }
    taken = taken && set_units(rounds, round, 1, g.value, &g);
    free(round);
    *groups = g;
    return taken;
}

bool rxt_groups_choose(const rxt_rounds *rounds, int series, const double values[],
                       rxt_groups *groups)
{
    size_t room = (size_t)rounds->count + 1;

    *groups = (rxt_groups){ .count = rounds->count, .unit = malloc(room * sizeof *groups->unit) };
    return groups->unit && set_units(rounds, NULL, series, values, groups);
}

void rxt_groups_free(rxt_groups *groups)
{
    free(groups->value);
    free(groups->unit);
    *groups = (rxt_groups){ 0 };
}

/* ---- medians ---- */

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

bool rxt_groups_medians(const rxt_groups *groups, double medians[])
{
    double *sorted = malloc((size_t)(groups->count + 1) * sizeof *sorted);

    if (!sorted)
        return false;
    memcpy(sorted, groups->value, (size_t)groups->count * sizeof *sorted);
    for (int u = 0, first = 0, end = 0; u < groups->units; u++, first = end) {
        while (end < groups->count && groups->unit[end] == u)
            end++;
        qsort(sorted + first, (size_t)(end - first), sizeof *sorted, by_size);
        medians[u] = 0.5 * (sorted[(first + end) / 2] + sorted[(first + end - 1) / 2]);
    }
    free(sorted);
    return true;
}
