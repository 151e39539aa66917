/* cover.h - which elements a proof has seen. */
#ifndef RXT_COVER_H
#define RXT_COVER_H

#include <rxt/kernel.h>

/* Part of a proof's facts; all zero at first. Blocks may come in any order. */
typedef struct rxt_cover {
    uint64_t count, indices; /* elements, and the sum of their indices modulo 2^64 */
} rxt_cover;

/* One more block was seen. */
void rxt_cover_add(rxt_cover *cover, const rxt_share *block);

/* left := left and right. */
void rxt_cover_merge(rxt_cover *left, const rxt_cover *right);

/* Was each of [0, total) seen once? Wrong ones pass only when the sum of their indices is right,
 * too: no lost, doubled or shifted block does. */
bool rxt_cover_whole(const rxt_cover *cover, ptrdiff_t total);

#endif
