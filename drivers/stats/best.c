/* best.c - which of several candidates may be the fastest. */
#include "stats/best.h"

#include <math.h>
#include <stdlib.h>

#include "stats/best_pairs.h"
#include "stats/sample.h"
#include "stats/student.h"

/* The error probability. It is the same as that of an interval (RXT_SAMPLE_COVERAGE). */
static const double level = 1.0 - RXT_SAMPLE_COVERAGE;

/* The candidates that take part, and the rounds that all of them have. */
typedef struct field {
    int candidates, rounds;
    int *candidate; /* [candidates]: their indices in rxt_best_candidates */
    double *log;    /* [candidates][rounds]: logarithm of (time / work) */
    int *unit;      /* [rounds]: the unit of each round */
    int units;
    rxt_grouping by;
} field;

static bool there(const rxt_best_candidates *all, int i, int r)
{
    return all->seconds[i] && all->seconds[i][r] > 0.0 && isfinite(all->seconds[i][r]);
}

static int rounds_of(const rxt_best_candidates *all, int i)
{
    int n = 0;

    for (int r = 0; r < all->rounds.count; r++)
        n += there(all, i, r);
    return n;
}

/* Selects the candidates that have at least half as many rounds as the candidate with the most
 * rounds. */
static void choose_candidates(const rxt_best_candidates *all, field *f)
{
    int most = 0;

    for (int i = 0; i < all->count; i++) {
        int n = rounds_of(all, i);

        most = n > most ? n : most;
    }
    for (int i = 0; i < all->count; i++)
        if (2 * rounds_of(all, i) >= most && rounds_of(all, i) > 0)
            f->candidate[f->candidates++] = i;
}

static bool whole(const rxt_best_candidates *all, const field *f, int r)
{
    for (int p = 0; p < f->candidates; p++)
        if (!there(all, f->candidate[p], r))
            return false;
    return f->candidates > 0;
}

static bool take_rounds(const rxt_best_candidates *all, field *f)
{
    int at = 0;

    for (int r = 0; r < all->rounds.count; r++)
        f->rounds += whole(all, f, r);
    f->log = calloc((size_t)f->candidates * (size_t)f->rounds + 1, sizeof *f->log);
    for (int r = 0; f->log && r < all->rounds.count; r++) {
        if (!whole(all, f, r))
            continue;
        for (int p = 0; p < f->candidates; p++)
            f->log[p * f->rounds + at] =
                log(all->seconds[f->candidate[p]][r] / all->work[f->candidate[p]]);
        at++;
    }
    return f->log;
}

/* Writes where the rounds that are compared belong: epoch[f->rounds] and run[f->rounds]. */
static void take_numbers(const rxt_best_candidates *all, const field *f, int epoch[], int run[])
{
    for (int r = 0, at = 0; r < all->rounds.count; r++) {
        if (!whole(all, f, r))
            continue;
        epoch[at] = all->rounds.epoch ? all->rounds.epoch[r] : 0;
        run[at++] = all->rounds.run ? all->rounds.run[r] : 0;
    }
}

/* Chooses the units of all ratios to candidate 0 together. */
static bool take_units(const rxt_best_candidates *all, field *f)
{
    size_t rounds = (size_t)f->rounds;
    int series = f->candidates > 1 ? f->candidates - 1 : 0,
        *epoch = calloc(2 * rounds + 1, sizeof *epoch), *run = epoch + rounds;
    double *ratio = calloc((size_t)series * rounds + 1, sizeof *ratio);
    rxt_groups groups = { 0 };
    bool taken = epoch && ratio;

    if (taken) {
        const rxt_rounds of = { .count = f->rounds, .epoch = epoch, .run = run };

        take_numbers(all, f, epoch, run);
        for (int i = 0; i < series * f->rounds; i++)
            ratio[i] = f->log[f->rounds + i] - f->log[i % f->rounds];
        taken = rxt_groups_choose(&of, series, ratio, &groups);
        f->unit = groups.unit;
        f->units = groups.units;
        f->by = groups.by;
    }
    free(epoch);
    free(ratio);
    return taken;
}

