/* message.c - numbers sent by MPI_Send to another rank, on this node or another.
 *
 * MPI copies the numbers, in pieces or at once. The MPI library decides how a rank waits; in most
 * libraries it spins. */
#include <rxt/task.h>

#include "comm/comm.h"

#include "../support/transfer.h"

static rxt_status make(rxt_slab *slab)
{
    rxt_status st = rxt_transfer_make(slab, sizeof(rxt_transfer));

    return st ? st : rxt_transfer_numbers(slab, sizeof(double));
}

static bool send_numbers(const rxt_slab *slab)
{
    const rxt_transfer *transfer = slab->state;

    rxt_comm_send(slab->comm, 1, transfer->x, (size_t)slab->total * sizeof *transfer->x);
    return true;
}

static bool receive_numbers(const rxt_slab *slab)
{
    rxt_transfer *transfer = slab->state;

    rxt_comm_receive(slab->comm, 0, transfer->x, (size_t)slab->total * sizeof *transfer->x);
    return true;
}

static bool send_sum(const rxt_slab *slab, double sum)
{
    rxt_comm_send(slab->comm, 0, &sum, sizeof sum);
    return true;
}

static bool receive_sum(const rxt_slab *slab, double *sum)
{
    rxt_comm_receive(slab->comm, 1, sum, sizeof *sum);
    return true;
}

static void run(const rxt_slab *slab, void *partial)
{
    static const rxt_way way = { .send_numbers = send_numbers,
                                 .receive_numbers = receive_numbers,
                                 .send_sum = send_sum,
                                 .receive_sum = receive_sum };

    rxt_transfer_call(slab, &way, partial);
}

static bool fits(int nodes, int ranks, int threads)
{
    (void)nodes;
    return ranks == 2 && threads == 1;
}

const rxt_task rxt_task_message = {
    .kernel = {
        .name = "message",
        .formula = "n numbers to another rank: a message by MPI",
        .loads = 1,
        .merge = &rxt_sum,
        .proof = &rxt_proof_units,
        .run = run,
        .make = make,
        .free = rxt_transfer_free,
        .task = &rxt_task_message,
    },
    .unit = "number",
    .fits = fits,
    .trouble = rxt_transfer_trouble,
};
