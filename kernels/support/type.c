/* type.c - the types of elements, one line each; the first is the default. */
#include "support/type.h"

#include <rxt/kernel.h>

static const struct type {
    rxt_word word;
    size_t size;
} types[RXT_TYPES] = {
    [RXT_F64] = { { "f64", "double" }, sizeof(double) },
    [RXT_F32] = { { "f32", "float" }, sizeof(float) },
};

static const rxt_word *word(int index)
{
    return &types[index].word;
}

const rxt_vocabulary rxt_type_vocabulary = { .count = RXT_TYPES, .word = word };

const char *rxt_type_name(rxt_type type)
{
    return types[type].word.name;
}

size_t rxt_type_size(rxt_type type)
{
    return types[type].size;
}
