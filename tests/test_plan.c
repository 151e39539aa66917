/* test_plan.c - what a study will do: sizes, memory, points, cells and CPUs, on made-up machines.
 */
#include "trials.h"

#include <rxt/slab.h>

#include "suite.h"

static const char one_core[] = "pack:1 core:1 pu:1", four_cores[] = "pack:1 core:4 pu:1",
                  cached[] = "pack:1 l3:1(size=16MB) l2:2(size=1MB) l1d:1(size=32kB) core:1 pu:1";
static const rxt_kernel three_arrays = { .name = "three", .arrays = 3 },
                        coarse = { .name = "coarse", .arrays = 1, .grain = 100 };

static void expect_1x1_first(const rxt_plan *plan)
{
    CU_ASSERT(plan->points.count > 0 &&
              rxt_point_equal(plan->points.point[0], (rxt_point){ 1, 1, 1 }));
}

/* ---- sizes ---- */

/* Half of one core's cache, and four times the last-level caches: 16 bytes an element. */
static void levels_become_sizes(void)
{
    trial t = trial_on(cached, 1, 2);

    add_level(&t, "L1");
    add_level(&t, "L2");
    add_level(&t, "L3");
    add_level(&t, "dram");
    make_well(&t, plenty);
    CU_ASSERT_EQUAL_FATAL(t.plan.sizes, 4);
    CU_ASSERT_EQUAL(t.plan.n[0], 32000 / 2 / 16);
    CU_ASSERT_EQUAL(t.plan.n[1], 1000000 / 2 / 16);
    CU_ASSERT_EQUAL(t.plan.n[2], 16000000 / 2 / 16);
    CU_ASSERT_EQUAL(t.plan.n[3], 4 * 16000000 / 16);
    end(&t);
}

static void a_levels_size_follows_operands_and_free_memory(void)
{
    trial t = trial_on(cached, 1, 1);

    t.settings.kernel[t.settings.kernels++] = &three_arrays;
    add_level(&t, "L1");
    add_level(&t, "dram");
    make_well(&t, (rxt_plan_memory){ .free = 128e6, .total = 1e12 });
    CU_ASSERT_EQUAL(t.plan.arrays, 3);
    CU_ASSERT_EQUAL(t.plan.n[0], 16000 / 24);
    CU_ASSERT_EQUAL(t.plan.n[1], 128000000 / 4 / 24);
    end(&t);
}

static void a_size_named_twice_is_one(void)
{
    trial t = trial_on(cached, 1, 2);

    add_size(&t, 31250);
    add_size(&t, 7);
    add_level(&t, "L2");
    add_size(&t, 7);
    make_well(&t, plenty);
    CU_ASSERT_EQUAL_FATAL(t.plan.sizes, 2);
    CU_ASSERT_EQUAL(t.plan.n[0], 31250);
    CU_ASSERT_EQUAL(t.plan.n[1], 7);
    end(&t);
}

static void a_level_that_the_host_lacks_is_the_users_fault(void)
{
    static const char *const levels[] = { "L1", "L2", "L3", "dram" };
    char words[32];

    for (int l = 0; l < 4; l++) {
        trial t = trial_on(four_cores, 1, 4);

        add_size(&t, 1000);
        add_level(&t, levels[l]);
        snprintf(words, sizeof words, "--size=%s: ", levels[l]);
        expect_refusal(&t, plenty, RXT_USAGE, words);
        end(&t);
    }
}

/* ---- memory ---- */

