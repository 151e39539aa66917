/* cover.c - which elements a proof has seen. */
#include <rxt/cover.h>

/* first + (first + 1) + … of n indices, modulo 2^64; the even factor is halved. */
static uint64_t index_sum(uint64_t first, uint64_t n)
{
    uint64_t pairs = n % 2 ? n * ((n - 1) / 2) : n / 2 * (n - 1);

    return first * n + pairs;
}

void rxt_cover_add(rxt_cover *cover, const rxt_share *block)
{
    cover->count += (uint64_t)block->n;
    cover->indices += index_sum((uint64_t)block->first, (uint64_t)block->n);
}

void rxt_cover_merge(rxt_cover *left, const rxt_cover *right)
{
    left->count += right->count;
    left->indices += right->indices;
}

bool rxt_cover_whole(const rxt_cover *cover, ptrdiff_t total)
{
    return cover->count == (uint64_t)total && cover->indices == index_sum(0, (uint64_t)total);
}
