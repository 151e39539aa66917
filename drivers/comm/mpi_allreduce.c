/* mpi_allreduce.c - merges the ranks' partial results with MPI_Allreduce. */
#include "comm/mpi.h"

void rxt_comm_allreduce(const rxt_comm *comm, MPI_Comm over, const rxt_merge *merge, void *partial)
{
    const operation *own;

    if (merge->size == 0) {
        MUST(comm, MPI_Barrier(over));
        return;
    }
    if (merge->native == RXT_NATIVE_SUM) {
        MUST(comm, MPI_Allreduce(MPI_IN_PLACE, partial, 1, MPI_DOUBLE, MPI_SUM, over));
        return;
    }
    own = rxt_comm_operation(comm, merge);
    MUST(comm, MPI_Allreduce(MPI_IN_PLACE, partial, 1, own->type, own->op, over));
}

static void combine(const rxt_comm *comm, void *state, const rxt_merge *merge, void *partial)
{
    (void)state;
    rxt_comm_allreduce(comm, comm->comm, merge, partial);
}

const rxt_transport rxt_transport_mpi = { .combine = combine };
