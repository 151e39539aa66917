/* arena.h - the memory of a rank's operands, and a record of what it contains. */
#ifndef RXT_ARENA_H
#define RXT_ARENA_H

#include <rxt/kernel.h>

/* The memory of one rank for one size: `arrays` arrays of `capacity` elements, page-aligned, in
 * huge pages if the system grants them. The arena records its contents and which threads touched it
 * first, so that it is filled only when needed. */
typedef struct rxt_arena rxt_arena;

/* Reserves an arena; no page is touched. Local. RXT_ENVIRONMENT when the system refuses. */
rxt_status rxt_arena_open(rxt_type type, int arrays, ptrdiff_t capacity, rxt_arena **arena);
void rxt_arena_close(rxt_arena *arena);

/* Bytes of memory that such an arena takes, in whole pages. Pure. */
double rxt_arena_bytes(rxt_type type, int arrays, ptrdiff_t capacity);

/* The contents of an arena, or the contents wanted: which operands, which range, and the NUMA node
 * of each thread of the rank, as one text: "0x2 1x2" for two threads on node 0 and two on node 1;
 * "0" if all threads are on node 0; node -1: unknown. */
typedef struct rxt_contents {
    const rxt_kernel *kernel;
    uint64_t seed;
    ptrdiff_t first, n, total;
    char homes[256];
} rxt_contents;

typedef enum rxt_refill { RXT_KEEP, RXT_FILL, RXT_TOUCH_AND_FILL } rxt_refill;

/* What must be done so that the arena holds `wanted`. RXT_KEEP: nothing. RXT_FILL: fill it.
 * RXT_TOUCH_AND_FILL: give its pages back and fill it, because it is not filled, or because its
 * pages are on other NUMA nodes than the threads that will use them. A kernel that works in place
 * always needs a fill; operands that are only written need none. Pure. */
rxt_refill rxt_arena_needs(const rxt_arena *arena, const rxt_contents *wanted);

/* Gives all pages back to the system: the next writer touches them first. Local. */
void rxt_arena_release(rxt_arena *arena);

/* Records the arena's contents once every share is filled (NULL: unknown contents). */
void rxt_arena_holds(rxt_arena *arena, const rxt_contents *contents);

/* Records that a kernel is going to be called on the arena: the operands that it writes are lost
 * for other kernels. */
void rxt_arena_written(rxt_arena *arena, const rxt_kernel *kernel);

/* The address of array a, which has `capacity` elements. */
void *rxt_arena_array(const rxt_arena *arena, int a);

#endif
