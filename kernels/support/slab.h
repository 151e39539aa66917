/* slab.h - how n elements are divided among ranks and threads. Pure. */
#ifndef RXT_SLAB_H
#define RXT_SLAB_H

#include <rxt/kernel.h>

/* A half-open range of elements, [first, first + n). */
typedef struct rxt_range {
    ptrdiff_t first, n;
} rxt_range;

/* Part `part` of `parts` of the range: whole grains, divided as evenly as possible; the first parts
 * are one grain longer (as in OpenMP's static schedule), the last non-empty part takes the
 * incomplete grain. Parts are adjacent, in order, and may be empty. Pure. Requires 0 <= part <
 * parts, grain >= 1 and whole.first a multiple of grain. */
rxt_range rxt_range_part(rxt_range whole, int part, int parts, ptrdiff_t grain);

/* The kernel's grain in elements: its own, or one cache line of its type. */
ptrdiff_t rxt_grain_of(const rxt_kernel *kernel);

/* Number of operands that a kernel reads: all but its outputs, which are the last ones. Pure. */
int rxt_inputs_of(const rxt_kernel *kernel);

/* Thread `thread`'s share of a slab. Pure. */
rxt_share rxt_share_of(const rxt_slab *slab, int thread, ptrdiff_t grain);

/* The most roundings that one element passes through on its way into a kernel's result: its own
 * (such as that of its product), the additions in its share as the kernel promises by `sums`, and
 * the merges over threads and ranks. Pure. */
ptrdiff_t rxt_chain_of(const rxt_kernel *kernel, ptrdiff_t total, int ranks, int threads);

/* The rxt_case of a kernel's result at a split, for its proof. Pure. */
rxt_case rxt_case_of(const rxt_kernel *kernel, ptrdiff_t total, int ranks, int threads);

#endif
