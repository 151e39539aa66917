/* test_share_ways.c - every way of handing numbers over: after each call the receiver has the
 * sender's bytes, and the sender has their sum. With two ranks, one hands over to the other. With
 * one rank, one thread hands over to another, or a single worker does both sides itself. */
#include "comm/comm.h"
#include "support/table.h"
#include "team/team.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "numbers.h"
#include "suite.h"
#include "transfer.h"

enum { CALLS = 20 };
static const ptrdiff_t counts[] = { 0, 1, 2, 1009, 100003 };
static const char *const ways[] = { "pointer", "window", "message", "pipe", "serialised", "file" };
enum { COUNTS = sizeof counts / sizeof counts[0], WAYS = sizeof ways / sizeof ways[0] };

typedef struct stay {
    const rxt_kernel *way;
    rxt_slab slab;
    int wrong;
} stay;

/* Are the numbers of that call in this worker's memory, where the way leaves them? */
static bool has_numbers(const rxt_slab *slab, uint64_t call)
{
    const rxt_transfer *transfer = slab->state;
    double *expected = malloc((size_t)slab->total * sizeof *expected + 1);
    bool same;

    rxt_numbers_make(call, slab->total, expected);
    same = memcmp(expected, transfer->x, (size_t)slab->total * sizeof *expected) == 0;
    free(expected);
    return same && transfer->call == call;
}

/* Each call has other numbers, so numbers of an earlier call are noticed. */
static rxt_status visit(rxt_team *team, void *arg)
{
    stay *s = arg;
    rxt_status st = rxt_comm_agree(s->slab.comm, s->way->make(&s->slab));

    if (!st)
        st = rxt_comm_agree(s->slab.comm, rxt_team_take(team, s->way, &s->slab));
    for (uint64_t call = 1; call <= CALLS && !st; call++) {
        double right = NAN;

        rxt_team_call(team, &right);
        rxt_comm_combine(s->slab.comm, RXT_COMBINE_MPI, &rxt_sum, &right);
        s->wrong += right != (double)s->slab.total || !has_numbers(&s->slab, call);
        rxt_comm_barrier(s->slab.comm);
        st = rxt_comm_agree(s->slab.comm, s->way->task->trouble(&s->slab));
    }
    s->way->free(&s->slab);
    return st;
}

static void hands(const char *name, const rxt_comm *comm, int threads, ptrdiff_t n)
{
    stay s = { .way = rxt_kernel_find(name, RXT_F64) };
    rxt_status st;

    CU_ASSERT_PTR_NOT_NULL_FATAL(s.way);
    s.slab = (rxt_slab){ .total = n,
                         .n = n,
                         .rank = rxt_comm_rank(comm),
                         .ranks = rxt_comm_size(comm),
                         .threads = threads,
                         .comm = comm };
    st = rxt_team_with(RXT_TEAM_FORKJOIN, threads, visit, &s);
    CU_ASSERT_PTR_NULL(st);
    rxt_status_free(st);
    CU_ASSERT_EQUAL(s.wrong, 0);
}

static bool fits(const char *name, int ranks, int threads)
{
    const rxt_kernel *way = rxt_kernel_find(name, RXT_F64);

    return ranks * threads == 1 || way->task->fits(1, ranks, threads);
}

static void transfer_all(const rxt_comm *comm, int threads)
{
    for (int w = 0; w < WAYS; w++)
        for (int c = 0; c < COUNTS; c++)
            if (fits(ways[w], rxt_comm_size(comm), threads))
                hands(ways[w], comm, threads, counts[c]);
}

static void every_way_hands_all_over(void)
{
    rxt_comm *world = NULL, *part = NULL;

    CU_ASSERT_PTR_NULL_FATAL(rxt_comm_open(NULL, &world));
    for (int ranks = 1; ranks <= rxt_comm_node_ranks(world); ranks++) {
        CU_ASSERT_PTR_NULL_FATAL(rxt_comm_part(world, 1, ranks, &part));
        if (part) {
            CU_ASSERT_PTR_NULL_FATAL(rxt_comm_ready(part, RXT_COMBINE_MPI, &rxt_sum));
            transfer_all(part, 1);
            transfer_all(part, 2);
        }
        rxt_comm_close(part);
        rxt_comm_barrier(world);
    }
    rxt_comm_close(world);
}

static void ways_are_between_two(void)
{
    for (int w = 0; w < WAYS; w++)
        for (int ranks = 1; ranks <= 3; ranks++)
            for (int threads = 1; threads <= 3; threads++) {
                bool pointer = w == 0, two = ranks * threads == 2;

                CU_ASSERT_EQUAL(fits(ways[w], ranks, threads),
                                ranks * threads == 1 || (two && (threads == 2) == pointer));
            }
    for (int w = 0; w < WAYS; w++)
        CU_ASSERT_EQUAL(rxt_kernel_find(ways[w], RXT_F64)->task->fits(2, 2, 1),
                        strcmp(ways[w], "message") == 0);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "ways are between two", ways_are_between_two },
        { "every way hands all over", every_way_hands_all_over },
        CU_TEST_INFO_NULL,
    };

    return suite_run("share_ways", tests);
}
