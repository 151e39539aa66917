/* comm.h - the ranks of the whole job ("world") and of one split.
 *
 * "Collective" below means: every rank of that comm must call the function, in the same order.
 * Ranks that are not in the current split sleep in rxt_comm_park until rank 0 of the world, the
 * conductor, sends them an order.
 *
 * The build chooses one of two implementations: comm/mpi*.c, or comm/self.c (-DRXT_MPI=OFF). The
 * second has one rank on one node and calls no MPI. */
#ifndef RXT_COMM_H
#define RXT_COMM_H

#include "comm/combine.h"
#include <rxt/kernel.h>

typedef struct rxt_comm rxt_comm;
typedef struct rxt_shared rxt_shared; /* memory that the ranks of one node share */

enum { RXT_ORDER = 64 }; /* bytes of the largest order */

/* Can there be several ranks? False in a build without MPI; its messages must not mention mpirun.
 * Local. */
bool rxt_comm_many(void);

/* Makes ranks that wait inside Open MPI yield their core, unless the user has set this otherwise.
 * Call it before rxt_comm_open if the ranks will share fewer cores than the launcher knows of
 * (--cores). Local. */
void rxt_comm_oversubscribe(void);

/* `tell` is called when MPI fails on this rank, and prints the text; then the job ends
 * (rxt_comm_abort). No status is returned, because the other ranks may wait inside MPI, where no
 * status can reach them. */
typedef struct rxt_comm_end {
    void (*tell)(void *arg, int rank, const char *text);
    void *arg;
} rxt_comm_end;

/* Starts MPI (MPI_THREAD_FUNNELED) and finds the nodes. Collective over all ranks started.
 * RXT_ENVIRONMENT if MPI offers less than FUNNELED, or if the launcher started N ranks and each is
 * a world of one rank (a launcher of another MPI, or a build without MPI). After a failure *world
 * may be set: close it in any case. If `end` is NULL, a failure of MPI ends the job without a
 * message. */
rxt_status rxt_comm_open(const rxt_comm_end *end, rxt_comm **world);

/* Was this world started by rxt_comm_spawn? Then the program only has to call rxt_comm_close, which
 * reports to the parent program. Local. */
bool rxt_comm_spawned(const rxt_comm *world);

/* Starts `count` ranks of this program as a new world. The new ranks report that they have started,
 * and then end. *ran: the number of ranks that reported. The function does not wait until they have
 * ended. RXT_USAGE if this MPI or this launcher cannot start ranks. Local: only the calling rank of
 * `comm` takes part. */
rxt_status rxt_comm_spawn(const rxt_comm *comm, int count, int *ran);

/* Ends MPI (for the world) or frees a split's comm. Collective. NULL is allowed. */
void rxt_comm_close(rxt_comm *comm);

/* Ends the whole job at once. For main, when another rank is lost and MPI_Finalize would hang.
 * Returns if MPI is not running or refuses. Local. */
void rxt_comm_abort(int code);

int rxt_comm_rank(const rxt_comm *comm);
int rxt_comm_size(const rxt_comm *comm);
int rxt_comm_node(const rxt_comm *comm);       /* number of this rank's node; nodes are sorted by
                                                  their lowest world rank */
int rxt_comm_nodes(const rxt_comm *comm);      /* number of nodes of this comm */
int rxt_comm_node_rank(const rxt_comm *comm);  /* number of this rank among the world's ranks on its
                                                  node */
int rxt_comm_node_ranks(const rxt_comm *comm); /* ranks per node; the smallest number if nodes
                                                  differ */

/* A node's host name, without the domain. Local. */
const char *rxt_comm_node_name(const rxt_comm *comm, int node);

/* The MPI library, e.g. "Open MPI 4.1.4", "no MPI", or RXT_COMM_UNKNOWN if MPI does not give its
 * name. Local. */
#define RXT_COMM_UNKNOWN "an unknown MPI"
void rxt_comm_version(char text[64]);

