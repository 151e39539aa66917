/* test_combine.c - every way to reduce ranks' partial results gives every rank the result of all
 * ranks, merged in order of rank, in every call; without partial results the ranks still
 * synchronise. The test runs alone; combine_test.sh and cluster_test.sh run it under the launcher
 * with several ranks and on two nodes. RXT_TEST_CALLS sets the number of calls. */
#include "comm/comm.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "suite.h"

/* ---- merges that do not commute: the right list is appended to the left ---- */

typedef struct list {
    unsigned char count, number[RXT_PARTIAL - 1];
} list;

static void merge_lists(void *left, const void *right)
{
    list *l = left;
    const list *r = right;

    memcpy(l->number + l->count, r->number, r->count);
    l->count = (unsigned char)(l->count + r->count);
}

static const rxt_merge lists[] = {
    { .size = 16, .merge = merge_lists }, /* short lists are posted in another way than long ones */
    { .size = 24, .merge = merge_lists },
    { .size = 600, .merge = merge_lists },
    { .size = RXT_PARTIAL, .merge = merge_lists },
};
enum { LISTS = sizeof lists / sizeof lists[0] };

/* A number that no other rank has in this call, and that this rank has in no call nearby. */
static unsigned char number_of(int rank, int call)
{
    return (unsigned char)(rank * 37 + call * 11 + 1);
}

static bool is_all_in_order(const list *all, int ranks, int call)
{
    bool right = all->count == ranks;

    for (int r = 0; r < ranks && right; r++)
        right = all->number[r] == number_of(r, call);
    return right;
}

static bool fits(const rxt_merge *merge, int ranks)
{
    return (size_t)ranks < merge->size;
}

/* In every tenth call one rank is late, each time another rank. */
static void be_late(int rank, int ranks, int call)
{
    static const struct timespec nap = { .tv_nsec = 200000 };

    if (call % 10 == 0 && call / 10 % ranks == rank)
        nanosleep(&nap, NULL);
}

/* Number of wrong results on this rank. */
static int wrong_lists(const rxt_comm *part, int calls, rxt_combine combine, const rxt_merge *merge)
{
    int rank = rxt_comm_rank(part), ranks = rxt_comm_size(part), wrong = 0;

    for (int call = 0; call < calls; call++) {
        list all = { .count = 1, .number = { number_of(rank, call) } };

        be_late(rank, ranks, call);
        rxt_comm_combine(part, combine, merge, &all);
        wrong += !is_all_in_order(&all, ranks, call);
    }
    return wrong;
}

/* The merge and the way to reduce change between calls, as in studies. */
static int wrong_mixed(const rxt_comm *part, int calls)
{
    int rank = rxt_comm_rank(part), ranks = rxt_comm_size(part), wrong = 0;

    for (int call = 0; call < calls; call++) {
        list all = { .count = 1, .number = { number_of(rank, call) } };

        rxt_comm_combine(part, call % 7 == 0 ? RXT_COMBINE_MPI : RXT_COMBINE_WINDOW,
                         &lists[LISTS - 1 - call % (fits(&lists[0], ranks) ? LISTS : 2)], &all);
        wrong += !is_all_in_order(&all, ranks, call);
    }
    return wrong;
}

/* Rounded sums depend on the order of additions, but all ranks must have the same sum. */
static int wrong_sums(const rxt_comm *part, int calls, rxt_combine combine)
{
    int rank = rxt_comm_rank(part), ranks = rxt_comm_size(part), wrong = 0;

    for (int call = 0; call < calls; call++) {
        double sum = (rank + 1) / 3.0 + call, bounds[2];
        double expected = ranks * (ranks + 1) / 6.0 + ranks * (double)call;

        rxt_comm_combine(part, combine, &rxt_sum, &sum);
        bounds[0] = sum;
        bounds[1] = -sum;
        rxt_comm_max(part, 2, bounds);
        wrong +=
            bounds[0] != -bounds[1] || bounds[0] - expected > 1e-9 || expected - bounds[0] > 1e-9;
    }
    return wrong;
}

/* Without a merge: how often did this rank leave a call before another rank had arrived? Each rank
 * stores the call's number in memory that its node shares. */
static int left_early(const rxt_comm *part, int calls, rxt_combine combine)
{
    int rank = rxt_comm_rank(part), ranks = rxt_comm_size(part), early = 0;
    rxt_shared *shared = NULL;
    void *memory = NULL;
    atomic_int *here;

    CU_ASSERT_PTR_NULL_FATAL(rxt_comm_share(part, (size_t)ranks * sizeof *here, &shared, &memory));
    here = memory;
    for (int call = 1; call <= calls; call++) {
        be_late(rank, ranks, call);
        atomic_store(&here[rank], call);
        rxt_comm_combine(part, combine, NULL, NULL);
        for (int r = 0; r < ranks; r++)
            early += atomic_load(&here[r]) < call;
    }
    rxt_comm_barrier(part);
    rxt_comm_unshare(shared);
    return early;
}

static void combines_in(rxt_comm *part, int calls)
{
    for (rxt_combine c = 0; c < RXT_COMBINES; c++) {
        CU_ASSERT_PTR_NULL_FATAL(rxt_comm_ready(part, c, NULL));
        if (rxt_comm_nodes(part) == 1)
            CU_ASSERT_EQUAL(left_early(part, calls, c), 0);
    }
    for (rxt_combine c = 0; c < RXT_COMBINES; c++) {
        CU_ASSERT_PTR_NULL_FATAL(rxt_comm_ready(part, c, &rxt_sum));
        for (int m = 0; m < LISTS; m++)
            CU_ASSERT_PTR_NULL_FATAL(rxt_comm_ready(part, c, &lists[m]));
        for (int m = 0; m < LISTS; m++)
            if (fits(&lists[m], rxt_comm_size(part)))
                CU_ASSERT_EQUAL(wrong_lists(part, calls, c, &lists[m]), 0);
        CU_ASSERT_EQUAL(wrong_sums(part, calls, c), 0);
    }
    CU_ASSERT_EQUAL(wrong_mixed(part, calls), 0);
}

static void every_part_of_the_world_combines(void)
{
    const char *given = getenv("RXT_TEST_CALLS");
    int calls = given ? atoi(given) : 120;
    rxt_comm *world = NULL, *part = NULL;

    CU_ASSERT_PTR_NULL_FATAL(rxt_comm_open(NULL, &world));
    for (int nodes = 1; nodes <= rxt_comm_nodes(world); nodes++)
        for (int ranks = 1; ranks <= rxt_comm_node_ranks(world); ranks++) {
            CU_ASSERT_PTR_NULL_FATAL(rxt_comm_part(world, nodes, ranks, &part));
            if (part)
                combines_in(part, calls);
            rxt_comm_close(part);
            rxt_comm_barrier(world);
        }
    rxt_comm_close(world);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "every part of the world combines", every_part_of_the_world_combines },
        CU_TEST_INFO_NULL,
    };

    return suite_run("combine", tests);
}
