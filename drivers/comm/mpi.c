/* mpi.c - the ranks, by MPI: the world, its nodes, and the comms of splits. Only the files
 * comm/mpi* of the drivers call MPI; comm/self.c replaces them in a build without MPI. */
#include "comm/mpi.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "machine/launcher.h"

static rxt_status same_world(int size)
{
    rxt_launcher launcher = rxt_launcher_find();

    if (launcher.ranks == size || size > 1)
        return RXT_OK;
    return rxt_status_of(RXT_ENVIRONMENT,
                         "%s started %d ranks, but MPI sees %d separate worlds of one rank; use "
                         "the launcher of the MPI that this program was built with",
                         launcher.name, launcher.ranks, launcher.ranks);
}

static int compare(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

/* Allocates all memory before the collective calls, so that no rank fails between two of them. */
static rxt_status take_memory(rxt_comm *world)
{
    size_t ranks = (size_t)world->size;

    world->leader = malloc(ranks * sizeof *world->leader);
    world->names = calloc(ranks, sizeof *world->names);
    world->mailbox = calloc(ranks, sizeof *world->mailbox);
    if (world->leader && world->names && world->mailbox)
        return RXT_OK;
    return rxt_status_no_memory("for a list of %d ranks", world->size);
}

/* Numbers the nodes by the lowest world rank on them, and finds the node of this rank. */
static void find_nodes(rxt_comm *world)
{
    int first = world->rank;

    MUST(world, MPI_Comm_split_type(world->comm, MPI_COMM_TYPE_SHARED, world->rank, MPI_INFO_NULL,
                                    &world->node_comm));
    MUST(world, MPI_Comm_rank(world->node_comm, &world->node_rank));
    MUST(world, MPI_Comm_size(world->node_comm, &world->node_size));
    MUST(world, MPI_Bcast(&first, 1, MPI_INT, 0, world->node_comm));
    MUST(world, MPI_Allgather(&first, 1, MPI_INT, world->leader, 1, MPI_INT, world->comm));
    qsort(world->leader, (size_t)world->size, sizeof *world->leader, compare);
    for (int r = 0; r < world->size; r++)
        if (world->nodes == 0 || world->leader[r] != world->leader[world->nodes - 1])
            world->leader[world->nodes++] = world->leader[r];
    for (int n = 0; n < world->nodes; n++)
        if (world->leader[n] == first)
            world->node = n;
    MUST(world,
         MPI_Allreduce(&world->node_size, &world->node_ranks, 1, MPI_INT, MPI_MIN, world->comm));
}

static void find_names(rxt_comm *world)
{
    char mine[NAME] = "";

    gethostname(mine, sizeof mine - 1);
    mine[strcspn(mine, ".")] = '\0';
    for (int n = 0; n < world->nodes; n++) {
        memcpy(world->names[n], mine, NAME);
        MUST(world, MPI_Bcast(world->names[n], NAME, MPI_CHAR, world->leader[n], world->comm));
    }
}

/* Open MPI aligns the memory of a shared window to less than the 16 bytes of a vector. Each rank
 * maps whole pages, so all ranks round an address up to the same place. */
static rxt_park *aligned(rxt_park *memory)
{
    uintptr_t address = (uintptr_t)memory;

    return (rxt_park *)((address + RXT_PARK_ALIGNED - 1) / RXT_PARK_ALIGNED * RXT_PARK_ALIGNED);
}

/* The mailboxes lie in a shared window of the node. The node's first rank wakes its other ranks.
 * These check that the process of the first rank still lives. A rank that cannot see this process
 * does not check: containers may hide it. */
static rxt_status make_mailboxes(rxt_comm *world)
{
    size_t own = rxt_park_size() + RXT_PARK_ALIGNED;
    rxt_status st =
        rxt_comm_agree(world, rxt_comm_find_room((double)own * (double)world->node_size,
                                                 world->node_rank == 0 && world->node_size > 1));
    rxt_park *mine = NULL;
    MPI_Aint bytes = 0;
    int unit = 1;

    if (st)
        return st;

    rxt_comm_allocate(world, world->node_comm, own, &mine, &world->window);
    if (!rxt_park_make(aligned(mine)))
        st = rxt_status_of(RXT_ENVIRONMENT, "cannot create a semaphore for a sleeping rank (%s)",
                           strerror(errno));
    st = rxt_comm_agree(world, st);
    for (int r = 0; r < world->node_size; r++) {
        MUST(world, MPI_Win_shared_query(world->window, r, &bytes, &unit, &world->mailbox[r]));
        world->mailbox[r] = aligned(world->mailbox[r]);
    }
    world->watching = rxt_park_lives(world->mailbox[0]);
    return st;
}

static rxt_status start(rxt_comm *world)
{
    int offered = MPI_THREAD_SINGLE;

    rxt_comm_start(world, &offered);
    world->comm = MPI_COMM_WORLD;
    MUST(world, MPI_Comm_rank(world->comm, &world->rank));
    MUST(world, MPI_Comm_size(world->comm, &world->size));
    MUST(world, MPI_Comm_get_parent(&world->parent));
    if (offered < MPI_THREAD_FUNNELED)
        return rxt_status_of(
            RXT_ENVIRONMENT,
            "this MPI offers thread level %d, below FUNNELED (%d); use an MPI built "
            "with threads",
            offered, MPI_THREAD_FUNNELED);
    return same_world(world->size);
}

/* Allocates the world after MPI has started, so that all ranks learn it if one rank has no
 * memory. */
static rxt_status take_world(const rxt_comm *here, rxt_comm **out)
{
    rxt_comm *world = *out = malloc(sizeof *world);
    rxt_status st = world ? RXT_OK : rxt_status_no_memory("for the communicator of this job");

    if (world)
        *world = *here;
    st = rxt_comm_agree(here, st);
    if (!world)
        MUST(here, MPI_Finalize());
    return st;
}

rxt_status rxt_comm_open(const rxt_comm_end *end, rxt_comm **out)
{
    rxt_comm here = { .is_world = true,
                      .rank = rxt_launcher_find().rank, /* until MPI_Comm_rank */
                      .parent = MPI_COMM_NULL,
                      .node_comm = MPI_COMM_NULL,
                      .window = MPI_WIN_NULL };
    rxt_comm *world;
    rxt_status st, fit;

    if (end)
        here.end = *end;
    fit = start(&here);
    st = take_world(&here, out);
    world = *out;
    st = rxt_status_first(fit, st);
    if (!st && world->parent != MPI_COMM_NULL)
        return RXT_OK; /* a spawned rank needs no more: it only reports, and ends */
    if (!st)
        st = rxt_comm_agree(world, take_memory(world));
    if (st)
        return st;
    find_nodes(world);
    find_names(world);
    return make_mailboxes(world);
}

static void free_world(rxt_comm *world)
{
    if (world->parent != MPI_COMM_NULL)
        rxt_comm_greet(world);
    if (world->window != MPI_WIN_NULL) {
        rxt_park_free(world->mailbox[world->node_rank]);
        MUST(world, MPI_Win_free(&world->window));
    }
    if (world->node_comm != MPI_COMM_NULL)
        MUST(world, MPI_Comm_free(&world->node_comm));
    free(world->mailbox);
    free(world->names);
    free(world->leader);
    MUST(world, MPI_Finalize());
}

void rxt_comm_close(rxt_comm *comm)
{
    if (!comm)
        return;
    for (int i = 0; i < comm->operations; i++) {
        MUST(comm, MPI_Op_free(&comm->operation[i].op));
        MUST(comm, MPI_Type_free(&comm->operation[i].type));
    }
    rxt_comm_close_transports(comm);
    if (comm->is_world)
        free_world(comm);
    else
        MUST(comm, MPI_Comm_free(&comm->comm));
    free(comm);
}

bool rxt_comm_many(void)
{
    return true;
}

int rxt_comm_rank(const rxt_comm *comm)
{
    return comm->rank;
}

int rxt_comm_size(const rxt_comm *comm)
{
    return comm->size;
}

int rxt_comm_node(const rxt_comm *comm)
{
    return comm->node;
}

int rxt_comm_nodes(const rxt_comm *comm)
{
    return comm->nodes;
}

int rxt_comm_node_rank(const rxt_comm *comm)
{
    return comm->node_rank;
}

int rxt_comm_node_ranks(const rxt_comm *comm)
{
    return comm->node_ranks;
}

const char *rxt_comm_node_name(const rxt_comm *comm, int node)
{
    return comm->names[node];
}

/* The library's text is "Open MPI v4.1.4, package: …" or "MPICH Version: 4.0.2\n…". Takes the
 * name and the first number. */
void rxt_comm_version(char text[64])
{
    char library[MPI_MAX_LIBRARY_VERSION_STRING] = "";
    int length = 0;
    size_t digit, name;

    if (MPI_Get_library_version(library, &length) || !library[0]) {
        snprintf(text, 64, "%s", RXT_COMM_UNKNOWN);
        return;
    }
    digit = strcspn(library, "0123456789");
    name = strcspn(library, "\t:,");
    if (strncmp(library, "Open MPI", 8) == 0)
        name = 8;
    else if (name > 6 && strncmp(library, "MPICH ", 6) == 0)
        name = 5;
    snprintf(text, 64, "%.*s %.*s", (int)name, library, (int)strcspn(library + digit, ", \n"),
             library + digit);
}

rxt_status rxt_comm_part(const rxt_comm *world, int nodes, int per_node, rxt_comm **part)
{
    bool member = world->node < nodes && world->node_rank < per_node;
    rxt_comm *new = calloc(1, sizeof *new);
    rxt_status st = new ? RXT_OK : rxt_status_no_memory("for a communicator");

    *part = NULL;
    st = rxt_comm_agree(world, st);
    if (st) {
        free(new);
        return st;
    }
    *new = (rxt_comm){ .node = world->node,
                       .nodes = nodes,
                       .node_rank = world->node_rank,
                       .node_ranks = per_node,
                       .names = world->names,
                       .end = world->end };
    MUST(world, MPI_Comm_split(world->comm, member ? 0 : MPI_UNDEFINED,
                               world->node * per_node + world->node_rank, &new->comm));
    if (!member) {
        free(new);
        return RXT_OK;
    }
    MUST(world, MPI_Comm_rank(new->comm, &new->rank));
    MUST(world, MPI_Comm_size(new->comm, &new->size));
    *part = new;
    return RXT_OK;
}

void rxt_comm_barrier(const rxt_comm *comm)
{
    if (comm->size > 1)
        MUST(comm, MPI_Barrier(comm->comm));
}

void rxt_comm_max(const rxt_comm *comm, int count, double values[])
{
    if (comm->size > 1)
        MUST(comm, MPI_Allreduce(MPI_IN_PLACE, values, count, MPI_DOUBLE, MPI_MAX, comm->comm));
}

void rxt_comm_gather(const rxt_comm *comm, int count, int all[])
{
    MUST(comm, MPI_Allgather(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, all, count, MPI_INT, comm->comm));
}

void rxt_comm_node_or(const rxt_comm *comm, unsigned char *bits, int bytes)
{
    MUST(comm,
         MPI_Allreduce(MPI_IN_PLACE, bits, bytes, MPI_UNSIGNED_CHAR, MPI_BOR, comm->node_comm));
}

rxt_status rxt_comm_agree(const rxt_comm *comm, rxt_status mine)
{
    rxt_problem problem = { .code = RXT_DONE };
    int who = mine ? comm->rank : comm->size;

    MUST(comm, MPI_Allreduce(MPI_IN_PLACE, &who, 1, MPI_INT, MPI_MIN, comm->comm));
    if (who == comm->size)
        return RXT_OK;
    if (who == comm->rank)
        problem = *mine;
    MUST(comm, MPI_Bcast(&problem, sizeof problem, MPI_BYTE, who, comm->comm));
    rxt_status_free(mine);
    return rxt_status_of(problem.code, "%s", problem.text);
}
