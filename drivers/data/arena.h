/* arena.h - the memory of a rank's operands, and a record of what it contains. */
#ifndef RXT_ARENA_H
#define RXT_ARENA_H

#include "data/pages.h"
#include <rxt/kernel.h>

/* The memory of one rank for one size: `arrays` arrays of `capacity` elements, page-aligned. The
 * arena records its contents and which threads touched it first, so that it is filled only when
 * needed. Its pages are drawn anew at each epoch (rxt_arena_draw). */
typedef struct rxt_arena rxt_arena;

/* What an arena is for: its arrays and their pages. */
typedef struct rxt_arena_request {
    rxt_type type;
    int arrays;
    ptrdiff_t capacity; /* elements of each array */
    rxt_pages pages;
} rxt_arena_request;

/* Reserves an arena; no page is touched. Local. RXT_ENVIRONMENT when the system refuses. */
rxt_status rxt_arena_open(const rxt_arena_request *request, rxt_arena **arena);
void rxt_arena_close(rxt_arena *arena);

/* Bytes of memory that such an arena takes, in whole pages. Pure. */
double rxt_arena_bytes(const rxt_arena_request *request);

/* Draws the pages for this epoch: gives all pages back, and moves each array by a random number of
 * small pages. Does nothing, and returns false, if the arena's pages are of this epoch already. An
 * arena begins in epoch 0, where every array starts on a page of the arena's kind. The addresses of
 * the arrays change. Local. */
bool rxt_arena_draw(rxt_arena *arena, int epoch);

/* Touches the pages of elements [first, first + n) of all arrays, where nothing has touched them
 * since the pages were drawn. Before that it touches up to `spare` other small pages, and gives
 * them back afterwards; `seed` decides how many, and which array comes first. If there is no memory
 * for spare pages, there are none. Local; several threads may touch at the same time, each the part
 * that it will fill. */
void rxt_arena_touch(const rxt_arena *arena, ptrdiff_t first, ptrdiff_t n, int spare,
                     uint64_t seed);

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

/* The address of array a, which has `capacity` elements, in this epoch. */
void *rxt_arena_array(const rxt_arena *arena, int a);

#endif
