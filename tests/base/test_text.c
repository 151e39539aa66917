/* test_text.c - appending text to a buffer: it is cut at the end of the buffer and stays
 * terminated. */
#include "base/text.h"

#include <string.h>

#include "suite.h"

static void text_grows_behind_what_is_there(void)
{
    char text[32] = "a";

    rxt_text_append(text, sizeof text, "%d%s", 12, "b");
    CU_ASSERT_STRING_EQUAL(text, "a12b");
    rxt_text_append(text, sizeof text, "%s", "");
    CU_ASSERT_STRING_EQUAL(text, "a12b");
}

static void text_is_cut_where_its_buffer_ends(void)
{
    char text[] = "ab\0defg#"; /* a buffer of 7 bytes, and the byte behind it */

    for (int i = 0; i < 3; i++)
        rxt_text_append(text, 7, "%s", "123");
    CU_ASSERT_STRING_EQUAL(text, "ab1231");
    CU_ASSERT_EQUAL(text[7], '#');
}

static void a_buffer_of_one_byte_holds_no_text(void)
{
    char text[] = "\0#";

    rxt_text_append(text, 1, "%s", "1");
    CU_ASSERT_EQUAL(text[0], '\0');
    CU_ASSERT_EQUAL(text[1], '#');
}

static void control_characters_are_made_visible(void)
{
    char text[] = "a\nb\033c\x7f\xc3\x97";

    CU_ASSERT_STRING_EQUAL(rxt_text_plain(text), "a?b?c?\xc3\x97");
    CU_ASSERT_EQUAL(rxt_text_characters(text), 7);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "text grows behind what is there", text_grows_behind_what_is_there },
        { "text is cut where its buffer ends", text_is_cut_where_its_buffer_ends },
        { "a buffer of one byte holds no text", a_buffer_of_one_byte_holds_no_text },
        { "control characters are made visible", control_characters_are_made_visible },
        CU_TEST_INFO_NULL,
    };

    return suite_run("text", tests);
}