/* Makes the comm of a split: the first `per_node` ranks of the first `nodes` nodes, numbered node
 * by node. *part is NULL on ranks outside the split. Collective over world. */
rxt_status rxt_comm_part(const rxt_comm *world, int nodes, int per_node, rxt_comm **part);

void rxt_comm_barrier(const rxt_comm *comm);

/* Prepares `merge` (NULL: a barrier) for rxt_comm_combine on this comm. With any way other than
 * RXT_COMBINE_MPI the comm must be the comm of a split. RXT_USAGE for more than 64 kinds of merge;
 * RXT_ENVIRONMENT if the way is not available, e.g. if a node has no room for shared memory. The
 * status is the same on all ranks. Collective. */
rxt_status rxt_comm_ready(rxt_comm *comm, rxt_combine combine, const rxt_merge *merge);

/* Draws the shared memory of that way anew, unless it is of this epoch already. Does nothing for a
 * way without shared memory. A shortage of memory is ignored: then the old memory stays. Collective
 * over the comm of a split, after rxt_comm_ready. */
void rxt_comm_draw(rxt_comm *comm, rxt_combine combine, int epoch);

/* Merges the partials of all ranks, in rank order; all ranks get the result. Only MPI's own
 * reduction may use another order, if the merge commutes. Without a merge (NULL) there is no
 * partial, and the call is a barrier. On a comm of one rank it calls no MPI. Requires
 * rxt_comm_ready for the same merge and way. Collective. */
void rxt_comm_combine(const rxt_comm *comm, rxt_combine combine, const rxt_merge *merge,
                      void *partial);

/* Replaces each value by its maximum over the ranks, on all ranks. Collective. */
void rxt_comm_max(const rxt_comm *comm, int count, double values[]);

/* all[size × count]: gathers the `count` numbers of every rank. Before the call each rank must put
 * its own numbers at their place in `all`. Collective. */
void rxt_comm_gather(const rxt_comm *comm, int count, int all[]);

/* Bitwise or over the world's ranks of this node, in place. Collective over these ranks. */
void rxt_comm_node_or(const rxt_comm *world, unsigned char *bits, int bytes);

/* Returns the same status on every rank: RXT_OK if all have RXT_OK, else the status of the lowest
 * rank whose status is not RXT_OK. Collective. */
rxt_status rxt_comm_agree(const rxt_comm *comm, rxt_status mine);

/* Sends `size` bytes to rank `to`; receives `size` bytes from rank `from`. Both ranks must give the
 * same size. Both calls block, and MPI decides how they wait. Requires another rank; a build
 * without MPI has none. */
void rxt_comm_send(const rxt_comm *comm, int to, const void *bytes, size_t size);
void rxt_comm_receive(const rxt_comm *comm, int from, void *bytes, size_t size);

/* *memory: `bytes` zero bytes, aligned to 128, shared by all ranks of the comm. Each rank may map
 * them at a different address. Rank 0 touches them first. The memory has no name, so nothing is
 * left behind when the ranks end. RXT_ENVIRONMENT if the node has no room for it. The status is the
 * same on all ranks; call rxt_comm_unshare also after a failure. Requires a comm of one node.
 * Collective. */
rxt_status rxt_comm_share(const rxt_comm *comm, size_t bytes, rxt_shared **shared, void **memory);
void rxt_comm_unshare(rxt_shared *shared); /* collective; NULL is allowed */

/* Sends an order of at most RXT_ORDER bytes to the first `per_node` ranks of the first `nodes`
 * nodes, and wakes them. Only world rank 0 calls it. */
void rxt_comm_order(rxt_comm *world, int nodes, int per_node, const void *order, size_t size);

/* Sleeps until the conductor's next order to this rank arrives, then copies it. Every world rank
 * except 0 calls it. RXT_ENVIRONMENT if the first rank of this node, which would wake this one, is
 * gone: then the world can only be aborted. */
rxt_status rxt_comm_park(rxt_comm *world, void *order, size_t size);

#endif
