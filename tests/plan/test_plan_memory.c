/* test_plan_memory.c - which parts of a study fit into a node's memory, on synthetic machines. */
#include "trials.h"

#include "data/arena.h"
#include "support/slab.h"

#include "suite.h"

static const char one_core[] = "pack:1 core:1 pu:1", four_cores[] = "pack:1 core:4 pu:1";
static const rxt_kernel coarse = { .name = "coarse", .arrays = 1, .grain = 100 };

static void a_size_is_held_against_the_memory(void)
{
    trial t = trial_on(one_core, 1, 1);
    double bytes =
        rxt_arena_bytes(&(rxt_arena_request){ .type = RXT_F64, .arrays = 2, .capacity = 1000000 });

    add_size(&t, 1000000);
    expect_refusal(&t, (rxt_plan_memory){ .free = bytes / 4, .total = bytes / 2 }, RXT_USAGE,
                   "--size=1M: ");
    expect_refusal(&t, (rxt_plan_memory){ .free = bytes / 4, .total = 2 * bytes }, RXT_ENVIRONMENT,
                   "--size=1M: ");
    expect_refusal(&t, (rxt_plan_memory){ .free = bytes, .total = 2 * bytes }, RXT_ENVIRONMENT,
                   "--size=1M: needs "); /* the system needs memory, too */
    t.settings.size[0].n = 1000000000;
    expect_refusal(
        &t, (rxt_plan_memory){ .free = 16.1e9, .total = 1e12 }, RXT_ENVIRONMENT,
        "--size=1G: needs 16.0 GB, but of the 16.1 GB that are free now only 15.3 GB may "
        "be used; free memory");
    t.settings.size[0].n = 1000000;
    make_well(&t, (rxt_plan_memory){ .free = 1.1 * bytes, .total = 2 * bytes });
    CU_ASSERT_EQUAL(t.plan.bytes_node, bytes);
    CU_ASSERT_STRING_EQUAL(t.plan.splits.left_out, "");
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
    CU_ASSERT_EQUAL(t.plan.splits.count, 6);
    end(&t);
}

/* A plan compares the memory of --heap with all memory of the node. The task checks the free memory
 * later. */
static void a_heap_is_held_against_all_memory(void)
{
    static const rxt_task heavy = { .kernel = { .name = "heavy@2G", .task = &heavy }, .heap = 2e9 };
    trial t = trial_on(one_core, 1, 1);

    t.settings.kernel[0] = &heavy.kernel;
    add_size(&t, 1);
    expect_refusal(&t, (rxt_plan_memory){ .free = 1e9, .total = 1.9e9 }, RXT_USAGE,
                   "--heap: heavy@2G needs 2.0 GB, but a node here has 1.9 GB");
    make_well(&t, (rxt_plan_memory){ .free = 1e9, .total = 2.1e9 });
    end(&t);
}

/* Rank 0 needs memory for all elements (1 x 1), rank 1 for half of them (2 x 1), ranks 2 and 3 for
 * a quarter each (4 x 1). */
static void ranks_whose_copies_do_not_fit_are_left_out(void)
{
    enum { N = 8000000 };
    double one =
               rxt_arena_bytes(&(rxt_arena_request){ .type = RXT_F64, .arrays = 2, .capacity = N }),
           two = one + rxt_arena_bytes(
                           &(rxt_arena_request){ .type = RXT_F64, .arrays = 2, .capacity = N / 2 }),
           four = two + 2 * rxt_arena_bytes(&(rxt_arena_request){
                                .type = RXT_F64, .arrays = 2, .capacity = N / 4 });
    const struct {
        double needed;
        int splits, most;
        const char *left_out;
    } steps[] = { { four, 6, 4, "" },
                  { two, 5, 2, "left out: 4×1 (does" },
                  { one, 3, 1, "left out: 2×1, 2×2, 4×1 (do" } };

    for (int s = 0; s < 3; s++) {
        trial t = trial_on(four_cores, 1, 4);
        const char *left_out = t.plan.splits.left_out;

        add_size(&t, N);
        make_well(&t, (rxt_plan_memory){ .free = steps[s].needed * 1.1, .total = 1e12 });
        CU_ASSERT_EQUAL(t.plan.splits.count, steps[s].splits);
        CU_ASSERT_EQUAL(t.plan.bytes_node, steps[s].needed);
        for (int p = 0; p < t.plan.splits.count; p++)
            CU_ASSERT(t.plan.splits.split[p].ranks <= steps[s].most);
        expect_1x1_first(&t.plan);
        CU_ASSERT_EQUAL(strncmp(left_out, steps[s].left_out, strlen(steps[s].left_out)), 0);
        CU_ASSERT_EQUAL(left_out[0] != '\0', s > 0);
        CU_ASSERT_EQUAL(t.plan.cells, steps[s].splits);
        end(&t);
    }
}

static void what_was_left_out_already_stays_said(void)
{
    trial t = trial_on(four_cores, 1, 8);
    double one =
        rxt_arena_bytes(&(rxt_arena_request){ .type = RXT_F64, .arrays = 2, .capacity = 8000000 });
    const char *words = t.plan.splits.left_out;

    add_size(&t, 8000000);
    make_well(&t, (rxt_plan_memory){ .free = 1.1 * one, .total = 1e12 });
    CU_ASSERT(strstr(words, "left out: 8×1") == words);
    CU_ASSERT_PTR_NOT_NULL(strstr(words, "; 2×1, 2×2, 4×1 (do not fit into 0.14 GB of free "
                                         "memory)"));
    end(&t);
}

/* Splits with several ranks on a node do not fit: the plan names four of them, and counts the
 * others. */
