/* noises.h - times with a known true value and several kinds of noise with a sigma of 2 %. */
#ifndef RXT_TESTS_NOISES_H
#define RXT_TESTS_NOISES_H

#include <math.h>
#include <stdint.h>

#include "random.h"

enum { NOISE_CANDIDATES = 40, NOISE_ROUNDS = 1000 };

typedef enum noise_kind {
    NOISE_NORMAL, /* lognormal, sigma 2 % */
    NOISE_SKEWED, /* exponential, sigma 2 %, never below the true time; 3 % of the times are
                     spikes, 10 … 50 % longer */
    NOISE_DRIFT,  /* normal, and all candidates of a round are slower together: by a trend of 0.2
                     % per round and by an AR(1) process of sigma 11 % */
    NOISE_KINDS
} noise_kind;

static const char *const noise_name[NOISE_KINDS] = { "normal", "skewed, spikes", "common drift" };

typedef struct noises {
    uint64_t state;
    double seconds[NOISE_CANDIDATES][NOISE_ROUNDS];
} noises;

static inline double noise_skewed(noises *z)
{
    double off = -0.02 * log(random_uniform(&z->state));

    return random_uniform(&z->state) < 0.03 ? off + 0.1 + 0.4 * random_uniform(&z->state) : off;
}

/* Fills rounds × candidates: truth[i] seconds with noise; `seed` selects the random sequence. */
static inline void noise_make(noises *z, noise_kind kind, uint64_t seed, int candidates, int rounds,
                              const double truth[])
{
    double common = 0.0;

    z->state = seed * 1000003u + (uint64_t)kind;
    for (int r = 0; r < rounds; r++) {
        if (kind == NOISE_DRIFT)
            common = 0.9 * common + 0.05 * random_normal(&z->state);
        for (int i = 0; i < candidates; i++) {
            double off = kind == NOISE_SKEWED ? noise_skewed(z) : 0.02 * random_normal(&z->state);

            z->seconds[i][r] =
                truth[i] * exp(off + common + (kind == NOISE_DRIFT ? 0.002 * r : 0.0));
        }
    }
}

#endif
