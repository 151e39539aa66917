/* test_place_plan.c - the CPU of each worker, on synthetic topologies; cache levels; text. */
#include "machine/place.h"

#include <stdio.h>
#include <string.h>

#include "places.h"

/* ---- plans ---- */

static void hybrid_spreads_ranks_over_domains_with_threads_close(void)
{
    rxt_place *place = opened(&(rxt_place_request){ .topology = "pack:2 numa:1 core:4 pu:1" });

    expect_plan(place, RXT_BIND_HYBRID, 1, 1, "0");
    expect_plan(place, RXT_BIND_HYBRID, 1, 3, "0-2");
    expect_plan(place, RXT_BIND_HYBRID, 1, 6, "0-5");
    expect_plan(place, RXT_BIND_HYBRID, 1, 8, "0-7");
    expect_plan(place, RXT_BIND_HYBRID, 2, 1, "0;4");
    expect_plan(place, RXT_BIND_HYBRID, 2, 2, "0,1;4,5");
    expect_plan(place, RXT_BIND_HYBRID, 3, 1, "0;2;4");
    expect_plan(place, RXT_BIND_HYBRID, 4, 2, "0,1;2,3;4,5;6,7");
    expect_plan(place, RXT_BIND_HYBRID, 3, 2, "0,1;2,3;4,5");
    rxt_place_close(place);
}

/* Two of the three ranks would go to the first domain, but only three of its four cores are in the
 * mask. So the ranks are dealt evenly over all cores instead. */
static void hybrid_crosses_domains_only_when_it_must(void)
{
    rxt_cpus cpus = set_of("1-7");
    rxt_place *place =
        opened(&(rxt_place_request){ .topology = "pack:2 numa:1 core:4 pu:1", .cpus = &cpus });

    expect_plan(place, RXT_BIND_HYBRID, 3, 2, "1,2;3,4;5,6");
    expect_plan(place, RXT_BIND_HYBRID, 2, 3, "1-3;4-6");
    expect_plan(place, RXT_BIND_HYBRID, 7, 1, "1;2;3;4;5;6;7");
    rxt_place_close(place);
}

static void close_fills_and_spread_spreads(void)
{
    rxt_place *place = opened(&(rxt_place_request){ .topology = "pack:2 numa:1 core:4 pu:1" });

    expect_plan(place, RXT_BIND_CLOSE, 2, 2, "0,1;2,3");
    expect_plan(place, RXT_BIND_SPREAD, 2, 2, "0,2;4,6");
    expect_plan(place, RXT_BIND_SPREAD, 1, 3, "0,2,5");
    expect_plan(place, RXT_BIND_NONE, 2, 2, "?,?;?,?");
    rxt_place_close(place);
}

static void hardware_threads_are_shared_last(void)
{
    rxt_place *place =
        opened(&(rxt_place_request){ .topology = "pack:2 numa:1 core:2 pu:2", .smt = true });

    expect_plan(place, RXT_BIND_HYBRID, 1, 2, "0,2");
    expect_plan(place, RXT_BIND_HYBRID, 4, 1, "0;2;4;6");
    expect_plan(place, RXT_BIND_HYBRID, 2, 4, "0-3;4-7");
    expect_plan(place, RXT_BIND_CLOSE, 1, 2, "0,1");
    rxt_place_close(place);
}

/* The largest and the smallest number of workers on a bound seat. */
static void loads(const rxt_place *place, int workers, const int cpu[], int *most, int *fewest)
{
    int load[RXT_CPUS] = { 0 };

    for (int w = 0; w < workers; w++)
        if (cpu[w] >= 0)
            load[cpu[w]]++;
    *most = 0;
    *fewest = workers;
    for (int s = 0; s < place->bound; s++) {
        int here = load[place->seat[s].cpu];

        *most = here > *most ? here : *most;
        *fewest = here < *fewest ? here : *fewest;
        workers -= here;
    }
    CU_ASSERT_EQUAL(workers, 0); /* every worker has a bound seat */
}

/* Returns 1 if the plan uses a seat twice while another seat is free, or if it loads the seats
 * unevenly; else 0. */
static int plans_at_fault(const rxt_place *place, rxt_bind bind, int ranks, int threads)
{
    int cpu[4096], most, fewest;

    rxt_place_plan(place, bind, ranks, threads, cpu);
    loads(place, ranks * threads, cpu, &most, &fewest);
    return ranks * threads <= place->bound ? most != 1 : most - fewest > 1;
}