static void a_size_is_held_against_the_memory(void)
{
    trial t = trial_on(one_core, 1, 1);
    double bytes = rxt_arena_bytes(2, 1000000);

    add_size(&t, 1000000);
    expect_refusal(&t, (rxt_plan_memory){ .free = bytes / 4, .total = bytes / 2 }, RXT_USAGE,
                   "--size=1M: ");
    expect_refusal(&t, (rxt_plan_memory){ .free = bytes / 4, .total = 2 * bytes }, RXT_ENVIRONMENT,
                   "--size=1M: ");
    expect_refusal(&t, (rxt_plan_memory){ .free = bytes, .total = 2 * bytes }, RXT_ENVIRONMENT,
                   "--size=1M: needs "); /* the system needs some, too */
    t.settings.size[0].n = 1000000000;
    expect_refusal(&t, (rxt_plan_memory){ .free = 16.1e9, .total = 1e12 }, RXT_ENVIRONMENT,
                   "--size=1G: needs 16.0 GB, but of 16.1 GB that are free now only 15.3 GB can "
                   "be taken; free memory");
    t.settings.size[0].n = 1000000;
    make_well(&t, (rxt_plan_memory){ .free = 1.1 * bytes, .total = 2 * bytes });
    CU_ASSERT_EQUAL(t.plan.bytes_node, bytes);
    CU_ASSERT_STRING_EQUAL(t.plan.points.left_out, "");
    end(&t);
}

static void no_size_overflows(void)
{
    static const ptrdiff_t sizes[] = { 1000000000000000, PTRDIFF_MAX / 8, PTRDIFF_MAX - 7,
                                       PTRDIFF_MAX };

    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        trial t = trial_on(four_cores, 1, 4);

        add_size(&t, sizes[s]);
        expect_refusal(&t, plenty, RXT_USAGE, "--size=");
        end(&t);
    }
}

static void nothing_takes_no_memory(void)
{
    trial t = trial_on(four_cores, 1, 4);

    add_size(&t, 0);
    make_well(&t, (rxt_plan_memory){ .free = 1, .total = 1e9 });
    CU_ASSERT_EQUAL(t.plan.bytes_node, 0);
    CU_ASSERT_EQUAL(t.plan.points.count, 6);
    end(&t);
}

/* Rank 0 needs all elements, rank 1 half of them (2 x 1), ranks 2 and 3 a quarter (4 x 1). */
static void ranks_whose_copies_do_not_fit_are_left_out(void)
{
    enum { N = 8000000 };
    double one = rxt_arena_bytes(2, N), two = one + rxt_arena_bytes(2, N / 2),
           four = two + 2 * rxt_arena_bytes(2, N / 4);
    const struct {
        double needed;
        int points, most;
        const char *left_out;
    } steps[] = { { four, 6, 4, "" },
                  { two, 5, 2, "left out: 4×1 (does" },
                  { one, 3, 1, "left out: 2×1, 2×2, 4×1 (do" } };

    for (int s = 0; s < 3; s++) {
        trial t = trial_on(four_cores, 1, 4);
        const char *left_out = t.plan.points.left_out;

        add_size(&t, N);
        make_well(&t, (rxt_plan_memory){ .free = steps[s].needed * 1.1, .total = 1e12 });
        CU_ASSERT_EQUAL(t.plan.points.count, steps[s].points);
        CU_ASSERT_EQUAL(t.plan.bytes_node, steps[s].needed);
        for (int p = 0; p < t.plan.points.count; p++)
            CU_ASSERT(t.plan.points.point[p].ranks <= steps[s].most);
        expect_1x1_first(&t.plan);
        CU_ASSERT_EQUAL(strncmp(left_out, steps[s].left_out, strlen(steps[s].left_out)), 0);
        CU_ASSERT_EQUAL(left_out[0] != '\0', s > 0);
        CU_ASSERT_EQUAL(t.plan.cells, steps[s].points);
        end(&t);
    }
}

static void what_was_left_out_already_stays_said(void)
{
    trial t = trial_on(four_cores, 1, 8);
    double one = rxt_arena_bytes(2, 8000000);
    const char *words = t.plan.points.left_out;

    add_size(&t, 8000000);
    make_well(&t, (rxt_plan_memory){ .free = 1.1 * one, .total = 1e12 });
    CU_ASSERT(strstr(words, "left out: 8×1") == words);
    CU_ASSERT_PTR_NOT_NULL(strstr(words, "; 2×1, 2×2, 4×1 (do not fit into 0.136 GB of free "
                                         "memory)"));
    end(&t);
}

