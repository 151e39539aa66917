/* sync.c - when a call of a kernel without a result ends, one line each; the first is the default.
 */
#include "team/sync.h"

static const rxt_word syncs[RXT_SYNCS] = {
    [RXT_SYNC_CALL] = { "call", "when all workers know that all are done, as a region's end or a "
                                "barrier of ranks tells them" },
    [RXT_SYNC_VISIT] = { "visit",
                         "each worker goes on by itself, and all meet at the end of the visit" },
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
