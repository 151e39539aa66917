/* test_plan.c - the plan of a study: sizes, splits, cells and CPUs, on synthetic machines. */
#include "trials.h"

#include "suite.h"

static const char four_cores[] = "pack:1 core:4 pu:1",
                  cached[] =
                      "pack:1 l3:1(size=16000000) l2:2(size=1000000) l1d:1(size=32000) core:1 pu:1";
static const rxt_kernel three_arrays = { .name = "three", .arrays = 3 };

static void loop_nothing(const rxt_share *share, void *partial)
{
    (void)share;
    (void)partial;
}

static void run_nothing(const rxt_slab *slab, void *partial)
{
    (void)slab, (void)partial;
}

/* ---- sizes ---- */

/* The operands of a cache level's size fill half of one core's cache; those of the size of dram are
 * four times as large as all last-level caches. An element takes 16 bytes. */
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

/* Sizes that only the search for the break-even size may use come after the requested sizes. Only
 * the requested sizes need memory from the start, and only they have roofs. */
static void sizes_for_a_break_even_stand_between_in_steps(void)
{
    trial t = trial_on(four_cores, 1, 2);
    double least;

    add_size(&t, 100000);
    add_size(&t, 1000);
    add_size(&t, 10000);
    make_well(&t, plenty);
    least = t.plan.bytes_node;
    rxt_plan_free(&t.plan);
    t.settings.break_even = true;
    make_well(&t, plenty);
    CU_ASSERT_EQUAL(t.plan.asked, 3);
    CU_ASSERT_EQUAL(t.plan.n[1], 1000);
    CU_ASSERT_EQUAL(t.plan.bytes_node, least);
    for (int s = 3; s < t.plan.sizes; s++) {
        CU_ASSERT(t.plan.n[s] > 1000 && t.plan.n[s] < 100000);
        if (s > 3) /* one step of 6 %, or two around a requested size */
            CU_ASSERT((double)t.plan.n[s - 1] / (double)t.plan.n[s] < 1.06 * 1.06);
    }
    CU_ASSERT((double)t.plan.n[t.plan.sizes - 1] < 1060);
    for (int c = t.plan.cells; c < t.plan.all; c++)
        CU_ASSERT(t.plan.cell[c].size < 3);
    end(&t);
}

static void sizes_for_a_break_even_are_few_however_wide_the_range(void)
{
    trial t = trial_on(four_cores, 1, 2);

    t.settings.break_even = true;
    add_size(&t, 0);
    add_size(&t, 1);
    add_size(&t, (ptrdiff_t)1 << 40);
    make_well(&t, (rxt_plan_memory){ .free = 1e18, .total = 1e18 });
    CU_ASSERT(t.plan.sizes > 300 && t.plan.sizes <= RXT_SIZES + RXT_LADDER);
    for (int s = 0; s < t.plan.sizes; s++)
        for (int other = 0; other < s; other++)
            CU_ASSERT(t.plan.n[s] != t.plan.n[other]);
    end(&t);
}

static void one_size_alone_has_no_break_even(void)
{
    trial t = trial_on(four_cores, 1, 2);

    t.settings.break_even = true;
    add_size(&t, 1000);
    add_size(&t, 1000);
    expect_refusal(&t, plenty, RXT_USAGE, "there is only --size=1k; name two or more");
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
    CU_ASSERT_EQUAL_FATAL(t.plan.splits.count, 6);
    CU_ASSERT_EQUAL_FATAL(t.plan.cells, 2 * 2 * 3 * 6);
    expect_1x1_first(&t.plan);
    for (int c = 0; c < t.plan.cells; c++) {
        const rxt_cell *cell = &t.plan.cell[c], *baseline = &t.plan.cell[cell->baseline];

        CU_ASSERT(cell->kernel == c / 36 && cell->size == c / 18 % 2);
        CU_ASSERT(cell->bind == c / 6 % 3 && cell->split == c % 6);
        CU_ASSERT(baseline->kernel == cell->kernel && baseline->size == cell->size);
        CU_ASSERT(baseline->bind == cell->bind && baseline->split == 0);
    }
    end(&t);
}

static trial ways_on_four_cores(void)
{
    trial t = trial_on(four_cores, 1, 4);

    t.settings.team[t.settings.teams++] = RXT_TEAM_RESIDENT;
    t.settings.combine[t.settings.combines++] = RXT_COMBINE_WINDOW;
    t.settings.bind[t.settings.binds++] = RXT_BIND_SPREAD;
    add_size(&t, 10);
    return t;
}