/* On two nodes the most ranks of one node, 4x1, need more than as many on both. */
static void four_are_named_with_their_nodes_and_the_rest_counted(void)
{
    trial t = trial_on("pack:1 core:8 pu:1", 2, 8);
    double one = rxt_arena_bytes(2, 8000000);

    add_size(&t, 8000000);
    add_size(&t, 1);
    make_well(&t, (rxt_plan_memory){ .free = 1.1 * one, .total = 1e12 });
    CU_ASSERT_PTR_NOT_NULL(strstr(t.plan.points.left_out,
                                  "left out: 2×4, 4×2, 8×1, 4×4@2 and 2 more (do not fit into "));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(t.plan.points.left_out, " GB of free memory, which all sizes share)"));
    end(&t);
}

/* Of 1 x 1 alone, two shares and four: what is named and does not fit is a fault, like a value that
 * fits in no pair; one that is left at another point is none. */
static void a_named_value_that_memory_leaves_nowhere_is_the_users_fault(void)
{
    enum { N = 8000000 };
    static const rxt_points_wish wishes[] = {
        { .pairs = 2, .pair = { { 0, 1, 1 }, { 0, 2, 1 } } },
        { .pairs = 1, .pair = { { 1, 2, 1 } } },
        { .ranks = { 1, 2 }, .rank_count = 2, .threads = { 1 }, .thread_count = 1 },
        { .per_node = { 2 }, .per_node_count = 1 },
        { .threads = { 2 }, .thread_count = 1 },
    };
    static const char *const words[] = { "--points=2x1: needs 0.3 GB, but only 0.1 GB of free ",
                                         "--points=2x1@1: needs 0.3 GB", "--ranks=2: needs 0.3 GB",
                                         "--ranks-per-node=2: needs 0.3 GB",
                                         "--threads=2: needs 0.3 GB" };
    double one = rxt_arena_bytes(2, N);

    for (int w = 0; w < 5; w++) {
        trial t = trial_on(four_cores, 1, 4);

        t.settings.weak = true;
        t.settings.points = wishes[w];
        add_size(&t, N);
        expect_refusal(&t, (rxt_plan_memory){ .free = 1.1 * one, .total = 1e12 }, RXT_USAGE,
                       words[w]);
        make_well(&t, (rxt_plan_memory){ .free = 2.2 * one, .total = 1e12 });
        end(&t);
    }
}

/* 1 x 1, and in weak scaling on two nodes as much on each. */
static void nodes_that_memory_leaves_empty_are_the_users_fault(void)
{
    trial t = trial_on(four_cores, 2, 4);
    double one = rxt_arena_bytes(2, 8000000);

    t.settings.weak = true;
    t.settings.points = (rxt_points_wish){ .nodes = { 2 }, .node_count = 1 };
    add_size(&t, 8000000);
    expect_refusal(&t, (rxt_plan_memory){ .free = 1.1 * one, .total = 1e12 }, RXT_USAGE,
                   "--nodes=2: needs ");
    t.settings.points.cross = true;
    make_well(&t, (rxt_plan_memory){ .free = 1.1 * one, .total = 1e12 });
    CU_ASSERT_EQUAL(t.plan.points.count, 2);
    end(&t);
}

/* The node's ranks hold every slab that a point gives them, and little more than the largest: parts
 * differ by a grain, and the last may lack most of another. */
static void check_capacity(const rxt_plan *plan, int size, int node_rank)
{
    rxt_range whole = { .n = plan->n[size] };
    ptrdiff_t capacity = rxt_plan_capacity(plan, size, node_rank), largest = 0;

    for (int p = 0; p < plan->points.count; p++) {
        int per_node = rxt_plan_per_node(plan, p), ranks = plan->points.point[p].ranks;

        for (int r = node_rank; node_rank < per_node && r < ranks; r += per_node) {
            ptrdiff_t n = rxt_range_part(whole, r, ranks, plan->grain).n;

            largest = n > largest ? n : largest;
        }
    }
    CU_ASSERT(capacity >= largest);
    CU_ASSERT(capacity < largest + 2 * plan->grain);
}

