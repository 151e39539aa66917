/* best.c - which of several candidates may be the fastest. */
#include "stats/best.h"

#include <math.h>
#include <stdlib.h>

#include "stats/best_pairs.h"
#include "stats/sample.h"

/* The error probability. It is the same as that of an interval (RXT_SAMPLE_COVERAGE). */
static const double level = 1.0 - RXT_SAMPLE_COVERAGE;

/* The candidates that take part, and the rounds that all of them have. */
typedef struct field {
    int candidates, rounds;
    int *candidate; /* [candidates]: their indices in rxt_best_candidates */
    double *log;    /* [candidates][rounds]: logarithm of (time / work) */
} field;

static bool there(const rxt_best_candidates *all, int i, int r)
{
    return all->seconds[i] && all->seconds[i][r] > 0.0 && isfinite(all->seconds[i][r]);
}

static int rounds_of(const rxt_best_candidates *all, int i)
{
    int n = 0;

    for (int r = 0; r < all->rounds; r++)
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

    for (int r = 0; r < all->rounds; r++)
        f->rounds += whole(all, f, r);
    f->log = calloc((size_t)f->candidates * (size_t)f->rounds + 1, sizeof *f->log);
    for (int r = 0; f->log && r < all->rounds; r++) {
        if (!whole(all, f, r))
            continue;
        for (int p = 0; p < f->candidates; p++)
            f->log[p * f->rounds + at] =
                log(all->seconds[f->candidate[p]][r] / all->work[f->candidate[p]]);
        at++;
    }
    return f->log;
}

static bool take(const rxt_best_candidates *all, field *f)
{
    *f = (field){ .candidate = calloc((size_t)all->count + 1, sizeof *f->candidate) };
    if (!f->candidate)
        return false;
    choose_candidates(all, f);
    return take_rounds(all, f);
}

static int by_size(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;

    return (x > y) - (x < y);
}

/* The critical value. In 4.2 of 100 draws the largest score of the remaining pairs exceeds this
 * value by chance. */
static float critical(const rxt_best_pairs *pairs, const bool in[], float most[])
{
    const float *drawn = pairs->drawn;

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
    rxt_best_pairs pairs;
    bool done = rxt_best_pairs_of(f->candidates, f->rounds, f->log, &pairs);
    float *most = calloc((size_t)pairs.draws, sizeof *most);

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
        rounds = f.rounds < RXT_BEST_ROUNDS ? 0 : compare(&f, may);
    free(f.candidate);
    free(f.log);
    return rounds;
}
