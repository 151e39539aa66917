/* test_json.c - writing JSON values, with any text and any number. */
#include "base/json.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "suite.h"

/* Is `text`, written as a JSON value, equal to `expected`? */
static bool becomes(const char *text, const char *expected)
{
    json_t *value = rxt_json_text(text);
    char *dump = json_dumps(value, JSON_ENCODE_ANY | JSON_ENSURE_ASCII);
    bool same = dump && !strcmp(dump, expected);

    if (!same)
        fprintf(stderr, "%s\n", dump ? dump : "nothing");
    free(dump);
    json_decref(value);
    return same;
}

static void texts_keep_their_characters(void)
{
    CU_ASSERT_TRUE(becomes("", "\"\""));
    CU_ASSERT_TRUE(becomes(NULL, "null"));
    CU_ASSERT_TRUE(
        becomes("say \"1x1\" \\ \n\t\x01\x7f", "\"say \\\"1x1\\\" \\\\ \\n\\t\\u0001\x7f\""));
    CU_ASSERT_TRUE(becomes("1×2 µs € 😀", "\"1\\u00D72 \\u00B5s \\u20AC \\uD83D\\uDE00\""));
}

/* Stray and missing continuation bytes, overlong forms, halves of surrogate pairs, and code points
 * beyond U+10FFFF. */
static void bytes_that_are_no_characters_are_replaced(void)
{
    CU_ASSERT_TRUE(becomes("a\xff"
                           "b",
                           "\"a\\uFFFDb\""));
    CU_ASSERT_TRUE(becomes("\x80", "\"\\uFFFD\""));
    CU_ASSERT_TRUE(becomes("\xe2\x82", "\"\\uFFFD\\uFFFD\""));
    CU_ASSERT_TRUE(becomes("\xc0\xaf", "\"\\uFFFD\\uFFFD\""));
    CU_ASSERT_TRUE(becomes("\xe0\x80\xaf", "\"\\uFFFD\\uFFFD\\uFFFD\""));
    CU_ASSERT_TRUE(becomes("\xed\xa0\x80", "\"\\uFFFD\\uFFFD\\uFFFD\""));
    CU_ASSERT_TRUE(becomes("\xf0\x80\x80\x80", "\"\\uFFFD\\uFFFD\\uFFFD\\uFFFD\""));
    CU_ASSERT_TRUE(becomes("\xf4\x90\x80\x80", "\"\\uFFFD\\uFFFD\\uFFFD\\uFFFD\""));
    CU_ASSERT_TRUE(becomes("\xf5", "\"\\uFFFD\""));
}

static void what_is_no_number_is_null(void)
{
    const double none[] = { NAN, INFINITY, -INFINITY };

    for (int i = 0; i < 3; i++) {
        json_t *value = rxt_json_figure(none[i]);
        CU_ASSERT_TRUE(json_is_null(value));
        json_decref(value);
    }
    CU_ASSERT_TRUE(json_is_null(rxt_json_count(-1)));
    CU_ASSERT_TRUE(json_is_null(rxt_json_word("")));
}

/* If one part is NULL (it failed), the whole is NULL; sanitizer builds check that all memory is
 * freed. */
static void a_part_that_failed_makes_the_whole_fail(void)
{
    CU_ASSERT_PTR_NULL(rxt_json_add(json_array(), NULL));
    CU_ASSERT_PTR_NULL(rxt_json_add(NULL, json_integer(1)));
    CU_ASSERT_PTR_NULL(rxt_json_put(json_object(), "a", NULL));
    CU_ASSERT_PTR_NULL(rxt_json_put(NULL, "a", json_integer(1)));
}

static void keys_may_be_any_bytes(void)
{
    json_t *object = rxt_json_put(json_object(), "a\xff", json_integer(1));

    CU_ASSERT_EQUAL(json_integer_value(json_object_get(object, "a\xef\xbf\xbd")), 1);
    json_decref(object);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "characters are kept", texts_keep_their_characters },
        { "other bytes are replaced", bytes_that_are_no_characters_are_replaced },
        { "no number is null", what_is_no_number_is_null },
        { "a part that failed", a_part_that_failed_makes_the_whole_fail },
        { "keys", keys_may_be_any_bytes },
        CU_TEST_INFO_NULL,
    };

    return suite_run("JSON", tests);
}
