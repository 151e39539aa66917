/* combine.c - the ways to reduce the ranks' partial results to one result. */
#include "comm/combine.h"

#include "comm/comm.h"

#define ENTRY(constant, name, help) { #name, help },
static const rxt_word ways[] = { RXT_COMBINE_WAYS(ENTRY) };
#undef ENTRY

static const rxt_word *word(int index)
{
    return &ways[index];
}

const rxt_vocabulary rxt_combine_vocabulary = { .count = RXT_COMBINES, .word = word };

const char *rxt_combine_name(rxt_combine combine)
{
    return rxt_comm_many() ? ways[combine].name : rxt_vocabulary_none;
}
