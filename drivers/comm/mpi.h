/* mpi.h - declarations for the files comm/mpi*; no other file includes it. */
#ifndef COMM_MPI_H
#define COMM_MPI_H

#include <mpi.h>

#include "comm/comm.h"
#include "comm/park.h"

enum { MERGES = 64, NAME = 64 };

/* The MPI datatype and operation of a merge. */
typedef struct operation {
    const rxt_merge *merge;
    MPI_Datatype type;
    MPI_Op op;
} operation;

/* What a way to combine does (comm/combine.h names the ways). A merge of size 0 has no partial;
 * combine is then a barrier. */
typedef struct rxt_transport {
    /* Prepares a split's comm of several ranks, once. *state is passed to the other functions.
     * Returns the same status on all ranks; close is called also after a failure. NULL: nothing to
     * prepare. Collective. */
    rxt_status (*open)(rxt_comm *comm, void **state);
    void (*close)(const rxt_comm *comm, void *state); /* NULL if open is NULL. Collective */

    /* Replaces the memory that the ranks share by other memory. Returns the same status on all
     * ranks; after a failure the old memory is still there. NULL: there is none. Collective. */
    rxt_status (*renew)(const rxt_comm *comm, void *state);

    /* Merges the partials of all ranks; all ranks get the result. Collective. */
    void (*combine)(const rxt_comm *comm, void *state, const rxt_merge *merge, void *partial);
} rxt_transport;

struct rxt_comm {
    MPI_Comm comm;
    int rank, size, node, nodes, node_rank, node_ranks;
    operation operation[MERGES];
    int operations;
    void *transport[RXT_COMBINES]; /* each way's state; NULL until its open is called */
    int epoch[RXT_COMBINES];       /* the epoch of each way's memory; 0 after its open */
    char (*names)[NAME];           /* [nodes]; the world owns them, the comms of splits only point
                                      to them */
    rxt_comm_end end;              /* called when MPI fails; the comms of splits have a copy of the
                                      world's */

    /* Only the world has these: */
    bool is_world;
    MPI_Comm parent;    /* in a spawned world: the ranks that spawned it; MPI_COMM_NULL after
                           rxt_comm_greet */
    MPI_Comm node_comm; /* the ranks of this node                       */
    int *leader;        /* [nodes]: world rank of each node's first rank */
    int node_size;      /* ranks started on this node */
    MPI_Win window;
    rxt_park **mailbox; /* [node_size], in shared memory */
    bool watching;      /* this rank can see the process of the node's first rank */
};

/* Ends the job after MPI has failed on this rank, because the other ranks may wait for it inside
 * MPI, where no message reaches them. `call` is the source text of the MPI call. Does not
 * return. */
_Noreturn void rxt_comm_lose(const rxt_comm *comm, int error, const char *call);

static inline void rxt_comm_must(const rxt_comm *comm, int error, const char *call)
{
    if (error != MPI_SUCCESS)
        rxt_comm_lose(comm, error, call);
}
#define MUST(comm, call) rxt_comm_must(comm, call, #call)

/* Starts MPI; *offered is its thread level. From here on MPI returns errors, and MUST prints one
 * line for them. By default MPI would print a page of text and exit with its own code. Collective
 * over all ranks. */
void rxt_comm_start(const rxt_comm *world, int *offered);

/* Checks that this node has room for `bytes` of memory that its ranks share. The memory is a file;
 * `makes` is true on the rank that creates the file. MPI itself does not check the room before it
 * allocates the memory. Local: the ranks must agree on the result. */
rxt_status rxt_comm_find_room(double bytes, bool makes);

/* Allocates a window of memory that the ranks of `over` share: `own` bytes from this rank. If this
 * fails, the function ends the job, because the other ranks wait inside MPI. Collective over
 * `over`. */
void rxt_comm_allocate(const rxt_comm *comm, MPI_Comm over, size_t own, void *memory,
                       MPI_Win *window);

/* The MPI datatype and operation that rxt_comm_ready made for `merge`. NULL if it made none, as for
 * a merge of size 0 or one that MPI has by itself. */
const operation *rxt_comm_operation(const rxt_comm *comm, const rxt_merge *merge);

/* Merges the partials of all ranks of `over`, a part of comm, with MPI; all get the result. MPI
 * merges in rank order, unless the merge commutes. A merge of size 0 is a barrier. */
void rxt_comm_allreduce(const rxt_comm *comm, MPI_Comm over, const rxt_merge *merge, void *partial);

/* Reports to the parent that this rank has started, and disconnects from it. Collective over a
 * spawned world. */
void rxt_comm_greet(rxt_comm *world);

/* Closes the transports that rxt_comm_ready has opened on comm. Collective. */
void rxt_comm_close_transports(const rxt_comm *comm);

#endif
