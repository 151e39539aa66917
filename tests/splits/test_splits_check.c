/* test_splits_check.c - numbers for which no split is possible are refused; the message has the
 * value and the remedy. */
#include "hosts.h"

#include "suite.h"

static void values_that_fit_in_no_pair_are_refused(void)
{
    const rxt_splits_request ranks8 = { .ranks = { 1, 8 }, .rank_count = 2 };
    const rxt_splits_request threads3 = { .threads = { 1, 3 }, .thread_count = 2 };
    const rxt_splits_request mixed = {
        .ranks = { 1, 4 }, .rank_count = 2, .threads = { 2 }, .thread_count = 1
    };
    const rxt_splits_request mixed2 = {
        .ranks = { 4 }, .rank_count = 1, .threads = { 1, 4 }, .thread_count = 2
    };
    const rxt_splits_request pair = { .pairs = 1, .pair = { { .ranks = 2, .threads = 3 } } };
    const rxt_splits_request pair8 = { .pairs = 1, .pair = { { .ranks = 8, .threads = 1 } } };

    expect_refusal(&ranks8, flat(8, 4),
                   "--ranks=8: only 4 ranks were started; start with mpirun -np 8");
    expect_refusal(&ranks8, flat(8, 1),
                   "--ranks=8: only 1 rank was started; start with mpirun -np 8");
    expect_refusal(&ranks8, flat(2, 8), "--ranks=8: 8 ranks on 2 cores; add --oversubscribe");
    expect_refusal(&threads3, flat(2, 8), "--threads=3: 3 threads on 2 cores; add --oversubscribe");
    expect_refusal(&mixed, flat(4, 4),
                   "--ranks=4 with --threads=2: 8 workers on 4 cores; add --oversubscribe");
    expect_refusal(&mixed2, flat(4, 4),
                   "--threads=4 with --ranks=4: 16 workers on 4 cores; add --oversubscribe");
    expect_refusal(&pair, flat(1, 4), "--splits=2x3: 6 workers on 1 core; add --oversubscribe");
    expect_refusal(&pair8, flat(8, 4),
                   "--splits=8x1: only 4 ranks were started; start with mpirun -np 8");
}

static void oversubscribing_makes_no_ranks(void)
{
    const rxt_splits_request request = { .oversubscribe = true, .ranks = { 8 }, .rank_count = 1 };

    expect_refusal(&request, flat(2, 4),
                   "--ranks=8: only 4 ranks were started; start with mpirun -np 8");
}

static void a_build_without_mpi_sends_nobody_to_mpirun(void)
{
    const rxt_splits_request ranks = { .ranks = { 8 }, .rank_count = 1 };
    const rxt_splits_request pair = { .pairs = 1, .pair = { { .ranks = 2, .threads = 1 } } };
    rxt_splits_host host = flat(4, 1);

    host.single = true;
    expect_refusal(&ranks, host,
                   "--ranks=8: this build has no MPI, so there is one rank; build with "
                   "-DRXT_MPI=ON for more");
    expect_refusal(&pair, host,
                   "--splits=2x1: this build has no MPI, so there is one rank; build with "
                   "-DRXT_MPI=ON for more");
}

static void threads_beyond_the_limit_are_refused(void)
{
    rxt_splits_host host = flat(8, 8);
    const rxt_splits_request request = { .threads = { 4 }, .thread_count = 1 };

    host.thread_limit = 3;
    expect_refusal(&request, host,
                   "--threads=4: OMP_THREAD_LIMIT allows only 3 threads; raise or unset it");
}

static void ranks_that_nodes_cannot_share_evenly_are_refused(void)
{
    const rxt_splits_request odd = { .ranks = { 5 }, .rank_count = 1 };
    const rxt_splits_request many = { .ranks = { 13 }, .rank_count = 1 };
    const rxt_splits_request threads = { .threads = { 5 }, .thread_count = 1 };
    rxt_splits_host host = flat(4, 4);

    host.nodes = 3;
    expect_refusal(&odd, host,
                   "--ranks=5: 5 ranks cannot be divided evenly among nodes (3 nodes, 4 ranks "
                   "each); choose a multiple of the number of nodes");
    expect_refusal(&many, host, "--ranks=13: only 12 ranks were started; start with mpirun -np 13");
    expect_refusal(&threads, host, "--threads=5: 5 threads on 4 cores; add --oversubscribe");
}

static rxt_splits_request pair_of(int nodes, int ranks, int threads)
{
    return (rxt_splits_request){ .pairs = 1, .pair = { { nodes, ranks, threads } } };
}

static void pairs_that_their_nodes_do_not_hold_are_refused(void)
{
    rxt_splits_request odd = pair_of(2, 5, 1), many = pair_of(1, 6, 1), nodes = pair_of(4, 4, 1),
                       crowd = pair_of(2, 4, 3);
    rxt_splits_host host = flat(4, 4);

    expect_refusal(&nodes, host, "--splits=4x1@4: only 1 node was started; start on 4 nodes");
    host.nodes = 3;
    expect_refusal(&odd, host,
                   "--splits=5x1@2: 5 ranks cannot be divided evenly among nodes (2 nodes, 4 ranks "
                   "each); choose a multiple of the number of nodes");
    expect_refusal(&many, host,
                   "--splits=6x1@1: only 4 ranks were started on a node; start with mpirun -np 18");
    expect_refusal(&nodes, host, "--splits=4x1@4: only 3 nodes were started; start on 4 nodes");
    expect_refusal(&crowd, host,
                   "--splits=4x3@2: 12 workers on 2 nodes of 4 cores; add --oversubscribe");
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "values that fit in no pair are refused", values_that_fit_in_no_pair_are_refused },
        { "oversubscribing makes no ranks", oversubscribing_makes_no_ranks },
        { "a build without MPI sends nobody to mpirun",
          a_build_without_mpi_sends_nobody_to_mpirun },
        { "threads beyond the limit are refused", threads_beyond_the_limit_are_refused },
        { "ranks that nodes cannot share are refused",
          ranks_that_nodes_cannot_share_evenly_are_refused },
        { "pairs that their nodes do not hold are refused",
          pairs_that_their_nodes_do_not_hold_are_refused },
        CU_TEST_INFO_NULL,
    };

    return suite_run("splits_check", tests);
}
