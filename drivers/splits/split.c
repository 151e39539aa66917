/* split.c - a split of a host, as text. */
#include "splits/split.h"

#include <stddef.h>

#include "base/text.h"

bool rxt_split_equal(rxt_split a, rxt_split b)
{
    return a.nodes == b.nodes && a.ranks == b.ranks && a.threads == b.threads;
}

int rxt_split_workers(rxt_split split)
{
    return split.ranks * split.threads;
}

/* Prints the ranks, the text `times` and the threads; only the threads if `times` is NULL. The
 * number of nodes follows if it is at least `least`. */
static char *print(rxt_split split, const char *times, int least, char text[RXT_SPLIT_TEXT])
{
    text[0] = '\0';
    if (times)
        rxt_text_append(text, RXT_SPLIT_TEXT, "%d%s", split.ranks, times);
    rxt_text_append(text, RXT_SPLIT_TEXT, "%d", split.threads);
    if (split.nodes >= least)
        rxt_text_append(text, RXT_SPLIT_TEXT, "@%d", split.nodes);
    return text;
}

char *rxt_split_name(rxt_split split, char text[RXT_SPLIT_TEXT])
{
    return print(split, "×", 2, text);
}

char *rxt_split_plain(rxt_split split, char text[RXT_SPLIT_TEXT])
{
    return print(split, "x", 2, text);
}

char *rxt_split_print(rxt_split split, char text[RXT_SPLIT_TEXT])
{
    return print(split, "x", 1, text);
}

char *rxt_split_threads(rxt_split split, char text[RXT_SPLIT_TEXT])
{
    return print(split, NULL, 2, text);
}
