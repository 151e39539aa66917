/* best_coverage.c - the coverage that each of several intervals needs so that all hold at once.
 *
 * An interval from order statistics does not contain the true median if too many rounds lie on one
 * side of the median. For several ratios at once this is simulated: each draw decides for each
 * round whether its values change sides or stay, for all ratios together. Then the number of rounds
 * on one side of a single ratio has a binomial distribution. All ratios together miss as often as a
 * certain number of independent ratios; that number is smaller than the number of ratios if noise
 * common to a round affects them together. */
#include "stats/best.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/best_draw.h"
#include "stats/sample.h"

static const double tail = 0.05; /* the error probability at which the misses of all ratios together
                                    are compared with those of single ratios */

/* Draws of several ratios. `off`: the difference between the numbers of rounds above and below the
 * median of a ratio in a draw, in standard deviations. */
typedef struct sides {
    double *value; /* [rounds]: values of one ratio, sorted */
    float *off;    /* [ratios][draws] */
    float *most;   /* [draws]: largest `off` over all ratios */
    float *sorted; /* [draws]: `most`, sorted */
    int rounds, units;
    int *unit;  /* [rounds]: the epoch of each round if there are epochs, else its number */
    int moving; /* number of ratios that are not constant */
} sides;

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static int by_size_f(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;

    return (x > y) - (x < y);
}

static double median(double *value, int rounds, const double *over, const double *under, int *n)
{
    *n = 0;
    for (int r = 0; r < rounds; r++)
        if (isfinite(over[r] / under[r]))
            value[(*n)++] = over[r] / under[r];
    qsort(value, (size_t)*n, sizeof *value, by_size);
    return *n > 0 ? 0.5 * (value[*n / 2] + value[(*n - 1) / 2]) : NAN;
}

/* Sets block[]: for each block, the number of rounds above the median of the ratio minus the
 * number below. Returns the root of the sum of squares, which is the standard deviation over
 * random signs. */
static double surplus(sides *s, const double *over, const double *under,
                      double block[RXT_DRAW_BLOCKS])
{
    int n, rounds = s->rounds;
    double middle = median(s->value, rounds, over, under, &n), squares = 0.0;

    memset(block, 0, RXT_DRAW_BLOCKS * sizeof *block);
    for (int r = 0; r < rounds; r++) {
        double ratio = over[r] / under[r];

        if (isfinite(ratio))
            block[rxt_draw_block(s->unit[r], s->units)] += (ratio > middle) - (ratio < middle);
    }
    for (int b = 0; b < rxt_draw_blocks(s->units); b++)
        squares += block[b] * block[b];
    return sqrt(squares);
}

static void draw(sides *s, const double *over, const double *under)
{
    double block[RXT_DRAW_BLOCKS], sigma = surplus(s, over, under, block);
    float *off = &s->off[s->moving * RXT_DRAWS];

    if (!(sigma > 0.0))
        return;
    s->moving++;
    for (int d = 0; d < RXT_DRAWS; d++) {
        uint64_t turned = rxt_draw(d);
        double sum = 0.0;

        for (int b = 0; b < rxt_draw_blocks(s->units); b++)
            sum += turned >> b & 1 ? block[b] : -block[b];
        off[d] = (float)fabs(sum / sigma);
        s->most[d] = fmaxf(s->most[d], off[d]);
    }
}

/* The number of independent ratios that together would miss as often as these ratios do
 * together. */
static double worth(sides *s)
{
    long together = 0, alone = 0;
    float limit;

    memcpy(s->sorted, s->most, RXT_DRAWS * sizeof *s->sorted);
    qsort(s->sorted, RXT_DRAWS, sizeof *s->sorted, by_size_f);
    limit = s->sorted[(int)((1.0 - tail) * RXT_DRAWS)] * 0.9999f;
    for (int d = 0; d < RXT_DRAWS; d++) {
        together += s->most[d] >= limit;
        for (int i = 0; i < s->moving; i++)
            alone += s->off[i * RXT_DRAWS + d] >= limit;
    }
    return s->moving > 1 ? (double)together * s->moving / (double)alone : 1.0;
}

/* Rounds of an epoch change sides together, because they may be alike. */
static void number_units(sides *s, const rxt_rounds *rounds)
{
    for (int r = 0; r < rounds->count; r++) {
        bool same = r > 0 && rounds->epoch && rounds->epoch[r] == rounds->epoch[r - 1] &&
                    !(rounds->run && rounds->run[r] != rounds->run[r - 1]);

        s->units += !same;
        s->unit[r] = s->units - 1;
    }
}

double rxt_best_coverage(int ratios, const rxt_rounds *rounds, const double *const over[],
                         const double *const under[])
{
    sides s = { .rounds = rounds->count,
                .value = calloc((size_t)rounds->count + 1, sizeof *s.value),
                .unit = calloc((size_t)rounds->count + 1, sizeof *s.unit),
                .off = calloc((size_t)ratios * RXT_DRAWS + 1, sizeof *s.off),
                .most = calloc(RXT_DRAWS, sizeof *s.most),
                .sorted = calloc(RXT_DRAWS, sizeof *s.sorted) };
    double coverage = NAN;

    if (s.value && s.unit && s.off && s.most && s.sorted) {
        number_units(&s, rounds);
        for (int i = 0; i < ratios && rounds->count > 0; i++)
            draw(&s, over[i], under[i]);
        coverage = 1.0 - (1.0 - RXT_SAMPLE_COVERAGE) / worth(&s);
    }
    free(s.value);
    free(s.unit);
    free(s.off);
    free(s.most);
    free(s.sorted);
    return coverage;
}
