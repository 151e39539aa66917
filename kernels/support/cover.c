/* cover.c - which elements a proof has seen.
 *
 * How often each was seen changes by one at the beginning of a block, and back at its end. Where
 * all beginnings and ends cancel but 0 and the total, each element between them was seen once. */
#include "support/cover.h"

#include "base/hash.h"

static uint64_t hash(ptrdiff_t index)
{
    return rxt_hash_mix(((uint64_t)index + 1) * 0x9e3779b97f4a7c15);
}

void rxt_cover_add(rxt_cover *cover, const rxt_share *block)
{
    cover->count += (uint64_t)block->n;
    cover->ends += hash(block->first) - hash(block->first + block->n);
}

void rxt_cover_merge(rxt_cover *left, const rxt_cover *right)
{
    left->count += right->count;
    left->ends += right->ends;
}

bool rxt_cover_whole(const rxt_cover *cover, ptrdiff_t total)
{
    return cover->count == (uint64_t)total && cover->ends == hash(0) - hash(total);
}