/* Checks all plans on a topology; returns its number of seats. */
static int check_plans(const char *topology, const char *list, bool smt, int cores)
{
    rxt_cpus cpus = set_of(list);
    rxt_place *place = opened(
        &(rxt_place_request){ .topology = topology, .cpus = &cpus, .smt = smt, .cores = cores });
    int seats = place->seats;
    int faults = 0;

    for (rxt_bind bind = RXT_BIND_HYBRID; bind <= RXT_BIND_SPREAD; bind++)
        for (int ranks = 1; ranks <= 2 * place->bound + 1; ranks++)
            for (int threads = 1; ranks * threads <= 2 * place->bound + 3; threads++)
                faults += plans_at_fault(place, bind, ranks, threads);
    CU_ASSERT_EQUAL(faults, 0);
    rxt_place_close(place);
    return seats;
}

static void no_cpu_is_used_twice_while_others_are_free(void)
{
    static const char *const topologies[] = {
        "pu:1",
        "core:2 pu:1",
        "core:3 pu:2",
        "pack:2 numa:1 core:6 pu:1",
        "pack:2 numa:2 l3:1 core:3 pu:2",
        "numa:3 core:5 pu:1",
        "pack:2 l3:4 core:4 pu:2",
        "numa:4 core:1 pu:4",
        "pack:1 core:7 pu:1",
    };
    static const char *const sets[] = { "0-63", "0,3-5,9-40:3", "0,1,5,7-11,13,17-19", "0-40:2",
                                        "0,2-4" };

    for (size_t t = 0; t < sizeof topologies / sizeof topologies[0]; t++)
        for (size_t s = 0; s < sizeof sets / sizeof sets[0]; s++)
            for (int smt = 0; smt <= 1; smt++) {
                int seats = check_plans(topologies[t], sets[s], smt, 0);

                check_plans(topologies[t], sets[s], smt, (seats + 1) / 2);
            }
}

/* On a whole machine the thread of rank r must be in domain r * 4 / ranks. This deals the ranks
 * evenly. */
static void ranks_are_dealt_evenly_over_domains(void)
{
    rxt_place *place = opened(&(rxt_place_request){ .topology = "pack:2 numa:2 core:4 pu:1" });
    int cpu[16], wrong = 0;

    for (int ranks = 1; ranks <= 16; ranks++) {
        int on[4] = { 0 };

        rxt_place_plan(place, RXT_BIND_HYBRID, ranks, 1, cpu);
        for (int r = 0; r < ranks; r++) {
            const rxt_seat *seat = rxt_place_seat(place, cpu[r]);

            CU_ASSERT_PTR_NOT_NULL_FATAL(seat);
            wrong += seat->numa != r * 4 / ranks;
            on[seat->numa]++;
        }
        for (int n = 0; n < 4; n++)
            wrong += on[n] < ranks / 4 || on[n] > (ranks + 3) / 4;
    }
    CU_ASSERT_EQUAL(wrong, 0);
    rxt_place_close(place);
}

/* ---- levels ---- */

static const char caches[] =
    "pack:2 l3:1(size=1048576) l2:4(size=65536) l1d:1(size=4096) core:1 pu:1";

static void the_level_is_that_of_each_caches_part(void)
{
    rxt_place *place = opened(&(rxt_place_request){ .topology = caches });
    const int apart[] = { 0, 4 }, together[] = { 0, 1 }, same[] = { 2, 2 }, unknown[] = { -1, -1 };

    CU_ASSERT_STRING_EQUAL(rxt_place_level(place, 0, 1, apart), "L1");
    CU_ASSERT_STRING_EQUAL(rxt_place_level(place, 4096, 1, apart), "L1");
    CU_ASSERT_STRING_EQUAL(rxt_place_level(place, 4097, 1, apart), "L2");
    CU_ASSERT_STRING_EQUAL(rxt_place_level(place, 8192, 2, apart), "L1");
    CU_ASSERT_STRING_EQUAL(rxt_place_level(place, 8192, 2, same), "L2");
    CU_ASSERT_STRING_EQUAL(rxt_place_level(place, 8192, 2, unknown), "L1");
    CU_ASSERT_STRING_EQUAL(rxt_place_level(place, 131072, 2, together), "L2");
    CU_ASSERT_STRING_EQUAL(rxt_place_level(place, 131073, 2, together), "L3");
    CU_ASSERT_STRING_EQUAL(rxt_place_level(place, 1048576, 2, together), "L3");
    CU_ASSERT_STRING_EQUAL(rxt_place_level(place, 1048577, 2, together), "DRAM");
    CU_ASSERT_STRING_EQUAL(rxt_place_level(place, 2097152, 2, apart), "L3");
    rxt_place_close(place);
}

