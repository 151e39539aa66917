/* coverage.c - which elements a proof has seen.
 *
 * A block raises the number of times that its elements were seen by one at its first element, and
 * lowers it again after its last. If all starts and ends cancel except 0 and the total, each
 * element between them was seen once. */
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
