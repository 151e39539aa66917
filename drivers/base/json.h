/* json.h - values of JSON as its files need them. Each is new, and NULL without memory; Jansson's
 * json_pack takes NULL for an error, and frees what came before it. */
#ifndef RXT_JSON_H
#define RXT_JSON_H

#include <stdbool.h>

#include <jansson.h>

/* Is it UTF-8? */
bool rxt_json_is_text(const char *text);

/* A text, whatever its bytes: those that are no UTF-8 become U+FFFD. NULL: null. */
json_t *rxt_json_text(const char *text);

/* A text, null where it is "". */
json_t *rxt_json_word(const char *text);

/* A number; null where it is not finite, of which JSON knows nothing. */
json_t *rxt_json_figure(double value);

/* A count; null where it is negative. */
json_t *rxt_json_count(long long count);

/* The array with one more item; takes over both. NULL where one of them was, freeing the other. */
json_t *rxt_json_add(json_t *array, json_t *item);

/* The same of an object and its key, any bytes. */
json_t *rxt_json_put(json_t *object, const char *key, json_t *value);

#endif
