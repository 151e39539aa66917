/* journal_same.c - compares what a journal says about its study with the study that is to
 * resume. */
#include "files/journal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

enum { PATH = 100, VALUE = 60 };

/* The value as text, cut to VALUE bytes; "nothing" for NULL. */
static void print(const json_t *value, char text[VALUE])
{
    char *all = value ? json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;

    snprintf(text, VALUE, "%s", all ? all : "nothing");
    if (all && strlen(all) >= VALUE)
        memcpy(text + VALUE - 4, "...", 4);
    free(all);
}

static bool differ(const char *path, const json_t *before, const json_t *now,
                   char text[RXT_JOURNAL_TEXT]);

static bool objects_differ(const char *path, const json_t *before, const json_t *now,
                           char text[RXT_JOURNAL_TEXT])
{
    const char *key;
    json_t *value;
    char deeper[PATH];

    json_object_foreach((json_t *)before, key, value)
    {
        snprintf(deeper, sizeof deeper, "%s%s%s", path, *path ? "." : "", key);
        if (differ(deeper, value, json_object_get(now, key), text))
            return true;
    }
    json_object_foreach((json_t *)now, key, value)
    {
        snprintf(deeper, sizeof deeper, "%s%s%s", path, *path ? "." : "", key);
        if (!json_object_get(before, key))
            return differ(deeper, NULL, value, text);
    }
    return false;
}

static bool arrays_differ(const char *path, const json_t *before, const json_t *now,
                          char text[RXT_JOURNAL_TEXT])
{
    char deeper[PATH];

    for (size_t i = 0; i < json_array_size(before); i++) {
        snprintf(deeper, sizeof deeper, "%s[%zu]", path, i);
        if (differ(deeper, json_array_get(before, i), json_array_get(now, i), text))
            return true;
    }
    return false;
}

static bool differ(const char *path, const json_t *before, const json_t *now,
                   char text[RXT_JOURNAL_TEXT])
{
    char there[VALUE], here[VALUE];

    if (json_is_object(before) && json_is_object(now))
        return objects_differ(path, before, now, text);
    if (json_is_object(json_array_get(before, 0)) &&
        json_array_size(before) == json_array_size(now))
        return arrays_differ(path, before, now, text);
    if (json_equal(before, now) || (!before && !now))
        return false;
    print(before, there);
    print(now, here);
    snprintf(text, RXT_JOURNAL_TEXT, "%s: %s there, %s here", path, there, here);
    return true;
}

bool rxt_journal_differs(const json_t *before, const json_t *now, char text[RXT_JOURNAL_TEXT])
{
    return differ("", before, now, text);
}
