/* slab.h - how n elements are dealt out to ranks and threads, and the memory they lie in. */
#ifndef RXT_SLAB_H
#define RXT_SLAB_H

#include <rxt/kernel.h>

/* A half-open range of elements, [first, first + n). */
typedef struct rxt_range {
    ptrdiff_t first, n;
} rxt_range;

/* Part `part` of `parts` of the range: whole grains as evenly as can be, the first parts one grain
 * longer (as OpenMP's static schedule deals); the last part takes what is short of a grain. Parts
 * are adjacent, in order, and may be empty. Pure. Requires 0 <= part < parts, grain >= 1 and
 * whole.first a multiple of grain. */
rxt_range rxt_range_part(rxt_range whole, int part, int parts, ptrdiff_t grain);

/* The kernel's grain: its own, or one cache line of its type. */
ptrdiff_t rxt_grain_of(const rxt_kernel *kernel);

/* The operands that a kernel reads: the first ones, all but its outputs. Pure. */
int rxt_inputs_of(const rxt_kernel *kernel);

/* Thread `thread`'s share of a slab. Pure. */
rxt_share rxt_share_of(const rxt_slab *slab, int thread, ptrdiff_t grain);

/* The most roundings that an element passes through on its way into a kernel's result: its own (of
 * its product, say), the additions in its share as the kernel promises, and the merges over threads
 * and ranks. Pure. */
ptrdiff_t rxt_chain_of(const rxt_kernel *kernel, ptrdiff_t total, int ranks, int threads);

/* What a proof must know of a kernel's result at a split: type, total and chain. Pure. */
rxt_case rxt_case_of(const rxt_kernel *kernel, ptrdiff_t total, int ranks, int threads);

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