static void four_are_named_with_their_nodes_and_the_rest_counted(void)
{
    trial t = trial_on("pack:1 core:8 pu:1", 2, 8);
    double one =
        rxt_arena_bytes(&(rxt_arena_request){ .type = RXT_F64, .arrays = 2, .capacity = 8000000 });

    add_size(&t, 8000000);
    add_size(&t, 1);
    make_well(&t, (rxt_plan_memory){ .free = 1.1 * one, .total = 1e12 });
    CU_ASSERT_PTR_NOT_NULL(strstr(t.plan.splits.left_out,
                                  "left out: 2×4, 4×2, 8×1, 4×4@2 and 2 more (do not fit into "));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(t.plan.splits.left_out, " GB of free memory, which all sizes share)"));
    end(&t);
}

/* A node has memory for one share, then for two shares. If the user names a value (of --ranks, for
 * example) and no split with it fits, that is an error; if one split with it fits, it is not. */
static void a_named_value_that_memory_leaves_nowhere_is_the_users_fault(void)
{
    enum { N = 8000000 };
    static const rxt_splits_request wishes[] = {
        { .pairs = 2, .pair = { { 0, 1, 1 }, { 0, 2, 1 } } },
        { .pairs = 1, .pair = { { 1, 2, 1 } } },
        { .ranks = { 1, 2 }, .rank_count = 2, .threads = { 1 }, .thread_count = 1 },
        { .per_node = { 2 }, .per_node_count = 1 },
        { .threads = { 2 }, .thread_count = 1 },
    };
    static const char *const words[] = { "--splits=2x1: needs 0.3 GB, but only 0.1 GB of free ",
                                         "--splits=2x1@1: needs 0.3 GB", "--ranks=2: needs 0.3 GB",
                                         "--ranks-per-node=2: needs 0.3 GB",
                                         "--threads=2: needs 0.3 GB" };
    double one =
        rxt_arena_bytes(&(rxt_arena_request){ .type = RXT_F64, .arrays = 2, .capacity = N });

    for (int w = 0; w < 5; w++) {
        trial t = trial_on(four_cores, 1, 4);

        t.settings.weak = true;
        t.settings.splits = wishes[w];
        add_size(&t, N);
        expect_refusal(&t, (rxt_plan_memory){ .free = 1.1 * one, .total = 1e12 }, RXT_USAGE,
                       words[w]);
        make_well(&t, (rxt_plan_memory){ .free = 2.2 * one, .total = 1e12 });
        end(&t);
    }
}

/* A node has memory for one share: enough for 1 x 1, and in weak scaling for one worker on each of
 * two nodes. */
static void nodes_that_memory_leaves_empty_are_the_users_fault(void)
{
    trial t = trial_on(four_cores, 2, 4);
    double one =
        rxt_arena_bytes(&(rxt_arena_request){ .type = RXT_F64, .arrays = 2, .capacity = 8000000 });

    t.settings.weak = true;
    t.settings.splits = (rxt_splits_request){ .nodes = { 2 }, .node_count = 1 };
    add_size(&t, 8000000);
    expect_refusal(&t, (rxt_plan_memory){ .free = 1.1 * one, .total = 1e12 }, RXT_USAGE,
                   "--nodes=2: needs ");
    t.settings.splits.cross = true;
    make_well(&t, (rxt_plan_memory){ .free = 1.1 * one, .total = 1e12 });
    CU_ASSERT_EQUAL(t.plan.splits.count, 2);
    end(&t);
}

/* The memory of a rank holds every slab that a split gives to this rank, and is little more than
 * the largest of them: slabs differ by a grain, and the last slab may lack most of another
 * grain. */
static void check_capacity(const rxt_plan *plan, int size, int node_rank)
{
    rxt_range whole = { .n = plan->n[size] };
    ptrdiff_t capacity = rxt_plan_capacity(plan, size, node_rank), largest = 0;

    for (int p = 0; p < plan->splits.count; p++) {
        int per_node = rxt_plan_per_node(plan, p), ranks = plan->splits.split[p].ranks;

        for (int r = node_rank; node_rank < per_node && r < ranks; r += per_node) {
            ptrdiff_t n = rxt_range_part(whole, r, ranks, plan->grain).n;

            largest = n > largest ? n : largest;
        }
    }
    CU_ASSERT(capacity >= largest);
    CU_ASSERT(capacity < largest + 2 * plan->grain);
}

static void capacity_covers_every_slab_of_every_split(void)
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
                    bytes += rxt_arena_bytes(
                        &(rxt_arena_request){ .type = RXT_F64,
                                              .arrays = t.plan.arrays,
                                              .capacity = rxt_plan_capacity(&t.plan, s, r) });
                }
            CU_ASSERT_EQUAL(t.plan.bytes_node, bytes);
            end(&t);
        }
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "a size is held against the memory", a_size_is_held_against_the_memory },
        { "no size overflows", no_size_overflows },
        { "nothing takes no memory", nothing_takes_no_memory },
        { "a heap is held against all memory", a_heap_is_held_against_all_memory },
        { "ranks whose copies do not fit are left out",
          ranks_whose_copies_do_not_fit_are_left_out },
        { "what was left out already stays said", what_was_left_out_already_stays_said },
        { "four are named, with their nodes, and the rest counted",
          four_are_named_with_their_nodes_and_the_rest_counted },
        { "a named value that memory leaves nowhere is the user's fault",
          a_named_value_that_memory_leaves_nowhere_is_the_users_fault },
        { "nodes that memory leaves empty are the user's fault",
          nodes_that_memory_leaves_empty_are_the_users_fault },
        { "capacity covers every slab of every split", capacity_covers_every_slab_of_every_split },
        CU_TEST_INFO_NULL,
    };

    return suite_run("a plan's memory", tests);
}
