/* sync.c - when a call of a kernel without a result ends, one line each; the first is the default.
 */
#include "team/sync.h"

static const struct {
    rxt_word word;
    bool frees;
} syncs[RXT_SYNCS] = {
    [RXT_SYNC_CALL] = { .word = { "call", "at the end of every call, by the end of the region and "
                                          "a barrier of the ranks" } },
    [RXT_SYNC_VISIT] = { .word = { "visit", "only at the end of the visit" }, .frees = true },
};

static const rxt_word *word(int index)
{
    return &syncs[index].word;
}

const rxt_vocabulary rxt_sync_vocabulary = { .count = RXT_SYNCS, .word = word };

const char *rxt_sync_name(rxt_sync sync)
{
    return syncs[sync].word.name;
}

bool rxt_sync_frees(rxt_sync sync)
{
    return syncs[sync].frees;
}

bool rxt_sync_name_frees(const char *name)
{
    int sync = rxt_vocabulary_find(&rxt_sync_vocabulary, name);

    return sync >= 0 && syncs[sync].frees;
}
