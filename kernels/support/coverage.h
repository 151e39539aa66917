/* coverage.h - checks that a proof has seen every element once. */
#ifndef RXT_COVERAGE_H
#define RXT_COVERAGE_H

#include <rxt/kernel.h>

/* Part of a proof's facts; all zero at first. Blocks may come in any order. */
typedef struct rxt_coverage {
    uint64_t count, ends; /* elements; hashes of all starts minus hashes of all ends of blocks */
} rxt_coverage;

/* Adds one block. */
void rxt_coverage_add(rxt_coverage *coverage, const rxt_share *block);

/* Adds the blocks of `right` to `left`. */
void rxt_coverage_merge(rxt_coverage *left, const rxt_coverage *right);

/* Was each element of [0, total) seen once? True if every end of a block except the last is also a
 * start, and every start except the first also an end. Any other set of blocks passes with
 * probability 2^-64. */
bool rxt_coverage_whole(const rxt_coverage *coverage, ptrdiff_t total);

#endif
