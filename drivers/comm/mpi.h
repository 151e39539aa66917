/* mpi.h - shared by the files comm/mpi*; no other file includes it. */
#ifndef COMM_MPI_H
#define COMM_MPI_H

#include <mpi.h>

#include "comm/comm.h"
#include "comm/park.h"

enum { MERGES = 64, NAME = 64 };

/* A merge as MPI knows it. */
typedef struct operation {
    const rxt_merge *merge;
    MPI_Datatype type;
    MPI_Op op;
} operation;

/* What a way to combine does (comm/combine.h names them). A merge of size 0 has no partial, and is
 * a wait for all ranks. */
typedef struct rxt_transport {
    /* Readies a comm of several ranks, a split's, once: *state is what the others get. The same
     * status on all ranks, and close is called all the same. NULL: there is nothing to ready.
     * Collective. */
    rxt_status (*open)(rxt_comm *comm, void **state);
    void (*close)(const rxt_comm *comm, void *state); /* NULL where open is. Collective */

    /* Merges every rank's partial in rank order; all ranks get the result. Collective. */
    void (*combine)(const rxt_comm *comm, void *state, const rxt_merge *merge, void *partial);
} rxt_transport;

struct rxt_comm {
    MPI_Comm comm;
    int rank, size, node, nodes, node_rank, node_ranks;
    operation operation[MERGES];
    int operations;
    void *transport[RXT_COMBINES]; /* each way's state; NULL until it is readied */
    char (*names)[NAME];           /* [nodes], the world's own, lent to its parts */
    rxt_comm_end end;              /* told when MPI fails; the world's own, lent, too */

    /* The world alone: */
    bool is_world;
    MPI_Comm parent;    /* of a world that was spawned, until it has greeted */
    MPI_Comm node_comm; /* the ranks of this node                       */
    int *leader;        /* [nodes]: the world rank of each node's first */
    int node_size;      /* ranks started on this node                   */
    MPI_Win window;
    rxt_park **mailbox; /* [node_size], in shared memory */
    bool watching;      /* the process of the node's first rank can be seen */
};

/* MPI failed on this rank, and the others may wait for it inside MPI, where no message reaches
 * them: it ends the job. `call` is the text of the MPI call. Does not return. */
_Noreturn void rxt_comm_lose(const rxt_comm *comm, int error, const char *call);

static inline void rxt_comm_must(const rxt_comm *comm, int error, const char *call)
{
    if (error != MPI_SUCCESS)
        rxt_comm_lose(comm, error, call);
}
#define MUST(comm, call) rxt_comm_must(comm, call, #call)

/* Starts MPI; `offered` is its thread level. From here on MPI returns errors, and MUST prints
 * one line: MPI's default is a page of text and its own exit code. Collective over all. */
void rxt_comm_start(const rxt_comm *world, int *offered);

/* Is there room for `bytes` of memory shared by the ranks of this node, in a file that the first
 * of them makes? No MPI checks this before it allocates. Local: the ranks must agree on the
 * result. */
rxt_status rxt_comm_find_room(double bytes, bool makes);

/* A window of memory that the ranks of `over` share, `own` bytes of this rank's. Where one rank
 * gets none, the others wait inside MPI: it ends the job. Collective over `over`. */
void rxt_comm_allocate(const rxt_comm *comm, MPI_Comm over, size_t own, void *memory,
                       MPI_Win *window);

/* What MPI has for a merge that was readied, and has neither size 0 nor an operation of MPI's own;
 * else NULL. */
const operation *rxt_comm_operation(const rxt_comm *comm, const rxt_merge *merge);

/* Every rank of `over`, a part of comm, gets the partials of all, merged in order of rank; of those
 * that merge nothing, none goes on before all are there. */
void rxt_comm_allreduce(const rxt_comm *comm, MPI_Comm over, const rxt_merge *merge, void *partial);

/* Tells the parent that this rank is there, and takes leave. Collective over a world spawned. */
void rxt_comm_greet(rxt_comm *world);

/* Ends what ways to combine have readied. Collective. */
void rxt_comm_close_transports(const rxt_comm *comm);

#endif
