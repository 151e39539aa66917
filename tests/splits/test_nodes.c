/* test_nodes.c - on which nodes splits run, if the user chooses them. */
#include "hosts.h"

#include "suite.h"

/* Nodes of four cores, with `ranks` ranks started on each. */
static rxt_splits_host nodes_of_four(int nodes, int ranks)
{
    rxt_splits_host host = flat(4, ranks);

    host.nodes = nodes;
    return host;
}

static void families_sit_on_the_nodes_listed(void)
{
    const rxt_splits_request some = { .nodes = { 3, 2 }, .node_count = 2 };
    const rxt_splits_request crossed = { .cross = true, .nodes = { 2 }, .node_count = 1 };
    const rxt_splits_request threads = {
        .threads = { 2 }, .thread_count = 1, .nodes = { 1, 3 }, .node_count = 2
    };

    expect(&some, nodes_of_four(4, 4), "1x1 2x4@2 4x2@2 8x1@2 3x4@3 6x2@3 12x1@3", "");
    expect(&crossed, nodes_of_four(3, 4), "1x1 2x1@2 2x2@2 4x1@2 2x4@2 8x1@2", "");
    expect(&threads, nodes_of_four(3, 2), "1x1 1x2 2x2 3x2@3 6x2@3", "");
}

/* With --nodes=1 the other nodes of the launch do not count: the splits are those of a single
 * host. */
static void one_node_is_a_host_like_any_other(void)
{
    const rxt_splits_request one = { .nodes = { 1 }, .node_count = 1 };

    expect(&one, nodes_of_four(1, 4), "1x1 1x2 2x1 1x4 2x2 4x1", "");
    expect(&one, nodes_of_four(5, 4), "1x1 1x2 2x1 1x4 2x2 4x1", "");
}

/* 4 ranks can be distributed evenly over 1 and 2 nodes but not over 3; 6 ranks over 2 and 3. */
static void named_ranks_and_pairs_sit_on_all_nodes_that_hold_them(void)
{
    const rxt_splits_request ranks = { .ranks = { 4, 6 },
                                       .rank_count = 2,
                                       .threads = { 1 },
                                       .thread_count = 1,
                                       .nodes = { 1, 2, 3 },
                                       .node_count = 3 };
    const rxt_splits_request pairs = {
        .pairs = 2, .pair = { { 0, 4, 1 }, { 2, 2, 4 } }, .nodes = { 1, 2 }, .node_count = 2
    };

    expect(&ranks, nodes_of_four(3, 4), "1x1 4x1 4x1@2 6x1@2 6x1@3", "");
    expect(&pairs, nodes_of_four(3, 4), "1x1 4x1 4x1@2 2x4@2", "");
}

static void ranks_per_node_are_on_every_node(void)
{
    const rxt_splits_request grid = {
        .per_node = { 1, 2 }, .per_node_count = 2, .threads = { 1, 2 }, .thread_count = 2
    };
    const rxt_splits_request alone = { .per_node = { 2 }, .per_node_count = 1 };
    const rxt_splits_request listed = { .per_node = { 3 },
                                        .per_node_count = 1,
                                        .threads = { 1 },
                                        .thread_count = 1,
                                        .nodes = { 3 },
                                        .node_count = 1 };

    expect(&grid, nodes_of_four(1, 4), "1x1 1x2 2x1 2x2", "");
    expect(&grid, nodes_of_four(2, 4), "1x1 1x2 2x1 2x2 2x1@2 2x2@2 4x1@2 4x2@2", "");
    expect(&alone, nodes_of_four(2, 4), "1x1 2x1 2x2 4x1@2 4x2@2",
           "left out: 2×4, 4×4 (more workers than 2 nodes of 4 cores; --oversubscribe measures "
           "them)");
    expect(&listed, nodes_of_four(3, 4), "1x1 9x1@3", "");
}

static void what_is_not_started_is_refused(void)
{
    const rxt_splits_request three = { .nodes = { 1, 3 }, .node_count = 2 };
    const rxt_splits_request each = { .per_node = { 3 }, .per_node_count = 1 };

    expect_refusal(&three, nodes_of_four(1, 4),
                   "--nodes=3: only 1 node was started; start on 3 nodes");
    expect_refusal(&three, nodes_of_four(2, 4),
                   "--nodes=3: only 2 nodes were started; start on 3 nodes");
    expect_refusal(&each, nodes_of_four(1, 2),
                   "--ranks-per-node=3: only 2 ranks were started; start with mpirun -np 3");
    expect_refusal(&each, nodes_of_four(2, 1),
                   "--ranks-per-node=3: only 1 rank was started on a node; start with mpirun -np "
                   "6");
}