/* A binding has 21 cells: first the serial call, then the five other splits for each team and
 * combine. */
static void all_teams_and_combines_share_the_serial_call(void)
{
    trial t = ways_on_four_cores();

    make_well(&t, plenty);
    CU_ASSERT_EQUAL_FATAL(t.plan.cells, 2 * (1 + 2 * 2 * 5));
    for (int c = 0; c < t.plan.cells; c++) {
        const rxt_cell *cell = &t.plan.cell[c];
        int i = c % 21 - 1;

        CU_ASSERT_EQUAL(cell->bind, c / 21);
        CU_ASSERT_EQUAL(cell->split, i < 0 ? 0 : 1 + i % 5);
        CU_ASSERT_EQUAL(cell->team, i < 0 ? 0 : i / 10);
        CU_ASSERT_EQUAL(cell->combine, i < 0 ? 0 : i / 5 % 2);
        CU_ASSERT_EQUAL(cell->baseline, c / 21 * 21);
    }
    end(&t);
}

static void another_baseline_is_each_teams_and_combines_own(void)
{
    trial t = ways_on_four_cores();

    t.settings.splits.baseline = (rxt_split){ 0, 1, 2 };
    make_well(&t, plenty);
    CU_ASSERT_FATAL(t.plan.splits.baseline > 0);
    for (int c = 0; c < t.plan.cells; c++) {
        const rxt_cell *cell = &t.plan.cell[c], *baseline = &t.plan.cell[cell->baseline];

        CU_ASSERT(baseline->bind == cell->bind && baseline->split == t.plan.splits.baseline);
        CU_ASSERT(baseline->team == cell->team && baseline->combine == cell->combine);
    }
    end(&t);
}

static void a_kernel_of_own_threads_is_called_by_forkjoin_alone(void)
{
    static const rxt_kernel own = { .name = "own", .arrays = 2, .run = run_nothing };
    trial t = trial_on(four_cores, 1, 4);

    t.settings.kernel[t.settings.kernels++] = &own;
    t.settings.team[0] = RXT_TEAM_RESIDENT;
    t.settings.team[t.settings.teams++] = RXT_TEAM_FORKJOIN;
    t.settings.splits = (rxt_splits_request){ .baseline = { 0, 1, 4 } };
    add_size(&t, 10);
    make_well(&t, plenty);
    CU_ASSERT_EQUAL_FATAL(t.plan.cells, 1 + 5 + 5 + 1 + 5);
    for (int c = 11; c < t.plan.cells; c++) {
        CU_ASSERT(t.plan.cell[c].kernel == 1 && t.plan.cell[c].split == c - 11);
        CU_ASSERT(c == 11 || t.plan.cell[c].team == 1);
        CU_ASSERT_EQUAL(t.plan.cell[c].baseline, 11 + t.plan.splits.baseline);
    }
    CU_ASSERT_STRING_EQUAL(t.plan.splits.left_out,
                           "left out: team resident of own (brings its own threads)");
    end(&t);
}

/* For each team, the plan names the kernels that this team does not call, grouped by the reason. */
static void what_a_team_does_not_call_is_told(void)
{
    static const rxt_kernel own = { .name = "own", .arrays = 2, .run = run_nothing },
                            too = { .name = "too", .arrays = 2, .run = run_nothing };
    static const rxt_task task = {
        .kernel = { .name = "task", .loop = loop_nothing, .task = &task }, .unit = "worker"
    };
    trial t = trial_on(four_cores, 1, 4);

    t.settings.kernel[t.settings.kernels++] = &own;
    t.settings.kernel[t.settings.kernels++] = &task.kernel;
    t.settings.kernel[t.settings.kernels++] = &too;
    t.settings.team[t.settings.teams++] = RXT_TEAM_AUTO;
    t.settings.team[t.settings.teams++] = RXT_TEAM_RESIDENT;
    add_size(&t, 10);
    make_well(&t, plenty);
    CU_ASSERT_STRING_EQUAL(t.plan.splits.left_out,
                           "left out: team auto of own, too (bring their own threads); "
                           "team auto of task (needs every thread); "
                           "team resident of own, too (bring their own threads)");
    end(&t);
}