static void capacity_covers_every_slab_of_every_point(void)
{
    static const ptrdiff_t sizes[] = { 0, 1, 2, 7, 8, 9, 1009, 65537 };
    static const struct {
        int nodes, ranks;
    } launches[] = { { 1, 1 }, { 1, 3 }, { 1, 4 }, { 2, 4 }, { 3, 2 }, { 5, 3 } };

    for (size_t l = 0; l < sizeof launches / sizeof launches[0]; l++)
        for (int k = 0; k < 2; k++) {
            trial t = trial_on(four_cores, launches[l].nodes, launches[l].ranks);
            double bytes = 0;

            t.settings.kernel[0] = k ? &coarse : &two_arrays;
            for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++)
                add_size(&t, sizes[s]);
            make_well(&t, plenty);
            CU_ASSERT_EQUAL(t.plan.grain, k ? 100 : 8);
            for (int s = 0; s < t.plan.sizes; s++)
                for (int r = 0; r < launches[l].ranks; r++) {
                    check_capacity(&t.plan, s, r);
                    bytes += rxt_arena_bytes(t.plan.arrays, rxt_plan_capacity(&t.plan, s, r));
                }
            CU_ASSERT_EQUAL(t.plan.bytes_node, bytes);
            end(&t);
        }
}

/* ---- cells and CPUs ---- */

static void cells_stand_in_the_order_of_rows_with_their_baselines(void)
{
    trial t = trial_on(four_cores, 1, 4);

    t.settings.kernel[t.settings.kernels++] = &three_arrays;
    t.settings.bind[t.settings.binds++] = RXT_BIND_SPREAD;
    t.settings.bind[t.settings.binds++] = RXT_BIND_NONE;
    add_size(&t, 10);
    add_size(&t, 5);
    make_well(&t, plenty);
    CU_ASSERT_EQUAL_FATAL(t.plan.points.count, 6);
    CU_ASSERT_EQUAL_FATAL(t.plan.cells, 2 * 2 * 3 * 6);
    expect_1x1_first(&t.plan);
    for (int c = 0; c < t.plan.cells; c++) {
        const rxt_cell *cell = &t.plan.cell[c], *baseline = &t.plan.cell[cell->baseline];

        CU_ASSERT(cell->kernel == c / 36 && cell->size == c / 18 % 2);
        CU_ASSERT(cell->bind == c / 6 % 3 && cell->point == c % 6);
        CU_ASSERT(baseline->kernel == cell->kernel && baseline->size == cell->size);
        CU_ASSERT(baseline->bind == cell->bind && baseline->point == 0);
    }
    end(&t);
}

static void a_value_that_fits_nowhere_is_the_users_fault(void)
{
    trial t = trial_on(four_cores, 1, 4);

    t.settings.points = (rxt_points_wish){ .ranks = { 8 }, .rank_count = 1 };
    add_size(&t, 10);
    expect_refusal(&t, plenty, RXT_USAGE, "--ranks=8: ");
    end(&t);
}

static void every_worker_has_the_cpu_that_place_plans(void)
{
    static const rxt_bind binds[] = { RXT_BIND_HYBRID, RXT_BIND_CLOSE, RXT_BIND_SPREAD,
                                      RXT_BIND_NONE };
    trial t = trial_on("pack:2 numa:1 core:4 pu:2", 1, 8);

    memcpy(t.settings.bind, binds, sizeof binds);
    t.settings.binds = RXT_BINDS;
    add_size(&t, 10);
    make_well(&t, plenty);
    for (int b = 0; b < RXT_BINDS; b++)
        for (int p = 0; p < t.plan.points.count; p++) {
            int ranks = t.plan.points.point[p].ranks, threads = t.plan.points.point[p].threads,
                cpu[8];
            const int *planned = rxt_plan_cpu(&t.plan, b, p);

            rxt_place_plan(t.place, binds[b], ranks, threads, cpu);
            for (int w = 0; w < ranks * threads; w++)
                CU_ASSERT(planned[w] == cpu[w] && (binds[b] == RXT_BIND_NONE) == (cpu[w] < 0));
        }
    end(&t);
}

