/* test_split.c - a split as text: in sentences, in a column, and as an argument of --splits. */
#include "splits/split.h"

#include "suite.h"

static void a_split_has_four_forms(void)
{
    static const struct {
        rxt_split split;
        const char *name, *plain, *print, *threads;
    } cases[] = {
        { { 0, 2, 4 }, "2×4", "2x4", "2x4", "4" }, /* number of nodes not given */
        { { 1, 2, 4 }, "2×4", "2x4", "2x4@1", "4" },
        { { 2, 8, 4 }, "8×4@2", "8x4@2", "8x4@2", "4@2" },
    };

    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        char text[RXT_SPLIT_TEXT];

        CU_ASSERT_STRING_EQUAL(rxt_split_name(cases[c].split, text), cases[c].name);
        CU_ASSERT_STRING_EQUAL(rxt_split_plain(cases[c].split, text), cases[c].plain);
        CU_ASSERT_STRING_EQUAL(rxt_split_print(cases[c].split, text), cases[c].print);
        CU_ASSERT_STRING_EQUAL(rxt_split_threads(cases[c].split, text), cases[c].threads);
    }
}

static void the_largest_split_has_room(void)
{
    char text[RXT_SPLIT_TEXT];

    CU_ASSERT_STRING_EQUAL(rxt_split_name((rxt_split){ 2147483647, 2147483647, 2147483647 }, text),
                           "2147483647×2147483647@2147483647");
}

static void splits_are_equal_in_all_three(void)
{
    const rxt_split a = { 1, 2, 3 };

    CU_ASSERT_TRUE(rxt_split_equal(a, (rxt_split){ 1, 2, 3 }));
    CU_ASSERT_FALSE(rxt_split_equal(a, (rxt_split){ 2, 2, 3 }));
    CU_ASSERT_FALSE(rxt_split_equal(a, (rxt_split){ 1, 3, 3 }));
    CU_ASSERT_FALSE(rxt_split_equal(a, (rxt_split){ 1, 2, 2 }));
    CU_ASSERT_EQUAL(rxt_split_workers(a), 6);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "a split has four forms", a_split_has_four_forms },
        { "the largest split has room", the_largest_split_has_room },
        { "splits are equal in all three", splits_are_equal_in_all_three },
        CU_TEST_INFO_NULL,
    };

    return suite_run("split", tests);
}
