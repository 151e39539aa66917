/* json.h - makes JSON values as the kit's files need them. Each function that makes a value returns
 * NULL without memory. If one value is NULL, Jansson's json_pack fails and frees the values before
 * it. */
#ifndef RXT_JSON_H
#define RXT_JSON_H

#include <stdbool.h>

#include <jansson.h>

/* Is the text valid UTF-8? */
bool rxt_json_is_text(const char *text);

/* A string from any bytes: bytes that are not valid UTF-8 become U+FFFD. A NULL pointer gives
 * JSON's null. */
json_t *rxt_json_text(const char *text);

/* A string; "" gives null. */
json_t *rxt_json_word(const char *text);

/* A number; null if it is not finite, because JSON has no such number. */
json_t *rxt_json_figure(double value);

/* An integer; null if it is negative. */
json_t *rxt_json_count(long long count);

/* Appends an item to an array and returns the array, which now owns the item. If one of the two is
 * NULL, or if memory is short, frees both and returns NULL. */
json_t *rxt_json_add(json_t *array, json_t *item);

/* Puts a value into an object under a key of any bytes; the object then owns the value. Frees both
 * as rxt_json_add does. */
json_t *rxt_json_put(json_t *object, const char *key, json_t *value);

#endif
