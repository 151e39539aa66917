/* mpi_end.c - ends the job when MPI fails.
 *
 * When an MPI call fails on one rank, the ranks cannot agree on a status: the others may wait for
 * this rank inside MPI for ever. So MUST checks every call, and the first failure prints one line
 * and ends the job. */
#include "comm/mpi.h"

#include <stdio.h>
#include <string.h>

/* True between MPI_Init and MPI_Finalize. At other times most MPI functions must not be called. */
static bool is_up(void)
{
    int begun = 0, over = 1;

    MPI_Initialized(&begun);
    MPI_Finalized(&over);
    return begun && !over;
}

void rxt_comm_abort(int code)
{
    if (is_up())
        MPI_Abort(MPI_COMM_WORLD, code);
}

/* `call` is e.g. "MPI_Barrier(comm->comm)". The message has only the function's name, and MPI's
 * text for the error. */
void rxt_comm_lose(const rxt_comm *comm, int error, const char *call)
{
    char why[MPI_MAX_ERROR_STRING] = "", text[RXT_STATUS_TEXT];
    int length = 0;

    if (!is_up() || MPI_Error_string(error, why, &length) || !why[0])
        snprintf(why, sizeof why, "error %d", error);
    snprintf(text, sizeof text, "%.*s failed on rank %d (%.200s); the job is ended",
             (int)strcspn(call, "("), call, comm->rank, why);
    if (comm->end.tell)
        comm->end.tell(comm->end.arg, comm->rank, text);
    rxt_comm_abort(RXT_ENVIRONMENT);
    __builtin_trap();
}
