/* npy_parsed.h - parses synthetic headers of .npy files and checks the results. */
#ifndef NPY_PARSED_H
#define NPY_PARSED_H

#include "data/npy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "npy_bytes.h"
#include "suite.h"

/* Parses the bytes from memory of exactly their size, so that the sanitizers find a read beyond it.
 */
static inline rxt_status parsed(const bytes *b, rxt_npy_header *header)
{
    unsigned char *copy = malloc(b->size ? b->size : 1);
    rxt_status st;

    memcpy(copy, b->at, b->size);
    st = rxt_npy_parse("--x=a.npy", copy, b->size, header);
    free(copy);
    return st;
}

static inline void understood(int version, const char *dictionary, const char *type, ptrdiff_t n)
{
    bytes b = headed(version, dictionary);
    rxt_npy_header header;
    rxt_status st = parsed(&b, &header);

    CU_ASSERT_PTR_NULL(st);
    if (st)
        printf("\n    %s: %s\n", dictionary, st->text);
    CU_ASSERT_STRING_EQUAL(header.type, type);
    CU_ASSERT_EQUAL(header.n, n);
    CU_ASSERT_EQUAL(header.offset, (ptrdiff_t)b.size);
    rxt_status_free(st);
}

static inline void refused_bytes(const bytes *b, const char *words)
{
    rxt_npy_header header;
    rxt_status st = parsed(b, &header);

    CU_ASSERT_EQUAL(rxt_status_code(st), RXT_USAGE);
    if (!st)
        return;
    CU_ASSERT(!strncmp(st->text, "--x=a.npy: ", 11));
    CU_ASSERT_PTR_NOT_NULL(strstr(st->text, words));
    if (!strstr(st->text, words))
        printf("\n    \"%s\" is not in: %s\n", words, st->text);
    rxt_status_free(st);
}

static inline void refused(const char *dictionary, const char *words)
{
    bytes b = headed(1, dictionary);

    refused_bytes(&b, words);
}

#define WITH_DESCR(descr) "{'descr': " descr ", 'fortran_order': False, 'shape': (10,), }"

#endif
