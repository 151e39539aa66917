/* scaling.c - what a size counts: the elements of all workers together, or of each. */
#include "splits/scaling.h"

static const rxt_word scalings[] = {
    [false] = { "strong", "the same total for all splits" },
    [true] = { "weak", "the same for each worker" },
};

static const rxt_word *word(int index)
{
    return &scalings[index];
}

const rxt_vocabulary rxt_scaling_vocabulary = { .count = sizeof scalings / sizeof scalings[0],
                                                .word = word };

const char *rxt_scaling_name(bool weak)
{
    return scalings[weak].name;
}
