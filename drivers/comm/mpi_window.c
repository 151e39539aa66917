/* mpi_window.c - reduces the ranks' partial results in shared memory of each node, and by MPI
 * between the first ranks of the nodes.
 *
 * The ranks of a node exchange their results in groups of four, then four such groups exchange
 * their results, and so on (recursive doubling with radix 4). In the code an exchange is a
 * "meeting". Radix 4 needs fewer steps than radix 2, and so fewer context switches where ranks
 * share a core. In each step a rank posts the result of its own group, waits for the posts of the
 * others, and merges all posts itself, in rank order. So no reply is needed, merges need not
 * commute, and all ranks get the same bits. If a node has two ranks, both post in one cache line,
 * which halves the time that two lines would need.
 *
 * Even and odd calls have separate posts. That is enough: a rank can post for call c + 2 only after
 * every rank has finished call c, because the result of call c + 1 needs a post of every rank. */
#include "comm/mpi.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/wait.h"

enum {
    GROUP = 4,
    SMALL = 16, /* bytes of a partial that fits into the post */
    FAR = 128   /* bytes; alignment: a cache line and its prefetched neighbour */
};

typedef struct post {
    _Alignas(2 * SMALL) atomic_uint turn; /* number of the call that the post belongs to */
    atomic_int cpu;                       /* CPU of its rank, plus 1; 0: unknown */
    _Alignas(SMALL) unsigned char small[SMALL];
} post;

/* A rank's data for one step of one call: its post, in a cache line of its own, and a large
 * partial. post[1] is used only if the node has two ranks: on the page of rank 0, post[1] is the
 * post of rank 1. */
typedef struct page {
    _Alignas(FAR) post post[2];
    _Alignas(64) unsigned char large[RXT_PARTIAL];
} page;

/* The posts of one step, in rank order. */
typedef struct meeting {
    int ranks, own; /* number of posts; post[own] is this rank's */
    post *post[GROUP];
    unsigned char *large[GROUP];
} meeting;

typedef struct reduction_window {
    MPI_Comm node, firsts; /* the comm's ranks on this node; the first ranks of all nodes */
    MPI_Win memory;
    int rank, size, levels;
    unsigned turn;
    page **page;           /* [size]: each rank's pages, two for each level and two more */
    meeting (*meeting)[2]; /* [levels + 1]: for even and odd turns; in the last one the node's first
                            * rank posts the result of all nodes */
} reduction_window;

/* ---- open and close ---- */

static int levels_of(int size)
{
    int levels = 0;

    for (int span = 1; span < size; span *= GROUP)
        levels++;
    return levels;
}

static rxt_status take_memory(const rxt_comm *comm, reduction_window **out)
{
    reduction_window *b = calloc(1, sizeof *b);
    int size = comm->node_ranks;

    *out = b;
    if (b) {
        b->node = b->firsts = MPI_COMM_NULL;
        b->memory = MPI_WIN_NULL;
        b->levels = levels_of(size);
        b->page = calloc((size_t)size, sizeof(page *));
        b->meeting = calloc((size_t)b->levels + 1, sizeof *b->meeting);
    }
    if (b && b->page && b->meeting)
        return RXT_OK;
    return rxt_status_no_memory("for a list of %d ranks", size);
}

/* The memory of a window is not aligned for vectors (comm/mpi.c); all ranks round it up to the same
 * place. */
static page *aligned(void *memory)
{
    return (page *)(((uintptr_t)memory + FAR - 1) / FAR * FAR);
}

/* Allocates the pages of all ranks, and frees the pages from before, if there are any. A post of
 * zeros belongs to no call, because turns begin with 1. If one rank gets no memory, the
 * others wait inside MPI; so we check the space in /dev/shm before. */
static rxt_status share_pages(const rxt_comm *comm, reduction_window *b)
{
    MPI_Win before = b->memory;
    size_t own = 2 * ((size_t)b->levels + 1) * sizeof(page);
    rxt_status st = rxt_comm_agree(comm, rxt_comm_find_room((double)(own + FAR) * (double)b->size,
                                                            comm->node_rank == 0 && b->size > 1));
    MPI_Aint bytes = 0;
    void *memory = NULL;
    int unit = 1;

    if (st)
        return st;
    rxt_comm_allocate(comm, b->node, own + FAR, &memory, &b->memory);
    memset(aligned(memory), 0, own);
    MUST(comm, MPI_Barrier(b->node));
    if (before != MPI_WIN_NULL)
        MUST(comm, MPI_Win_free(&before));
    for (int r = 0; r < b->size; r++) {
        MUST(comm, MPI_Win_shared_query(b->memory, r, &bytes, &unit, &memory));
        b->page[r] = aligned(memory);
    }
    return RXT_OK;
}

static void invite(const reduction_window *b, meeting *m, int rank, int which)
{
    bool pair = b->size == 2;

    if (rank == b->rank)
        m->own = m->ranks;
    m->post[m->ranks] = pair ? &b->page[0][which].post[rank] : &b->page[rank][which].post[0];
    m->large[m->ranks++] = b->page[rank][which].large;
}

/* In each step this rank reads the post of one rank of each group: the rank that has the same place
 * in its group as this rank has in its own. If the last group is too small for that, this rank
 * reads the post of that group's last rank. */
