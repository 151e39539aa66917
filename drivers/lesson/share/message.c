/* message.c - numbers sent to another rank, on this node or another: MPI's send and receive.
 *
 * MPI copies them, in pieces or at once, and waits as it sees fit: most spin. */
#include <rxt/task.h>

#include "comm/comm.h"

#include "../support/hand.h"

static rxt_status make(rxt_slab *slab)
{
    rxt_status st = rxt_hand_make(slab, sizeof(rxt_hand));

    return st ? st : rxt_hand_numbers(slab, sizeof(double));
}

static bool give(const rxt_slab *slab)
{
    const rxt_hand *hand = slab->state;

    rxt_comm_send(slab->comm, 1, hand->x, (size_t)slab->total * sizeof *hand->x);
    return true;
}

static bool take(const rxt_slab *slab)
{
    rxt_hand *hand = slab->state;

    rxt_comm_receive(slab->comm, 0, hand->x, (size_t)slab->total * sizeof *hand->x);
    return true;
}

static bool answer(const rxt_slab *slab, double sum)
{
    rxt_comm_send(slab->comm, 0, &sum, sizeof sum);
    return true;
}

static bool hear(const rxt_slab *slab, double *sum)
{
    rxt_comm_receive(slab->comm, 1, sum, sizeof *sum);
    return true;
}

static void run(const rxt_slab *slab, void *partial)
{
    static const rxt_way way = { .give = give, .take = take, .answer = answer, .hear = hear };

    rxt_hand_call(slab, &way, partial);
}

static bool fits(int nodes, int ranks, int threads)
{
    (void)nodes;
    return ranks == 2 && threads == 1;
}

const rxt_kernel rxt_kernel_message = {
    .name = "message",
    .formula = "n numbers to another rank: a message by MPI",
    .unit = "number",
    .loads = 1,
    .merge = &rxt_sum,
    .proof = &rxt_proof_units,
    .run = run,
    .make = make,
    .free = rxt_hand_free,
    .fits = fits,
    .trouble = rxt_hand_trouble,
};