static void a_value_that_fits_nowhere_is_the_users_fault(void)
{
    trial t = trial_on(four_cores, 1, 4);

    t.settings.splits = (rxt_splits_request){ .ranks = { 8 }, .rank_count = 1 };
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
    t.settings.binds = (int)(sizeof binds / sizeof binds[0]);
    add_size(&t, 10);
    make_well(&t, plenty);
    for (int b = 0; b < (int)(sizeof binds / sizeof binds[0]); b++)
        for (int p = 0; p < t.plan.splits.count; p++) {
            int ranks = t.plan.splits.split[p].ranks, threads = t.plan.splits.split[p].threads,
                cpu[8];
            const int *planned = rxt_plan_cpu(&t.plan, b, p);

            rxt_place_plan(t.place, binds[b], ranks, threads, cpu);
            for (int w = 0; w < ranks * threads; w++)
                CU_ASSERT(planned[w] == cpu[w] && (binds[b] == RXT_BIND_NONE) == (cpu[w] < 0));
        }
    end(&t);
}

/* A node has four cores. With binding, a split is oversubscribed if a node has more workers than
 * cores that may be bound (--cores makes them fewer); without binding, if it has more than four
 * workers. */
static void workers_that_share_a_cpu_are_a_crowd(void)
{
    trial t = trial_on(four_cores, 1, 8);

    t.settings.bind[0] = RXT_BIND_HYBRID;
    t.settings.bind[1] = RXT_BIND_NONE;
    t.settings.binds = 2;
    t.settings.splits.oversubscribe = true;
    add_size(&t, 1000);
    for (int bound = 2; bound <= 4; bound += 2) {
        t.place->bound = bound;
        make_well(&t, plenty);
        for (int b = 0; b < 2; b++)
            for (int p = 0; p < t.plan.splits.count; p++) {
                const rxt_split *split = &t.plan.splits.split[p];

                CU_ASSERT_EQUAL(rxt_plan_oversubscribed(&t.plan, b, p),
                                split->ranks * split->threads > (b == 0 ? bound : 4));
            }
        CU_ASSERT(rxt_plan_oversubscribed(&t.plan, 0, t.plan.splits.count - 1));
        rxt_plan_free(&t.plan);
    }
    make_well(&t, plenty);
    end(&t);
}

/* On several nodes, splits fill whole nodes, and each rank has CPUs on its own node. */
static void several_nodes_share_a_plan(void)
{
    trial t = trial_on(four_cores, 3, 4);

    add_size(&t, 1000);
    make_well(&t, plenty);
    expect_1x1_first(&t.plan);
    CU_ASSERT_EQUAL(t.plan.splits.count, 1 + 3 * 3); /* 1, 2, 3 nodes of 1x4, 2x2, 4x1 */
    for (int p = 1; p < t.plan.splits.count; p++) {
        const rxt_split *split = &t.plan.splits.split[p];

        CU_ASSERT_EQUAL(rxt_plan_per_node(&t.plan, p) * split->nodes, split->ranks);
        CU_ASSERT_EQUAL(split->ranks * split->threads, 4 * split->nodes);
        for (int w = 0; w < 4; w++)
            CU_ASSERT_EQUAL(rxt_plan_cpu(&t.plan, 0, p)[w], w);
        CU_ASSERT_FALSE(rxt_plan_oversubscribed(&t.plan, 0, p));
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
        { "sizes for a break-even stand between, in steps",
          sizes_for_a_break_even_stand_between_in_steps },
        { "sizes for a break-even are few, however wide the range",
          sizes_for_a_break_even_are_few_however_wide_the_range },
        { "one size alone has no break-even", one_size_alone_has_no_break_even },
        { "a level that the host lacks is the user's fault",
          a_level_that_the_host_lacks_is_the_users_fault },
        { "cells stand in the order of rows, with their baselines",
          cells_stand_in_the_order_of_rows_with_their_baselines },
        { "all teams and combines share the serial call",
          all_teams_and_combines_share_the_serial_call },
        { "another baseline is each team's and combine's own",
          another_baseline_is_each_teams_and_combines_own },
        { "what a team does not call is told", what_a_team_does_not_call_is_told },
        { "a kernel of own threads is called by forkjoin alone",
          a_kernel_of_own_threads_is_called_by_forkjoin_alone },
        { "a value that fits nowhere is the user's fault",
          a_value_that_fits_nowhere_is_the_users_fault },
        { "every worker has the CPU that place plans", every_worker_has_the_cpu_that_place_plans },
        { "several nodes share a plan", several_nodes_share_a_plan },
        { "the host's counts are its place's", the_hosts_counts_are_its_places },
        { "workers that share a CPU are a crowd", workers_that_share_a_cpu_are_a_crowd },
        CU_TEST_INFO_NULL,
    };

    return suite_run("plan", tests);
}
