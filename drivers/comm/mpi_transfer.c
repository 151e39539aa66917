/* mpi_transfer.c - moves bytes between ranks: by messages, or through memory that the ranks of a
 * node share. */
#include "comm/mpi.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/statvfs.h>

#include "machine/cpus.h"

enum {
    FAR = 128,     /* bytes; alignment: a cache line and its prefetched neighbour */
    MOST = 1 << 30 /* bytes of one message; MPI counts in an int */
};

struct rxt_shared {
    const rxt_comm *owner;
    MPI_Comm comm; /* a duplicate of the owner's comm */
    MPI_Win window;
};

static size_t part_of(size_t size)
{
    return size < MOST ? size : MOST;
}

void rxt_comm_send(const rxt_comm *comm, int to, const void *bytes, size_t size)
{
    const char *from = bytes;

    do {
        size_t part = part_of(size);

        MUST(comm, MPI_Send(from, (int)part, MPI_BYTE, to, 0, comm->comm));
        from += part;
        size -= part;
    } while (size > 0);
}

void rxt_comm_receive(const rxt_comm *comm, int from, void *bytes, size_t size)
{
    char *to = bytes;

    do {
        size_t part = part_of(size);

        MUST(comm, MPI_Recv(to, (int)part, MPI_BYTE, from, 0, comm->comm, MPI_STATUS_IGNORE));
        to += part;
        size -= part;
    } while (size > 0);
}

/* Open MPI and MPICH keep shared memory in /dev/shm, and neither checks its free space. Without
 * this check the first write would raise SIGBUS or exhaust the node's memory. */
rxt_status rxt_comm_find_room(double bytes, bool makes)
{
    const double header = 4 * 4096; /* bytes: MPI keeps data of its own in the same file */
    struct statvfs there;
    struct rlimit file;
    double wanted = (bytes + header) / 1e6, memory = rxt_cpus_memory("", NULL) / 1e6,
           left = INFINITY;

    if (statvfs("/dev/shm", &there) == 0)
        left = (double)there.f_bavail * (double)there.f_frsize / 1e6;
    if (wanted > left)
        return rxt_status_of(
            RXT_ENVIRONMENT,
            "/dev/shm has %.3g MB left, but the ranks need %.3g MB of shared memory there; remove "
            "files there, or make it larger (mount -o remount,size=…)",
            left, wanted);
    if (makes && getrlimit(RLIMIT_FSIZE, &file) == 0 && file.rlim_cur != RLIM_INFINITY &&
        bytes + header > (double)file.rlim_cur)
        return rxt_status_of(RXT_ENVIRONMENT,
                             "a file may have at most %.3g MB, but the ranks need %.3g MB of "
                             "shared memory in a file of /dev/shm; see ulimit -f",
                             (double)file.rlim_cur / 1e6, wanted);
    if (wanted > memory)
        return rxt_status_of(RXT_ENVIRONMENT,
                             "the ranks need %.3g MB of shared memory, but this node has %.3g MB "
                             "of memory left; choose a smaller size",
                             wanted, memory);
    return RXT_OK;
}

void rxt_comm_allocate(const rxt_comm *comm, MPI_Comm over, size_t own, void *memory,
                       MPI_Win *window)
{
    rxt_comm_must(comm,
                  MPI_Win_allocate_shared((MPI_Aint)own, 1, MPI_INFO_NULL, over, memory, window),
                  "MPI_Win_allocate_shared, which uses /dev/shm,");
}

/* The memory of a window is not aligned to a cache line. Each rank maps whole pages, so all ranks
 * round up to the same place. */
static void *first_of(const rxt_comm *comm, const rxt_shared *s)
{
    MPI_Aint bytes = 0;
    void *memory = NULL;
    int unit = 1;

    MUST(comm, MPI_Win_shared_query(s->window, 0, &bytes, &unit, &memory));
    return (void *)(((uintptr_t)memory + FAR - 1) / FAR * FAR);
}

rxt_status rxt_comm_share(const rxt_comm *comm, size_t bytes, rxt_shared **out, void **memory)
{
    rxt_shared *s = malloc(sizeof *s);
    void *first = NULL;
    rxt_status st = s ? rxt_comm_find_room((double)bytes + FAR, comm->rank == 0 && comm->size > 1)
                      : rxt_status_no_memory("for a window of shared memory");

    *out = s;
    *memory = NULL;
    if (s)
        *s = (rxt_shared){ .owner = comm, .comm = MPI_COMM_NULL, .window = MPI_WIN_NULL };
    st = rxt_comm_agree(comm, st);
    if (st)
        return st;
    MUST(comm, MPI_Comm_dup(comm->comm, &s->comm));
    rxt_comm_allocate(comm, s->comm, comm->rank == 0 ? bytes + FAR : 0, &first, &s->window);
    *memory = first_of(comm, s);
    if (comm->rank == 0)
        memset(*memory, 0, bytes);
    MUST(comm, MPI_Barrier(s->comm));
    return RXT_OK;
}

void rxt_comm_unshare(rxt_shared *s)
{
    if (!s)
        return;
    if (s->window != MPI_WIN_NULL)
        MUST(s->owner, MPI_Win_free(&s->window));
    if (s->comm != MPI_COMM_NULL)
        MUST(s->owner, MPI_Comm_free(&s->comm));
    free(s);
}
