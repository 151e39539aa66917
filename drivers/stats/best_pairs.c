/* best_pairs.c - compares candidates two by two, and computes which scores arise by chance.
 *
 * Two candidates are compared by the logarithm of the ratio of their times, round by round, so that
 * noise common to a round cancels. If both were equally fast, the distribution of this logarithm
 * would be symmetric around 0. The score of a pair is the sum over the rounds, divided by the root
 * of the sum of squares. It is compared with the scores of random draws. In a draw each round
 * (or epoch) either keeps its sign or gets the opposite sign, the same for all pairs (Fisher 1935,
 * 21; as a wild bootstrap Liu 1988). For one pair this is exact at any number of rounds. Values far
 * from 0 are clipped (Huber 1964), so that spikes do not hide what the other rounds show. */
#include "stats/best_pairs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/best_draw.h"
#include "stats/student.h"

/* Differences between logarithms of times that are smaller than this count as 0. */
static const double resolved = 1e-9;

/* Logarithms of ratios are clipped at this multiple of their median magnitude. With normal noise,
 * clipping loses as much precision as 5 % fewer rounds would. A larger multiple loses more
 * precision if the noise is skewed. */
static const double bound = 1.25;

/* A correlation is used only if it is more than this number of standard errors above its expected
 * value for independent blocks. */
static const double beyond_chance = 1.645;

enum {
    CORRELATION_FROM = 10, /* with fewer blocks no correlation is computed */
    MEMORY = 4 << 20,      /* maximum number of draws, summed over all pairs */
    DRAWS_LEAST = 199
};

/* Working memory for all pairs. A block sum is the sum of a pair's clipped logarithms over the
 * rounds of a block. */
typedef struct sums {
    rxt_best_pairs *pairs;
    const rxt_best_times *times;
    int rounds, blocks;
    double *value; /* [rounds]: logarithms of the ratio of one pair */
    double *size;  /* [rounds]: magnitudes of `value`, in any order */
    float *block;  /* [pairs][blocks]: block sums */
    float *sign;   /* [blocks][draws]: +1 or -1 */
} sums;

/* Moves values below a pivot before values above it; returns the last index of the lower part
 * (Hoare 1961). */
static int part(double value[], int low, int high)
{
    double pivot = value[low + (high - low) / 2];

    for (int i = low - 1, j = high + 1;;) {
        double left, right;

        do
            left = value[++i];
        while (left < pivot);
        do
            right = value[--j];
        while (right > pivot);
        if (i >= j)
            return j;
        value[i] = right;
        value[j] = left;
    }
}

/* The k-th smallest of n values, k from 0; reorders the values. */
static double find(double value[], int n, int k)
{
    for (int low = 0, high = n - 1; low < high;) {
        int last = part(value, low, high);

        if (k <= last)
            high = last;
        else
            low = last + 1;
    }
    return value[k];
}

static double median_size(const sums *s)
{
    for (int r = 0; r < s->rounds; r++)
        s->size[r] = fabs(s->value[r]);
    return find(s->size, s->rounds, s->rounds / 2);
}

/* Computes the block sums of one pair. */
static void add_up(const sums *s, const double *a, const double *b, float block[])
{
    double most;

    for (int r = 0; r < s->rounds; r++) {
        double off = a[r] - b[r];

        s->value[r] = fabs(off) < resolved ? 0.0 : off;
    }
    most = bound * median_size(s);
    for (int r = 0; r < s->rounds; r++)
        block[rxt_draw_block(s->times->unit[r], s->times->units)] +=
            (float)fmin(fmax(s->value[r], -most), most);
}

static void add_up_all(const sums *s, const double *log)
{
    const double *a = log, *b;
    float *block = s->block;

    for (int i = 0; i < s->pairs->candidates; i++, a += s->rounds) {
        b = a + s->rounds;
        for (int j = i + 1; j < s->pairs->candidates; j++, b += s->rounds, block += s->blocks)
            add_up(s, a, b, block);
    }
}

/* Lag-1 autocorrelation of a pair's block sums; NAN if they do not vary. */
static double correlation(const sums *s, const float block[])
{
    double mean = 0.0, product = 0.0, squares = 0.0;

    for (int b = 0; b < s->blocks; b++)
        mean += (double)block[b] / s->blocks;
    for (int b = 0; b < s->blocks; b++) {
        double off = block[b] - mean;

        squares += off * off;
        product += b > 0 ? off * (block[b - 1] - mean) : 0.0;
    }
    return squares > 1e-9 * mean * mean ? product / squares : NAN;
}

/* The factor by which autocorrelated blocks increase a pair's standard error. r is the mean of
 * `many` correlations; the factor is 1 if r may arise by chance. */
static double widening(double r, double blocks, double many)
{
    if (!(r + 1.0 / blocks > beyond_chance / sqrt(blocks * many)))
        return 1.0;
    r = fmin(fmax((blocks * r + 1.0) / (blocks - 4.0), 0.0), 0.99); /* corrected for bias: Kendall
                                                                       1954 */
    return sqrt((1.0 + r) / (1.0 - r));
}

/* The factor common to all pairs, because a single pair has too few rounds to estimate it well. The
 * pairs of P candidates count as at most P - 1 independent pairs. */
static double common_widening(const sums *s)
{
    double sum = 0.0;
    int n = 0;

    if (s->blocks < CORRELATION_FROM)
        return 1.0;
    for (int p = 0; p < s->pairs->count; p++) {
        double r = correlation(s, &s->block[p * s->blocks]);

        if (!isnan(r)) {
            sum += r;
            n++;
        }
    }
    return n > 0 ? widening(sum / n, s->blocks, fmin(n, s->pairs->candidates - 1)) : 1.0;
}

