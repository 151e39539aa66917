/* coverage.c - which elements a proof has seen.
 *
 * Each element has a count of how often it was seen. A block adds 1 to the count at its first
 * element, and subtracts 1 behind its last element. If all starts and ends of blocks cancel, except
 * the start at 0 and the end at the total, each element between these two was seen once. */
#include "support/coverage.h"

#include "base/random.h"

static uint64_t hash(ptrdiff_t index)
{
    return rxt_random_at(0, (uint64_t)index + 1);
}

void rxt_coverage_add(rxt_coverage *coverage, const rxt_share *block)
{
    coverage->count += (uint64_t)block->n;
    coverage->ends += hash(block->first) - hash(block->first + block->n);
}

void rxt_coverage_merge(rxt_coverage *left, const rxt_coverage *right)
{
    left->count += right->count;
    left->ends += right->ends;
}

bool rxt_coverage_whole(const rxt_coverage *coverage, ptrdiff_t total)
{
    return coverage->count == (uint64_t)total && coverage->ends == hash(0) - hash(total);
}
