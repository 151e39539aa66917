/* hash.h - numbers that tell others apart, and numbers as if by chance. */
#ifndef RXT_HASH_H
#define RXT_HASH_H

#include <stddef.h>
#include <stdint.h>

/* SplitMix64's finisher (Steele, Lea, Flood 2014): of numbers in a row it makes numbers as if by
 * chance, and no two are the same. 0 stays 0. */
static inline uint64_t rxt_hash_mix(uint64_t z)
{
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

/* FNV-1a, 32 bits. */
static inline uint32_t rxt_hash_bytes(const void *bytes, size_t size)
{
    const unsigned char *byte = bytes;
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < size; i++)
        hash = (hash ^ byte[i]) * 16777619u;
    return hash;
}

#endif
