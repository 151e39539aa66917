/* comm.h - the ranks: of the whole job ("world") and of one split.
 *
 * "Collective" below means: every rank of that comm must call it, in the same order. Ranks outside
 * a split sleep in rxt_comm_park until rank 0 of the world, the conductor, sends them an order.
 *
 * Twins, and the build chooses: comm_mpi*.c, or comm/self.c (-DRXT_MPI=OFF), where there is one
 * rank on one node, and no MPI anywhere. */
#ifndef RXT_COMM_H
#define RXT_COMM_H

#include "comm/combine.h"
#include <rxt/kernel.h>

typedef struct rxt_comm rxt_comm;
typedef struct rxt_shared rxt_shared; /* memory that ranks of one node share */

enum { RXT_ORDER = 64 }; /* bytes of the largest order */

/* Can there be several ranks? False in a build without MPI; its messages must not mention
 * mpirun. Local. */
bool rxt_comm_many(void);

/* Call it before rxt_comm_open if more ranks will share cores than the launcher knows (--cores).
 * Waiting ranks then yield, unless the user has set it otherwise. Local. */
void rxt_comm_oversubscribe(void);

/* Called when MPI fails on this rank. The other ranks may wait inside MPI, so no status can
 * reach them: it prints the text and ends the job (rxt_comm_abort) and the process. */
typedef struct rxt_comm_end {
    void (*tell)(void *arg, int rank, const char *text);
    void *arg;
} rxt_comm_end;

/* Starts MPI (MPI_THREAD_FUNNELED) and finds the nodes. Collective over all ranks started.
 * RXT_ENVIRONMENT for N worlds of one rank (a launcher of another MPI, or a build without), or when
 * MPI offers less than FUNNELED. On failure *world may still be set: close it all the same.
 * Without an end (NULL) a failure of MPI ends the job without a word. */
rxt_status rxt_comm_open(const rxt_comm_end *end, rxt_comm **world);

/* Was this world started by rxt_comm_spawn? Then it has only to be closed, which tells the
 * parent program. Local. */
bool rxt_comm_spawned(const rxt_comm *world);

/* Starts `count` ranks of this program as a new world; they end as soon as they have started.
 * *ran: how many reported that. Their end is not waited for. RXT_USAGE if this MPI or this
 * launch does not support it. Local: by the calling rank of `comm` alone. */
rxt_status rxt_comm_spawn(const rxt_comm *comm, int count, int *ran);

/* Ends MPI (world) or frees a split's comm. Collective. NULL is allowed. */
void rxt_comm_close(rxt_comm *comm);

/* Ends the whole job at once; for main, when a peer was lost and finalizing would hang. Returns
 * where MPI is not there, or refuses. */
void rxt_comm_abort(int code);

int rxt_comm_rank(const rxt_comm *comm);
int rxt_comm_size(const rxt_comm *comm);
int rxt_comm_node(const rxt_comm *comm);       /* this rank's node, by lowest world rank   */
int rxt_comm_nodes(const rxt_comm *comm);      /* nodes of this comm                       */
int rxt_comm_node_rank(const rxt_comm *comm);  /* this rank among the world's on its node  */
int rxt_comm_node_ranks(const rxt_comm *comm); /* the fewest ranks that one of its nodes has */

/* A node's host name, without the domain. Local. */
const char *rxt_comm_node_name(const rxt_comm *comm, int node);

/* The MPI library, e.g. "Open MPI v4.1.4", or "no MPI". Local. */
void rxt_comm_version(char text[64]);

/* The comm of a split: the first `per_node` ranks of the first `nodes` nodes, node by node. *part
 * is NULL on ranks outside. Collective over world. */
rxt_status rxt_comm_part(const rxt_comm *world, int nodes, int per_node, rxt_comm **part);

void rxt_comm_barrier(const rxt_comm *comm);

/* Readies a merge (NULL: to wait) for rxt_comm_combine on this comm, which must be a split's for
 * any way but RXT_COMBINE_MPI. RXT_USAGE for more than 64 kinds, RXT_ENVIRONMENT when the way
 * cannot be had, such as memory that a node's ranks share; the same on all ranks. Collective. */
rxt_status rxt_comm_ready(rxt_comm *comm, rxt_combine combine, const rxt_merge *merge);

/* Merges every rank's partial in rank order; all ranks get the result. Without a merge (NULL)
 * there is no partial either, and it returns when all ranks have called it. No MPI on a comm of one
 * rank. Requires rxt_comm_ready for that merge and way to combine. Collective. */
void rxt_comm_combine(const rxt_comm *comm, rxt_combine combine, const rxt_merge *merge,
                      void *partial);

/* The largest of each value over the ranks, to all ranks. Collective. */
void rxt_comm_max(const rxt_comm *comm, int count, double values[]);

/* all[size × count]: every rank's `count` numbers, its own already in their place. Collective. */
void rxt_comm_gather(const rxt_comm *comm, int count, int all[]);

/* Bitwise or over the world's ranks of one node. Collective over the world. */
void rxt_comm_node_or(const rxt_comm *world, unsigned char *bits, int bytes);

/* The same status on every rank: RXT_OK if all have it, else that of the lowest rank with a
 * problem. Collective. */
rxt_status rxt_comm_agree(const rxt_comm *comm, rxt_status mine);

/* `size` bytes to another rank, which receives as many, from this one. Blocks; how it waits is up
 * to MPI. Requires another rank: a build without MPI has none. */
void rxt_comm_send(const rxt_comm *comm, int to, const void *bytes, size_t size);
void rxt_comm_receive(const rxt_comm *comm, int from, void *bytes, size_t size);

/* *memory: `bytes` zero bytes, aligned to 128, shared by all ranks of the comm, mapped at any
 * address in each. Rank 0 has touched them first. They have no name, so nothing is left when the
 * ranks end. RXT_ENVIRONMENT if the node has no room for them. The status is the same on all
 * ranks, and *shared must be unshared also after a failure. Requires a comm of one node.
 * Collective. */
rxt_status rxt_comm_share(const rxt_comm *comm, size_t bytes, rxt_shared **shared, void **memory);
void rxt_comm_unshare(rxt_shared *shared); /* collective; NULL is allowed */

/* Wakes the ranks of the first `per_node` of the first `nodes` nodes with an order of at most
 * RXT_ORDER bytes. World rank 0 alone calls it. */
void rxt_comm_order(rxt_comm *world, int nodes, int per_node, const void *order, size_t size);

/* Sleeps until the conductor's next order to this rank, then copies it. Every world rank but 0.
 * RXT_ENVIRONMENT when the rank that would ring is gone: then the world can only be aborted. */
rxt_status rxt_comm_park(rxt_comm *world, void *order, size_t size);

#endif
