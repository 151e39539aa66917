/* pages.c - the words of --pages. */
#include "data/pages.h"

static const rxt_word *word(int index)
{
    static const rxt_word words[] = {
        [RXT_PAGES_AUTO] = { .name = "auto", .help = "huge pages for operands of 2 MiB or more" },
        [RXT_PAGES_SMALL] = { .name = "small", .help = "pages of 4 KiB" },
        [RXT_PAGES_HUGE] = { .name = "huge", .help = "pages of 2 MiB, if the system grants them" },
    };

    return &words[index];
}

const rxt_vocabulary rxt_pages_vocabulary = { .count = RXT_PAGES_HUGE + 1, .word = word };

bool rxt_pages_are_huge(rxt_pages pages, size_t bytes)
{
    return pages == RXT_PAGES_HUGE || (pages == RXT_PAGES_AUTO && bytes >= RXT_PAGE_HUGE);
}
