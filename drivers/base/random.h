/* random.h - SplitMix64 (Steele, Lea, Flood 2014): a counter that grows by an odd constant, mixed.
 * Any number of a sequence can be made alone, and no two of a period are the same. */
#ifndef RXT_RANDOM_H
#define RXT_RANDOM_H

#include <stdint.h>

/* 2^64 by the golden ratio, made odd: what the counter grows by. */
static const uint64_t rxt_random_golden = 0x9e3779b97f4a7c15;

/* Of numbers in a row it makes numbers as if by chance, and no two are the same. 0 stays 0. */
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

/* The next of a sequence whose state was its seed at first: numbers 1, 2, … */
static inline uint64_t rxt_random_next(uint64_t *state)
{
    return rxt_random_mix(*state += rxt_random_golden);
}

#endif
