/* json.c - JSON values from any bytes and numbers. */
#include "base/json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

bool rxt_json_is_text(const char *text)
{
    size_t bytes = 1;

    for (; *text && bytes; text += bytes)
        bytes = rxt_text_character(text);
    return bytes;
}

/* A copy as valid UTF-8; the caller frees it. */
static char *mended(const char *text)
{
    static const char unknown[] = "\xef\xbf\xbd";
    char *copy = malloc(3 * strlen(text) + 1), *to = copy;

    while (copy && *text) {
        size_t bytes = rxt_text_character(text);
        const char *from = bytes ? text : unknown;
        size_t length = bytes ? bytes : sizeof unknown - 1;

        memcpy(to, from, length);
        to += length;
        text += bytes ? bytes : 1;
    }
    if (copy)
        *to = '\0';
    return copy;
}

json_t *rxt_json_text(const char *text)
{
    char *copy;
    json_t *value;

    if (!text)
        return json_null();
    copy = mended(text);
    value = copy ? json_string(copy) : NULL;
    free(copy);
    return value;
}

json_t *rxt_json_word(const char *text)
{
    return *text ? rxt_json_text(text) : json_null();
}

json_t *rxt_json_figure(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

json_t *rxt_json_count(long long count)
{
    return count >= 0 ? json_integer(count) : json_null();
}

json_t *rxt_json_add(json_t *array, json_t *item)
{
    if (array && item && !json_array_append_new(array, item))
        return array;
    if (!array)
        json_decref(item); /* json_array_append_new frees the item even if it fails */
    json_decref(array);
    return NULL;
}

json_t *rxt_json_put(json_t *object, const char *key, json_t *value)
{
    char *copy = mended(key);
    bool put = object && copy && value && !json_object_set(object, copy, value);

    free(copy);
    json_decref(value);
    if (put)
        return object;
    json_decref(object);
    return NULL;
}
