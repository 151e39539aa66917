/* arena.h - the memory that a rank's operands lie in, and what lies there. */
#ifndef RXT_ARENA_H
#define RXT_ARENA_H

#include <rxt/kernel.h>

/* The memory of one rank for one size: `arrays` arrays of `capacity` elements, page-aligned, in
 * huge pages where the system grants them. It remembers what it holds and who touched it first, so
 * that it is filled no oftener than needed. */
typedef struct rxt_arena rxt_arena;

/* Reserves an arena; no page is touched. Local. RXT_ENVIRONMENT when the system refuses. */
rxt_status rxt_arena_open(rxt_type type, int arrays, ptrdiff_t capacity, rxt_arena **arena);
void rxt_arena_close(rxt_arena *arena);

/* Bytes that such an arena takes of the memory, in whole pages. Pure. */
double rxt_arena_bytes(rxt_type type, int arrays, ptrdiff_t capacity);

/* What an arena holds, or shall hold: which operands, which range of them, and the NUMA node that
 * each thread of the rank sits on (as one text, e.g. "0 0 1 1"; "" where unknown). */
typedef struct rxt_contents {
    const rxt_kernel *kernel;
    uint64_t seed;
    ptrdiff_t first, n, total;
    char homes[256];
} rxt_contents;

typedef enum rxt_refill { RXT_KEEP, RXT_FILL, RXT_TOUCH_AND_FILL } rxt_refill;

/* What it takes to make the arena hold `wanted`: nothing; fill; or give its pages back first,
 * because their owners' NUMA nodes changed, and fill. Kernels that work in place always need a
 * fill; what others only write need not be filled. Pure. */
rxt_refill rxt_arena_needs(const rxt_arena *arena, const rxt_contents *wanted);

/* Gives all pages back to the system, so that the next writer becomes their owner. Local. */
void rxt_arena_release(rxt_arena *arena);

/* Records what the arena now holds, once every share was filled (NULL: nothing of use). */
void rxt_arena_holds(rxt_arena *arena, const rxt_contents *contents);

/* Records that a kernel whose operands it holds is going to be called: what another kernel reads
 * and this one writes is lost. */
void rxt_arena_written(rxt_arena *arena, const rxt_kernel *kernel);

/* Array a: capacity elements. */
void *rxt_arena_array(const rxt_arena *arena, int a);

#endif
