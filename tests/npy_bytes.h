/* npy_bytes.h - synthetic .npy files, byte by byte. */
#ifndef NPY_BYTES_H
#define NPY_BYTES_H

#include "data/npy.h"

#include <string.h>

typedef struct bytes {
    unsigned char at[RXT_NPY_HEADER + 64];
    size_t size;
} bytes;

/* The head of a file, up to its elements: magic, version, length, dictionary. */
static inline bytes headed(int version, const char *dictionary)
{
    bytes b = { .at = "\x93NUMPY", .size = 6 };
    size_t length = strlen(dictionary);
    int width = version == 1 ? 2 : 4;

    b.at[b.size++] = (unsigned char)version;
    b.at[b.size++] = 0;
    for (int i = 0; i < width; i++)
        b.at[b.size++] = (unsigned char)(length >> 8 * i);
    memcpy(b.at + b.size, dictionary, length);
    b.size += length;
    return b;
}

#endif