static void workers_count_on_an_equal_part_of_the_last_cache(void)
{
    rxt_place *place = opened(&(rxt_place_request){ .topology = caches }),
              *without_l3 =
                  opened(&(rxt_place_request){ .topology = "l2:2(size=65536) core:4 pu:1" });

    CU_ASSERT_EQUAL(rxt_place_cache(place, 1, (int[]){ 5 }), 1048576);
    CU_ASSERT_EQUAL(rxt_place_cache(place, 2, (int[]){ 0, 4 }), 1048576);
    CU_ASSERT_EQUAL(rxt_place_cache(place, 2, (int[]){ 0, 1 }), 524288);
    CU_ASSERT_EQUAL(rxt_place_cache(place, 3, (int[]){ 0, 1, 4 }), 524288);
    CU_ASSERT_EQUAL(rxt_place_cache(place, 2, (int[]){ -1, -1 }), 524288);
    CU_ASSERT_EQUAL(rxt_place_cache(without_l3, 4, (int[]){ 0, 1, 2, 4 }), 65536.0 / 3);
    rxt_place_close(without_l3);
    rxt_place_close(place);
}

/* Four cores share an L2, as efficiency cores do. */
static void a_shared_l2_counts_once(void)
{
    rxt_place *place = opened(&(rxt_place_request){ .topology = "l2:2(size=65536) core:4 pu:1" });

    CU_ASSERT_STRING_EQUAL(rxt_place_level(place, 65536, 4, (int[]){ 0, 1, 2, 3 }), "L2");
    CU_ASSERT_STRING_EQUAL(rxt_place_level(place, 65537, 4, (int[]){ 0, 1, 2, 3 }), "DRAM");
    CU_ASSERT_STRING_EQUAL(rxt_place_level(place, 131072, 4, (int[]){ 0, 1, 4, 5 }), "L2");
    rxt_place_close(place);
}

/* ---- text ---- */

static void text_joins_ranges_and_parts_ranks(void)
{
    const int cpu[] = { 0, 1, 2, 3, 7, 6, 9, -1, 4, 4, 5, 6 };
    char text[64];

    CU_ASSERT_STRING_EQUAL(rxt_place_text(1, 2, cpu, text, sizeof text), "0,1");
    CU_ASSERT_STRING_EQUAL(rxt_place_text(2, 2, cpu, text, sizeof text), "0,1;2,3");
    CU_ASSERT_STRING_EQUAL(rxt_place_text(1, 12, cpu, text, sizeof text), "0-3,7,6,9,?,4,4-6");
    CU_ASSERT_STRING_EQUAL(rxt_place_text(3, 4, cpu, text, sizeof text), "0-3;7,6,9,?;4,4-6");
    CU_ASSERT_STRING_EQUAL(rxt_place_text(3, 4, cpu, text, 8), "0-3;...");
    CU_ASSERT_STRING_EQUAL(rxt_place_text(3, 4, cpu, text, 10), "0-3;7,...");
    CU_ASSERT_STRING_EQUAL(rxt_place_text(3, 4, cpu, text, 1), "");
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "hybrid: ranks over domains, threads close",
          hybrid_spreads_ranks_over_domains_with_threads_close },
        { "hybrid crosses domains only when it must", hybrid_crosses_domains_only_when_it_must },
        { "close fills and spread spreads", close_fills_and_spread_spreads },
        { "hardware threads are shared last", hardware_threads_are_shared_last },
        { "no CPU is used twice while others are free",
          no_cpu_is_used_twice_while_others_are_free },
        { "ranks are dealt evenly over domains", ranks_are_dealt_evenly_over_domains },
        { "the level is that of each cache's part", the_level_is_that_of_each_caches_part },
        { "workers count on an equal part of the last cache",
          workers_count_on_an_equal_part_of_the_last_cache },
        { "a shared L2 counts once", a_shared_l2_counts_once },
        { "text joins ranges and parts ranks", text_joins_ranges_and_parts_ranks },
        CU_TEST_INFO_NULL,
    };

    return suite_run("place_plan", tests);
}