/* Divides a score by the factor `by`. The score u, the sum divided by the root of the sum of
 * squares, is equivalent to Student's t for n blocks: t² = u² (n - 1) / (n - u²). So u is converted
 * to t, t is divided by the factor, and the result is converted back. */
static double widened(double u, double n, double by)
{
    double t = u * sqrt((n - 1.0) / fmax(n - u * u, 1e-12)) / by;

    return t * sqrt(n / (n - 1.0 + t * t));
}

static void score(const sums *s, int p, double common)
{
    rxt_best_pairs *pairs = s->pairs;
    float *block = &s->block[p * s->blocks],
          *drawn = &pairs->drawn[(size_t)p * (size_t)pairs->draws];
    double sum = 0.0, squares = 0.0, own = 1.0;

    for (int b = 0; b < s->blocks; b++) {
        sum += block[b];
        squares += (double)block[b] * block[b];
    }
    if (!(squares > 0.0))
        return;
    if (s->blocks >= CORRELATION_FROM)
        own = widening(correlation(s, block), s->blocks, 1.0);
    pairs->score[p] = (float)widened(sum / sqrt(squares), s->blocks, fmax(own, common));
    for (int b = 0; b < s->blocks; b++) {
        const float *sign = &s->sign[b * pairs->draws], off = block[b] / (float)sqrt(squares);

        for (int d = 0; d < pairs->draws; d++)
            drawn[d] += sign[d] * off;
    }
    for (int d = 0; d < pairs->draws; d++)
        drawn[d] = fabsf(drawn[d]);
}

static int draws_of(int pairs)
{
    int fit = MEMORY / (pairs > 0 ? pairs : 1);

    return fit > RXT_DRAWS ? RXT_DRAWS : fit < DRAWS_LEAST ? DRAWS_LEAST : fit;
}

static bool take(sums *s)
{
    rxt_best_pairs *pairs = s->pairs;
    size_t count = (size_t)pairs->count, draws = (size_t)pairs->draws, blocks = (size_t)s->blocks;

    pairs->score = calloc(count + 1, sizeof *pairs->score);
    pairs->drawn = calloc(count * draws + 1, sizeof *pairs->drawn);
    s->value = calloc((size_t)s->rounds, sizeof *s->value);
    s->size = calloc((size_t)s->rounds, sizeof *s->size);
    s->block = calloc(count * blocks + 1, sizeof *s->block);
    s->sign = calloc(blocks * draws, sizeof *s->sign);
    return pairs->score && pairs->drawn && s->value && s->size && s->block && s->sign;
}

static void look(const sums *s, const double *log)
{
    double common;

    for (int b = 0; b < s->blocks; b++)
        for (int d = 0; d < s->pairs->draws; d++)
            s->sign[b * s->pairs->draws + d] = (float)rxt_draw_sign(d, b);
    add_up_all(s, log);
    common = common_widening(s);
    for (int p = 0; p < s->pairs->count; p++)
        score(s, p, common);
}

bool rxt_best_pairs_of(const rxt_best_times *times, rxt_best_pairs *pairs)
{
    int count = times->candidates * (times->candidates - 1) / 2;
    sums s = { .pairs = pairs,
               .times = times,
               .rounds = times->rounds,
               .blocks = rxt_draw_blocks(times->units) };
    bool taken;

    *pairs = (rxt_best_pairs){ .candidates = times->candidates,
                               .count = count,
                               .draws = draws_of(count) };
    taken = take(&s);
    if (taken)
        look(&s, times->log);
    free(s.value);
    free(s.size);
    free(s.block);
    free(s.sign);
    return taken;
}

/* ---- few units ---- */

/* Student's t of the units' medians; 0 if their mean is not resolved. */
static double student_of(const double median[], int units)
{
    double mean;

    rxt_student_deviation(units, median, &mean);
    return fabs(mean) < resolved ? 0.0 : rxt_student_of(units, median);
}

/* Writes the medians over each unit's rounds of a[r] - b[r]. */
static void unit_medians(const rxt_best_times *times, const double *a, const double *b,
                         double value[], double median[])
{
    for (int r = 0, u = 0; u < times->units; u++) {
        int n = 0;

        for (; r < times->rounds && times->unit[r] == u; r++)
            value[n++] = a[r] - b[r];
        median[u] = 0.5 * (find(value, n, n / 2) + find(value, n, (n - 1) / 2));
    }
}

bool rxt_best_pairs_of_few(const rxt_best_times *times, rxt_best_pairs *pairs)
{
    int candidates = times->candidates, count = candidates * (candidates - 1) / 2;
    double *value = calloc((size_t)times->rounds + 1, sizeof *value),
           *median = calloc((size_t)times->units + 1, sizeof *median);
    float *score = calloc((size_t)count + 1, sizeof *score), *at = score;
    bool taken = value && median && score;

    *pairs = (rxt_best_pairs){
        .candidates = candidates, .count = count, .score = score, .freedom = times->units - 1
    };
    for (int i = 0; i < candidates && taken; i++)
        for (int j = i + 1; j < candidates; j++) {
            unit_medians(times, &times->log[i * times->rounds], &times->log[j * times->rounds],
                         value, median);
            *at++ = (float)student_of(median, times->units);
        }
    free(value);
    free(median);
    return taken;
}

void rxt_best_pairs_free(rxt_best_pairs *pairs)
{
    free(pairs->score);
    free(pairs->drawn);
    *pairs = (rxt_best_pairs){ 0 };
}
