/* mpi_kernel.c - a split's ranks as a kernel that communicates sees them.
 *
 * Parts of the whole that have no elements are the last ones (kernels/support/slab.c), so the
 * neighbour of a slab that has some is the next rank, or nobody. */
#include <rxt/mpi.h>

#include "comm/mpi.h"

MPI_Comm rxt_mpi_comm(const rxt_slab *slab)
{
    return slab->comm->comm;
}

int rxt_mpi_below(const rxt_slab *slab)
{
    return slab->n > 0 && slab->first > 0 ? slab->rank - 1 : MPI_PROC_NULL;
}

int rxt_mpi_above(const rxt_slab *slab)
{
    return slab->n > 0 && slab->first + slab->n < slab->total ? slab->rank + 1 : MPI_PROC_NULL;
}

void rxt_mpi_must(const rxt_slab *slab, int error, const char *call)
{
    rxt_comm_must(slab->comm, error, call);
}