static void what_a_node_cannot_hold_is_refused(void)
{
    const rxt_splits_request five = { .per_node = { 5 }, .per_node_count = 1 };
    const rxt_splits_request crowd = {
        .per_node = { 1, 4 }, .per_node_count = 2, .threads = { 2 }, .thread_count = 1
    };
    const rxt_splits_request wide = {
        .per_node = { 2, 4 }, .per_node_count = 2, .threads = { 1, 3 }, .thread_count = 2
    };

    expect_refusal(&five, nodes_of_four(2, 8),
                   "--ranks-per-node=5: 5 ranks on 4 cores; add --oversubscribe");
    expect_refusal(&crowd, nodes_of_four(2, 4),
                   "--ranks-per-node=4 with --threads=2: 8 workers on 4 cores; add "
                   "--oversubscribe");
    expect_refusal(&wide, nodes_of_four(2, 4),
                   "--threads=3 with --ranks-per-node=2: 6 workers on 4 cores; add "
                   "--oversubscribe");
}

static void values_that_fit_on_none_of_the_nodes_listed_are_refused(void)
{
    const rxt_splits_request odd = {
        .ranks = { 4, 5 }, .rank_count = 2, .nodes = { 2 }, .node_count = 1
    };
    const rxt_splits_request many = {
        .ranks = { 6 }, .rank_count = 1, .nodes = { 1 }, .node_count = 1
    };
    const rxt_splits_request wide = {
        .pairs = 2, .pair = { { 0, 3, 1 }, { 3, 3, 1 } }, .nodes = { 3, 2 }, .node_count = 2
    };
    const rxt_splits_request idle = {
        .ranks = { 4 }, .rank_count = 1, .nodes = { 2, 3 }, .node_count = 2
    };
    const rxt_splits_request other = {
        .pairs = 2, .pair = { { 2, 4, 1 }, { 1, 4, 1 } }, .nodes = { 2 }, .node_count = 1
    };
    const rxt_splits_request crowd = {
        .pairs = 1, .pair = { { 0, 4, 3 } }, .nodes = { 2 }, .node_count = 1
    };

    expect_refusal(&odd, nodes_of_four(3, 4),
                   "--ranks=5: 5 ranks cannot be divided evenly among the nodes of --nodes (4 "
                   "ranks started on each); change --ranks or --nodes");
    expect_refusal(
        &many, nodes_of_four(3, 4),
        "--nodes=1: 1 node has only 4 ranks, and each named split has more ranks; name more "
        "nodes or fewer ranks");
    expect_refusal(
        &wide, nodes_of_four(3, 1),
        "--nodes=2: 2 nodes have only 2 ranks, and each named split has more ranks; name more "
        "nodes or fewer ranks");
    expect_refusal(&idle, nodes_of_four(3, 4),
                   "--nodes=3: none of the splits named can be divided evenly among 3 nodes; name "
                   "a number of ranks that can, or leave this value out");
    expect_refusal(&other, nodes_of_four(3, 4),
                   "--splits=4x1@1: 1 is not among the values of --nodes; add it there");
    expect_refusal(&crowd, nodes_of_four(3, 4),
                   "--splits=4x3: 12 workers on 2 nodes of 4 cores; add --oversubscribe");
}

static void a_build_without_mpi_says_so(void)
{
    const rxt_splits_request two = { .nodes = { 2 }, .node_count = 1 };
    const rxt_splits_request each = { .per_node = { 2 }, .per_node_count = 1 };
    rxt_splits_host host = nodes_of_four(1, 1);

    host.single = true;
    expect_refusal(&two, host,
                   "--nodes=2: this build has no MPI, so there is one rank; build with "
                   "-DRXT_MPI=ON for more");
    expect_refusal(&each, host,
                   "--ranks-per-node=2: this build has no MPI, so there is one rank; build with "
                   "-DRXT_MPI=ON for more");
}

static void the_baseline_need_not_sit_on_them(void)
{
    const rxt_splits_request request = {
        .nodes = { 2 }, .node_count = 1, .cross = true, .baseline = { 0, 3, 1 }
    };

    expect(&request, nodes_of_four(2, 4), "1x1 3x1 2x1@2 2x2@2 4x1@2 2x4@2 8x1@2", "");
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "families sit on the nodes listed", families_sit_on_the_nodes_listed },
        { "one node is a host like any other", one_node_is_a_host_like_any_other },
        { "named splits sit on all nodes that hold them",
          named_ranks_and_pairs_sit_on_all_nodes_that_hold_them },
        { "ranks per node are on every node", ranks_per_node_are_on_every_node },
        { "what is not started is refused", what_is_not_started_is_refused },
        { "what a node cannot hold is refused", what_a_node_cannot_hold_is_refused },
        { "what fits on no node listed is refused",
          values_that_fit_on_none_of_the_nodes_listed_are_refused },
        { "a build without MPI says so", a_build_without_mpi_says_so },
        { "the baseline need not sit on them", the_baseline_need_not_sit_on_them },
        CU_TEST_INFO_NULL,
    };

    return suite_run("nodes", tests);
}
