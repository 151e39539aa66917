/* sync.c - when a call of a kernel without a result ends, one line each; the first is the default.
 */
#include "team/sync.h"

static const rxt_word syncs[RXT_SYNCS] = {
    [RXT_SYNC_CALL] = { "call", "at the end of every call: end of the region, barrier of ranks" },
    [RXT_SYNC_VISIT] = { "visit", "only at the end of the visit" },
};

static const rxt_word *word(int index)
{
    return &syncs[index];
}

const rxt_vocabulary rxt_sync_vocabulary = { .count = RXT_SYNCS, .word = word };

const char *rxt_sync_name(rxt_sync sync)
{
    return syncs[sync].name;
}
