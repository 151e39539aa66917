/* random.h - SplitMix64 (Steele, Lea, Flood 2014): a counter that grows by an odd constant, and a
 * function that mixes its bits. Each number can be computed from its index alone, and no number
 * occurs twice in a period. */
#ifndef RXT_RANDOM_H
#define RXT_RANDOM_H

#include <stdint.h>

/* The step of the counter: 2^64 divided by the golden ratio, made odd. */
static const uint64_t rxt_random_golden = 0x9e3779b97f4a7c15;

/* Maps consecutive numbers to numbers that look random. Different inputs give different results; 0
 * gives 0. */
static inline uint64_t rxt_random_mix(uint64_t z)
{
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

/* Number `index` of the sequence that starts from `seed`. */
static inline uint64_t rxt_random_at(uint64_t seed, uint64_t index)
{
    return rxt_random_mix(seed + index * rxt_random_golden);
}

/* The next number of a sequence. *state is the seed at first; then the numbers are those with index
 * 1, 2, … */
static inline uint64_t rxt_random_next(uint64_t *state)
{
    return rxt_random_mix(*state += rxt_random_golden);
}

#endif
