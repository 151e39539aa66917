/* splits.c - the options that choose the splits. */
#include "settings/settings.h"

#include <string.h>

#include "base/list.h"
#include "splits/family.h"

enum {
    MOST_RANKS = 1 << 17,
    MOST_THREADS = (1 << 14) - 1, /* MOST_RANKS × MOST_THREADS workers still fit an int */
    MOST_NODES = MOST_RANKS
};

/* --splits */

static bool read_count(const char *text, size_t length, int most, int *count)
{
    ptrdiff_t number;

    if (!rxt_list_number(text, length, &number) || number < 1 || number > most)
        return false;
    *count = (int)number;
    return true;
}

/* Reads "2x4" or "2×4", with or without "@2" at the end. */
static bool read_pair(const char *part, size_t length, rxt_split *pair)
{
    static const char *const signs[] = { "x", "×" }; /* the report prints "×" */
    const char *at = memchr(part, '@', length), *end = at ? at : part + length;

    *pair = (rxt_split){ 0 };
    if (at && !read_count(at + 1, (size_t)(part + length - at - 1), MOST_NODES, &pair->nodes))
        return false;
    for (int i = 0; i < 2; i++) {
        const char *sign = memmem(part, (size_t)(end - part), signs[i], strlen(signs[i]));
        const char *second = sign ? sign + strlen(signs[i]) : NULL;

        if (sign && read_count(part, (size_t)(sign - part), MOST_RANKS, &pair->ranks) &&
            read_count(second, (size_t)(end - second), MOST_THREADS, &pair->threads))
            return true;
    }
    return false;
}

static bool has_pair(const rxt_splits_request *request, const rxt_split *pair)
{
    for (int p = 0; p < request->pairs; p++)
        if (rxt_split_equal(request->pair[p], *pair))
            return true;
    return false;
}

static rxt_status add_splits(rxt_splits_request *request, const char *part, size_t length)
{
    int family = rxt_vocabulary_find_part(&rxt_family_vocabulary, part, length);
    char words[100];
    rxt_split pair;

    if (family >= 0) {
        rxt_family_choose(request, family);
        return RXT_OK;
    }
    if (!read_pair(part, length, &pair))
        return rxt_status_of(RXT_USAGE,
                             "--splits=%.*s: write %s, or pairs of ranks and "
                             "threads such as 2x4, on two nodes 2x4@2 (at most %dx%d)",
                             rxt_list_shown(length), part,
                             rxt_vocabulary_names(&rxt_family_vocabulary, words, sizeof words),
                             MOST_RANKS, MOST_THREADS);
    if (has_pair(request, &pair))
        return RXT_OK;
    if (request->pairs == RXT_SPLIT_VALUES)
        return rxt_status_of(RXT_USAGE, "--splits: more than %d pairs; ask for fewer",
                             RXT_SPLIT_VALUES);
    request->pair[request->pairs++] = pair;
    return RXT_OK;
}

rxt_status rxt_settings_splits(rxt_settings *s, const char *value)
{
    rxt_splits_request *request = &s->splits;
    rxt_status st = RXT_OK;
    const char *part;
    size_t length;

    while (!st && rxt_list_part(&value, &part, &length))
        st = add_splits(request, part, length);
    return st;
}

/* --ranks, --threads, --nodes, --ranks-per-node */

static rxt_status counts(const char *option, const char *value, ptrdiff_t most, int list[],
                         int *count)
{
    ptrdiff_t numbers[RXT_SPLIT_VALUES];
    rxt_status st = rxt_list_numbers(option, value, 1, most, RXT_SPLIT_VALUES, numbers, count);

    for (int i = 0; !st && i < *count; i++)
        list[i] = (int)numbers[i];
    return st;
}

rxt_status rxt_settings_ranks(rxt_settings *s, const char *value)
{
    return counts("--ranks", value, MOST_RANKS, s->splits.ranks, &s->splits.rank_count);
}

rxt_status rxt_settings_threads(rxt_settings *s, const char *value)
{
    return counts("--threads", value, MOST_THREADS, s->splits.threads, &s->splits.thread_count);
}

rxt_status rxt_settings_nodes(rxt_settings *s, const char *value)
{
    return counts("--nodes", value, MOST_NODES, s->splits.nodes, &s->splits.node_count);
}

rxt_status rxt_settings_per_node(rxt_settings *s, const char *value)
{
    return counts("--ranks-per-node", value, MOST_RANKS, s->splits.per_node,
                  &s->splits.per_node_count);
}

/* --baseline */

rxt_status rxt_settings_baseline(rxt_settings *s, const char *value)
{
    rxt_split pair;

    if (!read_pair(value, strlen(value), &pair))
        return rxt_status_of(RXT_USAGE,
                             "--baseline=%.200s: write ranks and threads such as 1x4, on two nodes "
                             "4x4@2 (at most %dx%d)",
                             value, MOST_RANKS, MOST_THREADS);
    s->splits.baseline = pair;
    return RXT_OK;
}
