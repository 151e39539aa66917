/* mpi_park.c - sends orders to sleeping ranks. The conductor wakes each rank of its own node by the
 * rank's semaphore. It sends a message to the first rank of every other node, and this rank wakes
 * the others of its node. */
#include "comm/mpi.h"

#include <string.h>
#include <time.h>

enum { ORDER_TAG = 1 };

/* The conductor's message to the first rank of another node. */
typedef struct message {
    int per_node;
    unsigned char order[RXT_ORDER];
} message;

static void ring_node(rxt_comm *world, int per_node, const void *order, size_t size)
{
    for (int r = 1; r < world->node_size && r < per_node; r++)
        rxt_park_ring(world->mailbox[r], order, size);
}

void rxt_comm_order(rxt_comm *world, int nodes, int per_node, const void *order, size_t size)
{
    message letter = { .per_node = per_node };

    memcpy(letter.order, order, size);
    for (int n = 1; n < world->nodes && n < nodes; n++)
        MUST(world,
             MPI_Send(&letter, sizeof letter, MPI_BYTE, world->leader[n], ORDER_TAG, world->comm));
    ring_node(world, per_node, order, size);
}

/* Rank 0 cannot ring a semaphore on another node, and waiting inside MPI spins. So the first
 * rank of another node polls once a millisecond and sleeps in between. */
static void await_letter(rxt_comm *world, void *order, size_t size)
{
    static const struct timespec nap = { .tv_nsec = 1000000 };
    message letter;
    int here = 0;

    for (;;) {
        MUST(world, MPI_Iprobe(0, ORDER_TAG, world->comm, &here, MPI_STATUS_IGNORE));
        if (here)
            break;
        nanosleep(&nap, NULL);
    }
    MUST(world,
         MPI_Recv(&letter, sizeof letter, MPI_BYTE, 0, ORDER_TAG, world->comm, MPI_STATUS_IGNORE));
    memcpy(order, letter.order, size);
    ring_node(world, letter.per_node, order, size);
}

/* If the first rank of the node ended with a message, the launcher signals this rank within a
 * second. So this rank reports an error only if the first rank was gone at two checks, a second
 * apart. */
rxt_status rxt_comm_park(rxt_comm *world, void *order, size_t size)
{
    int gone = 0;

    if (world->node_rank == 0) {
        await_letter(world, order, size);
        return RXT_OK;
    }
    while (gone < 2) {
        if (rxt_park_sleep(world->mailbox[world->node_rank], 1.0, order, size))
            return RXT_OK;
        gone = world->watching && !rxt_park_lives(world->mailbox[0]) ? gone + 1 : 0;
    }
    return rxt_status_of(RXT_ENVIRONMENT,
                         "the first rank of this node is gone; rank %d ends the job", world->rank);
}
