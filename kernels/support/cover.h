/* cover.h - which elements a proof has seen. */
#ifndef RXT_COVER_H
#define RXT_COVER_H

#include <rxt/kernel.h>

/* Part of a proof's facts; all zero at first. Blocks may come in any order. */
typedef struct rxt_cover {
    uint64_t count, ends; /* elements; hashes of the blocks' beginnings less those of their ends */
} rxt_cover;

/* One more block was seen. */
void rxt_cover_add(rxt_cover *cover, const rxt_share *block);

/* left := left and right. */
void rxt_cover_merge(rxt_cover *left, const rxt_cover *right);

/* Was each of [0, total) seen once? That is so where every end but the last is a beginning, and
 * every beginning but the first an end; others pass once in 2^64. */
bool rxt_cover_whole(const rxt_cover *cover, ptrdiff_t total);

#endif
