/* self.c - the ranks of a build without MPI: this process, alone on its node.
 *
 * The twin of comm/mpi*.c, for builds with -DRXT_MPI=OFF. A single rank has nobody to
 * communicate with, so most functions do nothing. */
#include "comm/comm.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "machine/launcher.h"

enum { NAME = 64, LINE = 128 };

struct rxt_comm {
    char name[NAME];
};

static rxt_comm *alone(void)
{
    rxt_comm *comm = calloc(1, sizeof *comm);

    if (!comm)
        return NULL;
    gethostname(comm->name, sizeof comm->name - 1);
    comm->name[strcspn(comm->name, ".")] = '\0';
    return comm;
}

rxt_status rxt_comm_open(const rxt_comm_end *end, rxt_comm **world)
{
    rxt_launcher launcher = rxt_launcher_find();

    (void)end;
    *world = NULL;
    if (launcher.ranks > 1)
        return rxt_status_of(
            RXT_ENVIRONMENT,
            "%s started %d ranks, but this build has no MPI: they are %d separate worlds of one "
            "rank; start it without a launcher, or build with -DRXT_MPI=ON",
            launcher.name, launcher.ranks, launcher.ranks);
    *world = alone();
    return *world ? RXT_OK : rxt_status_no_memory("for the communicator of this job");
}

void rxt_comm_close(rxt_comm *comm)
{
    free(comm);
}

/* There is no other rank to end; the caller ends the process. */
void rxt_comm_abort(int code)
{
    (void)code;
}

bool rxt_comm_spawned(const rxt_comm *world)
{
    (void)world;
    return false;
}

rxt_status rxt_comm_spawn(const rxt_comm *comm, int count, int *ran)
{
    (void)comm;
    *ran = 0;
    return count == 0
               ? RXT_OK
               : rxt_status_of(
                     RXT_USAGE,
                     "this build has no MPI and cannot start ranks; build with -DRXT_MPI=ON");
}

void rxt_comm_oversubscribe(void)
{
}

bool rxt_comm_many(void)
{
    return false;
}

int rxt_comm_rank(const rxt_comm *comm)
{
    (void)comm;
    return 0;
}

int rxt_comm_size(const rxt_comm *comm)
{
    (void)comm;
    return 1;
}

int rxt_comm_node(const rxt_comm *comm)
{
    (void)comm;
    return 0;
}

int rxt_comm_nodes(const rxt_comm *comm)
{
    (void)comm;
    return 1;
}

int rxt_comm_node_rank(const rxt_comm *comm)
{
    (void)comm;
    return 0;
}

int rxt_comm_node_ranks(const rxt_comm *comm)
{
    (void)comm;
    return 1;
}

const char *rxt_comm_node_name(const rxt_comm *comm, int node)
{
    (void)node;
    return comm->name;
}

void rxt_comm_version(char text[64])
{
    snprintf(text, 64, "no MPI");
}

rxt_status rxt_comm_part(const rxt_comm *world, int nodes, int per_node, rxt_comm **part)
{
    (void)world, (void)nodes, (void)per_node;
    *part = alone();
    return *part ? RXT_OK : rxt_status_no_memory("for a communicator");
}

void rxt_comm_barrier(const rxt_comm *comm)
{
    (void)comm;
}

rxt_status rxt_comm_ready(rxt_comm *comm, rxt_combine combine, const rxt_merge *merge)
{
    (void)comm, (void)combine, (void)merge;
    return RXT_OK;
}

void rxt_comm_draw(rxt_comm *comm, rxt_combine combine, int epoch)
{
    (void)comm, (void)combine, (void)epoch;
}

void rxt_comm_combine(const rxt_comm *comm, rxt_combine combine, const rxt_merge *merge,
                      void *partial)
{
    (void)comm, (void)combine, (void)merge, (void)partial;
}

void rxt_comm_max(const rxt_comm *comm, int count, double values[])
{
    (void)comm, (void)count, (void)values;
}

void rxt_comm_gather(const rxt_comm *comm, int count, int all[])
{
    (void)comm, (void)count, (void)all;
}

void rxt_comm_node_or(const rxt_comm *world, unsigned char *bits, int bytes)
{
    (void)world, (void)bits, (void)bytes;
}

rxt_status rxt_comm_agree(const rxt_comm *comm, rxt_status mine)
{
    (void)comm;
    return mine;
}

/* No other rank exists, so any call is an error of the program. */
void rxt_comm_send(const rxt_comm *comm, int to, const void *bytes, size_t size)
{
    (void)comm, (void)to, (void)bytes, (void)size;
    assert(to < 0);
}

void rxt_comm_receive(const rxt_comm *comm, int from, void *bytes, size_t size)
{
    (void)comm, (void)from, (void)bytes, (void)size;
    assert(from < 0);
}

rxt_status rxt_comm_share(const rxt_comm *comm, size_t bytes, rxt_shared **shared, void **memory)
{
    (void)comm;
    *memory = aligned_alloc(LINE, (bytes / LINE + 1) * LINE);
    *shared = *memory;
    if (!*memory)
        return rxt_status_no_memory("for %zu bytes", bytes);
    memset(*memory, 0, bytes);
    return RXT_OK;
}

void rxt_comm_unshare(rxt_shared *shared)
{
    free(shared);
}

void rxt_comm_order(rxt_comm *world, int nodes, int per_node, const void *order, size_t size)
{
    (void)world, (void)nodes, (void)per_node, (void)order, (void)size;
}

/* Rank 0 never sleeps, and no other rank exists to wake it. */
rxt_status rxt_comm_park(rxt_comm *world, void *order, size_t size)
{
    (void)world, (void)order, (void)size;
    return rxt_status_of(RXT_ENVIRONMENT,
                         "this build has no MPI: no other rank could wake a sleeping one");
}