/* On several nodes: full nodes, and for each of their ranks a place on a node. */
static void several_nodes_share_a_plan(void)
{
    trial t = trial_on(four_cores, 3, 4);

    add_size(&t, 1000);
    make_well(&t, plenty);
    expect_1x1_first(&t.plan);
    CU_ASSERT_EQUAL(t.plan.points.count, 1 + 3 * 3); /* 1, 2, 3 nodes of 1x4, 2x2, 4x1 */
    for (int p = 1; p < t.plan.points.count; p++) {
        const rxt_point *point = &t.plan.points.point[p];

        CU_ASSERT_EQUAL(rxt_plan_per_node(&t.plan, p) * point->nodes, point->ranks);
        CU_ASSERT_EQUAL(point->ranks * point->threads, 4 * point->nodes);
        for (int w = 0; w < 4; w++)
            CU_ASSERT_EQUAL(rxt_plan_cpu(&t.plan, 0, p)[w], w);
    }
    end(&t);
}

static void the_hosts_counts_are_its_places(void)
{
    trial t = trial_on("pack:2 numa:2 l3:1 core:3 pu:2", 7, 5);

    t.host = rxt_plan_host(t.place, 7, 5, 11);
    CU_ASSERT(t.host.nodes == 7 && t.host.ranks == 5 && t.host.thread_limit == 11);
    CU_ASSERT(t.host.cores == 12 && t.host.sockets == 2 && t.host.per_socket == 6);
    CU_ASSERT(t.host.numas == 4 && t.host.per_numa == 3);
    CU_ASSERT(t.host.l3s == 4 && t.host.per_l3 == 3);
    rxt_place_close(t.place);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "levels become sizes", levels_become_sizes },
        { "a level's size follows operands and free memory",
          a_levels_size_follows_operands_and_free_memory },
        { "a size named twice is one", a_size_named_twice_is_one },
        { "a level that the host lacks is the user's fault",
          a_level_that_the_host_lacks_is_the_users_fault },
        { "a size is held against the memory", a_size_is_held_against_the_memory },
        { "no size overflows", no_size_overflows },
        { "nothing takes no memory", nothing_takes_no_memory },
        { "ranks whose copies do not fit are left out",
          ranks_whose_copies_do_not_fit_are_left_out },
        { "what was left out already stays said", what_was_left_out_already_stays_said },
        { "four are named, with their nodes, and the rest counted",
          four_are_named_with_their_nodes_and_the_rest_counted },
        { "a named value that memory leaves nowhere is the user's fault",
          a_named_value_that_memory_leaves_nowhere_is_the_users_fault },
        { "nodes that memory leaves empty are the user's fault",
          nodes_that_memory_leaves_empty_are_the_users_fault },
        { "capacity covers every slab of every point", capacity_covers_every_slab_of_every_point },
        { "cells stand in the order of rows, with their baselines",
          cells_stand_in_the_order_of_rows_with_their_baselines },
        { "a value that fits nowhere is the user's fault",
          a_value_that_fits_nowhere_is_the_users_fault },
        { "every worker has the CPU that place plans", every_worker_has_the_cpu_that_place_plans },
        { "several nodes share a plan", several_nodes_share_a_plan },
        { "the host's counts are its place's", the_hosts_counts_are_its_places },
        CU_TEST_INFO_NULL,
    };

    return suite_run("plan", tests);
}
