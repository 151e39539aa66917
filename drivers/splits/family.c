/* family.c - the families of splits that --splits names, one line each. */
#include "splits/family.h"

static const struct {
    rxt_word word;
    size_t at; /* offset of the family's bool in rxt_splits_request */
} families[] = {
    { { .name = "cross" }, offsetof(rxt_splits_request, cross) },
    { { .name = "diagonal" }, offsetof(rxt_splits_request, diagonal) },
    { { .name = "grid" }, offsetof(rxt_splits_request, grid) },
};

static const rxt_word *word(int index)
{
    return &families[index].word;
}

const rxt_vocabulary rxt_family_vocabulary = { .count = sizeof families / sizeof families[0],
                                               .word = word,
                                               .no_default = true };

bool rxt_family_chosen(const rxt_splits_request *request, int family)
{
    return *(const bool *)((const char *)request + families[family].at);
}

void rxt_family_choose(rxt_splits_request *request, int family)
{
    *(bool *)((char *)request + families[family].at) = true;
}
