/* test_place_core.c - which workers share a core, on synthetic topologies. */
#include "places.h"

static void two_threads_of_a_core_share_it(void)
{
    rxt_place *place = opened(&(rxt_place_request){ .topology = "pack:2 core:4 pu:2" });

    CU_ASSERT_TRUE(rxt_place_shares(place, 2, (const int[]){ 0, 1 }));
    CU_ASSERT_FALSE(rxt_place_shares(place, 2, (const int[]){ 1, 2 }));
    CU_ASSERT_TRUE(rxt_place_shares(place, 3, (const int[]){ 5, 2, 4 }));
    CU_ASSERT_FALSE(rxt_place_shares(place, 8, (const int[]){ 0, 2, 4, 6, 8, 10, 12, 15 }));
    CU_ASSERT_TRUE(rxt_place_shares(place, 2, (const int[]){ 7, 7 }));
    CU_ASSERT_FALSE(rxt_place_shares(place, 1, (const int[]){ 7 }));
    CU_ASSERT_FALSE(rxt_place_shares(place, 0, NULL));
    rxt_place_close(place);
}

/* Nothing is known about a CPU that was not seen, or that the topology does not have. */
static void who_was_not_seen_shares_with_nobody(void)
{
    rxt_place *place = opened(&(rxt_place_request){ .topology = "core:2 pu:2" });

    CU_ASSERT_FALSE(rxt_place_shares(place, 3, (const int[]){ -1, -1, 0 }));
    CU_ASSERT_FALSE(rxt_place_shares(place, 2, (const int[]){ 77, 77 }));
    rxt_place_close(place);
}

static void without_cores_a_cpu_is_one(void)
{
    rxt_place *place = opened(&(rxt_place_request){ .topology = "pu:4" });

    CU_ASSERT_FALSE(rxt_place_shares(place, 4, (const int[]){ 0, 1, 2, 3 }));
    CU_ASSERT_TRUE(rxt_place_shares(place, 2, (const int[]){ 3, 3 }));
    rxt_place_close(place);
}

/* A node without a topology may number its CPUs in another way. Only workers on the same CPU surely
 * share a core. */
static void of_another_node_no_more_is_known_than_its_numbers(void)
{
    CU_ASSERT_FALSE(rxt_place_shares(NULL, 4, (const int[]){ 0, 1, 2, 3 }));
    CU_ASSERT_TRUE(rxt_place_shares(NULL, 3, (const int[]){ 77, 0, 77 }));
    CU_ASSERT_FALSE(rxt_place_shares(NULL, 3, (const int[]){ -1, -1, 0 }));
    CU_ASSERT_FALSE(rxt_place_shares(NULL, 2, (const int[]){ RXT_CPUS, RXT_CPUS }));
}

static void the_cores_have_all_their_threads(void)
{
    rxt_cpus some = set_of("2,5"), all;
    rxt_place *place =
        opened(&(rxt_place_request){ .topology = "pack:2 core:2 pu:2", .cpus = &some });
    char text[64];

    all = rxt_place_cpus(place);
    CU_ASSERT_STRING_EQUAL(rxt_cpus_print(&all, text, sizeof text), "2-5");
    rxt_place_close(place);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "two threads of a core share it", two_threads_of_a_core_share_it },
        { "who was not seen shares with nobody", who_was_not_seen_shares_with_nobody },
        { "without cores a CPU is one", without_cores_a_cpu_is_one },
        { "of another node no more is known than its numbers",
          of_another_node_no_more_is_known_than_its_numbers },
        { "the cores have all their threads", the_cores_have_all_their_threads },
        CU_TEST_INFO_NULL,
    };

    return suite_run("place_core", tests);
}
