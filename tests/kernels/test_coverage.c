/* test_coverage.c - blocks pass as complete only if each element was seen once. */
#include "support/coverage.h"

#include "suite.h"

enum { LAST = 6, BLOCKS = (LAST + 1) * (LAST + 2) / 2 };

typedef struct block {
    int first, end;
} block;

/* All blocks of [0, LAST), including the empty ones. */
static void list(block all[BLOCKS])
{
    int count = 0;

    for (int first = 0; first <= LAST; first++)
        for (int end = first; end <= LAST; end++)
            all[count++] = (block){ first, end };
}

static void see(block of, rxt_coverage *coverage, int times[LAST])
{
    rxt_share share = { .first = of.first, .n = of.end - of.first };

    rxt_coverage_add(coverage, &share);
    for (int i = of.first; i < of.end; i++)
        times[i]++;
}

static bool once(const int times[LAST], int total)
{
    for (int i = 0; i < LAST; i++)
        if (times[i] != (i < total))
            return false;
    return true;
}

/* Any three blocks, in any order; the facts of the third block are merged. For example, [1, 3)
 * twice has four elements, but is not [0, 4). */
static void blocks_are_all_elements_where_each_was_seen_once(void)
{
    block all[BLOCKS];
    int wrong = 0, whole = 0;

    list(all);
    for (int a = 0; a < BLOCKS; a++)
        for (int b = 0; b < BLOCKS; b++)
            for (int c = 0; c < BLOCKS; c++) {
                rxt_coverage coverage = { 0 }, more = { 0 };
                int times[LAST] = { 0 };

                see(all[a], &coverage, times);
                see(all[b], &coverage, times);
                see(all[c], &more, times);
                rxt_coverage_merge(&coverage, &more);
                for (int total = 0; total <= LAST; total++) {
                    wrong += rxt_coverage_whole(&coverage, total) != once(times, total);
                    whole += once(times, total);
                }
            }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT(whole > 500);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "blocks are all elements where each was seen once",
          blocks_are_all_elements_where_each_was_seen_once },
        CU_TEST_INFO_NULL,
    };

    return suite_run("cover", tests);
}
