/* hash.h - a hash of bytes. */
#ifndef RXT_HASH_H
#define RXT_HASH_H

#include <stddef.h>
#include <stdint.h>

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