static void invite_all(reduction_window *b)
{
    int span = 1;

    for (int l = 0; l < b->levels; l++, span *= GROUP)
        for (int first = b->rank - b->rank % (span * GROUP), g = 0;
             g < GROUP && first + g * span < b->size; g++) {
            int peer = first + g * span + b->rank % span;

            for (int turn = 0; turn < 2; turn++)
                invite(b, &b->meeting[l][turn], peer < b->size ? peer : b->size - 1, 2 * l + turn);
        }
    for (int turn = 0; turn < 2; turn++)
        invite(b, &b->meeting[b->levels][turn], 0, 2 * b->levels + turn);
}

static rxt_status open_window(rxt_comm *comm, void **state)
{
    reduction_window *b = NULL;
    rxt_status st = rxt_comm_agree(comm, take_memory(comm, &b));

    *state = b;
    if (st)
        return st;
    MUST(comm, MPI_Comm_split(comm->comm, comm->node, comm->rank, &b->node));
    MUST(comm, MPI_Comm_rank(b->node, &b->rank));
    MUST(comm, MPI_Comm_size(b->node, &b->size));
    MUST(comm,
         MPI_Comm_split(comm->comm, b->rank == 0 ? 0 : MPI_UNDEFINED, comm->rank, &b->firsts));
    st = share_pages(comm, b);
    if (!st)
        invite_all(b);
    return st;
}

static rxt_status renew_window(const rxt_comm *comm, void *state)
{
    reduction_window *b = state;
    rxt_status st = share_pages(comm, b);

    if (st)
        return st;
    memset(b->meeting, 0, ((size_t)b->levels + 1) * sizeof *b->meeting);
    invite_all(b);
    return RXT_OK;
}

static void close_window(const rxt_comm *comm, void *state)
{
    reduction_window *b = state;

    if (b->memory != MPI_WIN_NULL)
        MUST(comm, MPI_Win_free(&b->memory));
    if (b->firsts != MPI_COMM_NULL)
        MUST(comm, MPI_Comm_free(&b->firsts));
    if (b->node != MPI_COMM_NULL)
        MUST(comm, MPI_Comm_free(&b->node));
    free(b->meeting);
    free(b->page);
    free(b);
}

/* ---- meet ---- */

/* Most partials are one double. With a constant size the compiler needs no call of memcpy. */
static void copy(void *to, const void *from, size_t size)
{
    if (size == sizeof(double))
        memcpy(to, from, sizeof(double));
    else
        memcpy(to, from, size);
}

static void *partial_of(const meeting *m, int i, const rxt_merge *merge)
{
    return merge->size <= SMALL ? m->post[i]->small : m->large[i];
}

static void post_own(const meeting *m, unsigned turn, const rxt_merge *merge, const void *partial)
{
    post *own = m->post[m->own];

    copy(partial_of(m, m->own, merge), partial, merge->size);
    atomic_store_explicit(&own->cpu, sched_getcpu() + 1, memory_order_relaxed);
    atomic_store_explicit(&own->turn, turn, memory_order_release);
}

static bool is_here(const post *p, unsigned turn)
{
    return atomic_load_explicit(&p->turn, memory_order_acquire) == turn;
}

/* Is a rank that we wait for on this core, according to its post? Then it needs this core. */
static bool holds_up(const meeting *m, unsigned turn)
{
    int cpu = sched_getcpu() + 1;

    for (int i = 0; i < m->ranks; i++)
        if (atomic_load_explicit(&m->post[i]->cpu, memory_order_relaxed) == cpu &&
            !is_here(m->post[i], turn))
            return true;
    return false;
}

/* Polling without a pause takes the cache line from the rank that is about to write it: two ranks
 * on distant cores need 250 ns without pauses, and 200 ns with them. */
static void look_away(rxt_wait *wait)
{
    rxt_wait_pause();
    rxt_wait_more(wait, false);
}

/* With more ranks than cores a waiting rank must yield to a rank that it waits for and that is on
 * the same core. A yield to a rank that waits too would cost two context switches for nothing. */
static void await(const meeting *m, unsigned turn)
{
    rxt_wait wait = { 0 };

    for (int i = 0; i < m->ranks; i++)
        while (!is_here(m->post[i], turn))
            if (holds_up(m, turn))
                sched_yield();
            else
                look_away(&wait);
}

static void meet(const meeting *m, unsigned turn, const rxt_merge *merge, void *partial)
{
    post_own(m, turn, merge, partial);
    await(m, turn);
    copy(partial, partial_of(m, 0, merge), merge->size);
    for (int i = 1; i < m->ranks; i++)
        merge->merge(partial, partial_of(m, i, merge));
}

/* The nodes' first ranks reduce by MPI, and then give the result to the other ranks of their
 * node. */
static void meet_nodes(const rxt_comm *comm, reduction_window *b, const rxt_merge *merge,
                       void *partial)
{
    const meeting *m = &b->meeting[b->levels][b->turn % 2];

    if (b->rank == 0) {
        rxt_comm_allreduce(comm, b->firsts, merge, partial);
        post_own(m, b->turn, merge, partial);
        return;
    }
    await(m, b->turn);
    copy(partial, partial_of(m, 0, merge), merge->size);
}

static void combine(const rxt_comm *comm, void *state, const rxt_merge *merge, void *partial)
{
    reduction_window *b = state;
    unsigned turn = ++b->turn;

    for (int l = 0; l < b->levels; l++)
        meet(&b->meeting[l][turn % 2], turn, merge, partial);
    if (comm->nodes > 1)
        meet_nodes(comm, b, merge, partial);
}

const rxt_transport rxt_transport_window = {
    .open = open_window,
    .close = close_window,
    .renew = renew_window,
    .combine = combine,
};
