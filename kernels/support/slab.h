/* slab.h - how n elements are divided among ranks and threads. Pure. */
#ifndef RXT_SLAB_H
#define RXT_SLAB_H

#include <rxt/kernel.h>

/* A half-open range of elements, [first, first + n). */
typedef struct rxt_range {
    ptrdiff_t first, n;
} rxt_range;

/* Part `part` of `parts` of the range: whole grains as evenly as possible, the first parts one
 * grain longer (as OpenMP's static schedule does); the last part takes the incomplete grain.
 * Parts are adjacent, in order, and may be empty. Pure. Requires 0 <= part < parts, grain >= 1
 * and whole.first a multiple of grain. */
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

#endif
