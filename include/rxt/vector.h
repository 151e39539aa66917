/* vector.h - the widest vectors of the instruction set level and type that a kernel is compiled
 * for.
 *
 * They are GNU C vectors: + - * / and [] work on them, and each compiler translates these into
 * instructions of the level. Loads and stores need only the alignment of an element. */
#ifndef RXT_VECTOR_H
#define RXT_VECTOR_H

#include <rxt/kernel.h>

#if defined __AVX512F__
#define RXT_VECTOR_BYTES 64
#elif defined __AVX__
#define RXT_VECTOR_BYTES 32
#else
#define RXT_VECTOR_BYTES 16
#endif

enum { RXT_LANES = RXT_VECTOR_BYTES / sizeof(rxt_real) };

typedef rxt_real rxt_vector
    __attribute__((vector_size(RXT_VECTOR_BYTES), aligned(sizeof(rxt_real)), may_alias));

#endif
