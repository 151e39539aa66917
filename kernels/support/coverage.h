/* coverage.h - checks that a proof has seen every element once. */
#ifndef RXT_COVERAGE_H
#define RXT_COVERAGE_H

#include <rxt/kernel.h>

/* Part of a proof's facts; all zero at first. Blocks may come in any order. */
typedef struct rxt_coverage {
    uint64_t count, ends; /* elements; hashes of the blocks' beginnings less those of their ends */
} rxt_coverage;

/* One more block was seen. */
void rxt_coverage_add(rxt_coverage *coverage, const rxt_share *block);

/* left := left and right. */
void rxt_coverage_merge(rxt_coverage *left, const rxt_coverage *right);

/* Was each of [0, total) seen once? That is so where every end but the last is a beginning, and
 * every beginning but the first an end; others pass once in 2^64. */
bool rxt_coverage_whole(const rxt_coverage *coverage, ptrdiff_t total);

#endif