static bool take(const rxt_best_candidates *all, field *f)
{
    *f = (field){ .candidate = calloc((size_t)all->count + 1, sizeof *f->candidate) };
    if (!f->candidate)
        return false;
    choose_candidates(all, f);
    return take_rounds(all, f) && take_units(all, f);
}

static int by_size(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;

    return (x > y) - (x < y);
}

/* The critical value of Student's t for all remaining pairs together (Bonferroni). */
static float critical_of_few(const rxt_best_pairs *pairs, const bool in[])
{
    int left = 0;

    for (int i = 0; i < pairs->candidates; i++)
        left += in[i];
    left = left > 1 ? left * (left - 1) / 2 : 1;
    return (float)rxt_student_quantile(pairs->freedom, 1.0 - level / left);
}

/* The critical value. In 4.2 of 100 draws the largest score of the remaining pairs exceeds this
 * value by chance. */
static float critical(const rxt_best_pairs *pairs, const bool in[], float most[])
{
    const float *drawn = pairs->drawn;

    if (pairs->freedom > 0)
        return critical_of_few(pairs, in);

    for (int d = 0; d < pairs->draws; d++)
        most[d] = 0.0f;
    for (int i = 0; i < pairs->candidates; i++)
        for (int j = i + 1; j < pairs->candidates; j++, drawn += pairs->draws)
            for (int d = 0; in[i] && in[j] && d < pairs->draws; d++)
                most[d] = drawn[d] > most[d] ? drawn[d] : most[d];
    qsort(most, (size_t)pairs->draws, sizeof *most, by_size);
    return most[(int)ceil((1.0 - level) * (pairs->draws + 1)) - 1];
}

/* Removes candidates that are surely slower than another one; returns whether any was removed. */
static bool thin_out(const rxt_best_pairs *pairs, bool in[], bool out[], float most[])
{
    float limit = critical(pairs, in, most);
    const float *score = pairs->score;
    bool any = false;

    for (int i = 0; i < pairs->candidates; i++)
        for (int j = i + 1; j < pairs->candidates; j++, score++)
            if (in[i] && in[j] && fabsf(*score) > limit)
                out[*score > 0.0f ? i : j] = true;
    for (int i = 0; i < pairs->candidates; i++) {
        any = any || (in[i] && out[i]);
        in[i] = in[i] && !out[i];
    }
    return any;
}

/* Sets in[] for the candidates of the field that may be the best; false without memory. */
static bool judge(const field *f, bool in[], bool out[])
{
    const rxt_best_times times = { .candidates = f->candidates,
                                   .rounds = f->rounds,
                                   .log = f->log,
                                   .units = f->units,
                                   .unit = f->unit };
    rxt_best_pairs pairs;
    bool done = f->by == RXT_BY_RUN ? rxt_best_pairs_of_few(&times, &pairs)
                                    : rxt_best_pairs_of(&times, &pairs);
    float *most = calloc((size_t)pairs.draws + 1, sizeof *most);

    done = done && most;
    for (int i = 0; i < f->candidates; i++)
        in[i] = true;
    while (done && thin_out(&pairs, in, out, most))
        ;
    free(most);
    rxt_best_pairs_free(&pairs);
    return done;
}

static int compare(const field *f, bool may[])
{
    bool *in = calloc(2 * (size_t)f->candidates + 1, sizeof *in);
    bool done = in && judge(f, in, in + f->candidates);

    for (int p = 0; done && p < f->candidates; p++)
        may[f->candidate[p]] = in[p];
    free(in);
    return done ? f->rounds : -1;
}

int rxt_best_of(const rxt_best_candidates *candidates, bool may[])
{
    field f;
    int rounds = -1;

    for (int i = 0; i < candidates->count; i++)
        may[i] = candidates->seconds[i] && rounds_of(candidates, i) > 0;
    if (take(candidates, &f))
        rounds = f.rounds < RXT_BEST_ROUNDS || (f.by != RXT_BY_RUN && f.units < RXT_BEST_ROUNDS)
                     ? 0
                     : compare(&f, may);
    free(f.candidate);
    free(f.unit);
    free(f.log);
    return rounds;
}
