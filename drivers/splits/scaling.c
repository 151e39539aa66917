/* scaling.c - strong and weak scaling: is a size the number of elements of all workers together, or
 * of each worker? */
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
