/* comm_mpi_hand.c - bytes from one rank to another: as a message, or in memory of the node that
 * both have. */
#include "comm_mpi.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

#include <rxt/cpus.h>

enum {
    FAR = 128,     /* bytes that two ranks must not share: a line, and its neighbour */
    MOST = 1 << 30 /* bytes of a message; MPI counts in an int                        */
};

struct rxt_shared {
    MPI_Comm comm; /* the ranks' own, whose errors return */
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

        MPI_Send(from, (int)part, MPI_BYTE, to, 0, comm->comm);
        from += part;
        size -= part;
    } while (size > 0);
}

void rxt_comm_receive(const rxt_comm *comm, int from, void *bytes, size_t size)
{
    char *to = bytes;

    do {
        size_t part = part_of(size);

        MPI_Recv(to, (int)part, MPI_BYTE, from, 0, comm->comm, MPI_STATUS_IGNORE);
        to += part;
        size -= part;
    } while (size > 0);
}

/* Both MPIs keep such memory in /dev/shm, and neither asks whether there is room for all of it:
 * that would be found out when the memory is written, by a SIGBUS, or by a node that has none left.
 */
static rxt_status find_room(size_t bytes)
{
    struct statvfs there;
    double wanted = (double)bytes / 1e6, memory = rxt_cpus_memory("", NULL) / 1e6, left = INFINITY;

    if (statvfs("/dev/shm", &there) == 0)
        left = (double)there.f_bavail * (double)there.f_frsize / 1e6;
    if (wanted > left)
        return rxt_status_of(RXT_ENVIRONMENT,
                             "/dev/shm has %.3g MB left, and ranks would share %.3g MB there; free "
                             "some of it, or make it larger (mount -o remount,size=…)",
                             left, wanted);
    if (wanted > memory)
        return rxt_status_of(RXT_ENVIRONMENT,
                             "ranks would share %.3g MB, and this node has %.3g MB of memory left; "
                             "choose a smaller size",
                             wanted, memory);
    return RXT_OK;
}

static rxt_status allocate(const rxt_comm *comm, rxt_shared *s, size_t bytes)
{
    MPI_Aint own = comm->rank == 0 ? (MPI_Aint)bytes : 0;
    void *memory = NULL;

    if (MPI_Win_allocate_shared(own, 1, MPI_INFO_NULL, s->comm, &memory, &s->window) == MPI_SUCCESS)
        return RXT_OK;
    s->window = MPI_WIN_NULL;
    return rxt_status_of(RXT_ENVIRONMENT,
                         "MPI has no %.3g MB of memory that %d ranks could share; see /dev/shm",
                         (double)bytes / 1e6, comm->size);
}

/* Window memory is not aligned to a line; pages being mapped whole, all ranks round alike. */
static void *first_of(const rxt_shared *s)
{
    MPI_Aint bytes = 0;
    void *memory = NULL;
    int unit = 1;

    MPI_Win_shared_query(s->window, 0, &bytes, &unit, &memory);
    return (void *)(((uintptr_t)memory + FAR - 1) / FAR * FAR);
}

rxt_status rxt_comm_share(const rxt_comm *comm, size_t bytes, rxt_shared **out, void **memory)
{
    rxt_shared *s = malloc(sizeof *s);
    rxt_status st = s ? find_room(bytes + FAR)
                      : rxt_status_of(RXT_ENVIRONMENT, "no memory to share memory with");

    *out = s;
    *memory = NULL;
    if (s)
        *s = (rxt_shared){ .comm = MPI_COMM_NULL, .window = MPI_WIN_NULL };
    st = rxt_comm_agree(comm, st);
    if (st)
        return st;
    MPI_Comm_dup(comm->comm, &s->comm);
    MPI_Comm_set_errhandler(s->comm, MPI_ERRORS_RETURN);
    st = rxt_comm_agree(comm, allocate(comm, s, bytes + FAR));
    if (st) {
        s->window = MPI_WIN_NULL; /* to free it takes all, and not all have it */
        return st;
    }
    *memory = first_of(s);
    if (comm->rank == 0)
        memset(*memory, 0, bytes);
    MPI_Barrier(s->comm);
    return RXT_OK;
}

void rxt_comm_unshare(rxt_shared *s)
{
    if (!s)
        return;
    if (s->window != MPI_WIN_NULL)
        MPI_Win_free(&s->window);
    if (s->comm != MPI_COMM_NULL)
        MPI_Comm_free(&s->comm);
    free(s);
}
