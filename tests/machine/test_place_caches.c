/* test_place_caches.c - cache sizes as synthetic topologies report them, and other sizes that
 * replace them. */
#include "places.h"

static const char caches[] =
    "pack:2 l3:1(size=1048576) l2:4(size=65536) l1d:1(size=4096) core:1 pu:1";

static void caches_are_read(void)
{
    rxt_place *place = opened(&(rxt_place_request){ .topology = caches });
    rxt_place *two = opened(&(rxt_place_request){ .topology = "l2:3(size=65536) core:2 pu:1" });
    rxt_cpus first = set_of("0-3");
    rxt_place *half = opened(&(rxt_place_request){ .topology = caches, .cpus = &first });

    CU_ASSERT(place->l1 == 4096 && place->l2 == 65536 && place->l3 == 1048576 &&
              place->l3_all == 2097152);
    CU_ASSERT(two->l3 == 0 && two->l3_all == 3 * 65536);
    CU_ASSERT_EQUAL(half->l3_all, 2097152.0);
    CU_ASSERT(half->cores == 4 && half->all_seats == 8);
    rxt_place_close(place);
    rxt_place_close(two);
    rxt_place_close(half);
}

static void sizes_that_count_instead_move_levels_and_sums(void)
{
    rxt_place *place = opened(&(rxt_place_request){ .topology = caches }),
              *two =
                  opened(&(rxt_place_request){ .topology = "pack:2 l2:3(size=65536) core:1 pu:1" }),
              *bare = opened(&(rxt_place_request){ .topology = "pack:2 core:4 pu:1" });
    const int cpu[] = { 0, 1 };

    rxt_place_correct(place, (double[]){ 0, 0, 0, 0 });
    CU_ASSERT(place->l1 == 4096 && place->l3 == 1048576 && place->l3_all == 2097152);
    rxt_place_correct(place, (double[]){ 0, 32768, 262144, 0 });
    CU_ASSERT(place->l1 == 4096 && place->l2 == 32768 && place->l3 == 262144);
    CU_ASSERT_EQUAL(place->l3_all, 524288);
    CU_ASSERT_STRING_EQUAL(rxt_place_level(place, 400000, 1, cpu), "DRAM");
    rxt_place_correct(two, (double[]){ 0, 32768, 0, 0 });
    CU_ASSERT_EQUAL(two->l3_all, 6 * 32768);
    rxt_place_correct(bare,
                      (double[]){ 4096, 65536, 1048576, 0 }); /* L3 of a socket, L2 of a core */
    CU_ASSERT(bare->l3_all == 2097152 && bare->l3s == 2 && bare->per_l3 == 4);
    CU_ASSERT_STRING_EQUAL(rxt_place_level(bare, 131072, 2, cpu), "L2");
    CU_ASSERT_STRING_EQUAL(rxt_place_level(bare, 1048576, 2, cpu), "L3");
    CU_ASSERT_STRING_EQUAL(rxt_place_level(bare, 1048577, 2, cpu), "DRAM");
    rxt_place_close(place);
    rxt_place_close(two);
    rxt_place_close(bare);
}

/* The topology has six caches, which together hold only as much as `left` caches. So each missing
 * one is the same cache as a neighbour. */
static void caches_that_are_one_are_joined(void)
{
    static const struct {
        int left, l3s, per_l3;
        double bytes; /* most that the L3 caches of CPUs 0, 2 and 4 hold for three workers */
    } claims[] = {
        { 6, 6, 2, 3145728 }, { 3, 3, 4, 1572864 }, { 2, 2, 6, 1048576 }, { 1, 1, 12, 1048576 }
    };

    for (size_t c = 0; c < sizeof claims / sizeof claims[0]; c++) {
        rxt_place *place = opened(&(rxt_place_request){
            .topology = "pack:1 l3:6(size=1048576) l2:2(size=65536) core:1 pu:1" });
        const int cpu[] = { 0, 2, 4 };
        int first[6];

        for (int twice = 0; twice < 2; twice++) {
            rxt_place_correct(place, (double[]){ 0, 0, 0, claims[c].left * 1048576.0 });
            CU_ASSERT(place->l3s == claims[c].l3s && place->per_l3 == claims[c].per_l3);
            CU_ASSERT(place->l3 == 1048576 && place->l3_all == claims[c].left * 1048576.0);
        }
        CU_ASSERT_STRING_EQUAL(rxt_place_level(place, claims[c].bytes, 3, cpu), "L3");
        CU_ASSERT_STRING_EQUAL(rxt_place_level(place, claims[c].bytes + 3, 3, cpu), "DRAM");
        rxt_place_l3_cpus(place, first);
        for (int l = 0; l < claims[c].l3s; l++)
            CU_ASSERT_EQUAL(first[l], l * claims[c].per_l3);
        rxt_place_close(place);
    }
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "caches are read", caches_are_read },
        { "sizes that count instead", sizes_that_count_instead_move_levels_and_sums },
        { "caches that are one", caches_that_are_one_are_joined },
        CU_TEST_INFO_NULL,
    };

    return suite_run("place_caches", tests);
}
