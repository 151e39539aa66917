/* mpi_kernel.c - the comm of a split for kernels that call MPI themselves, and a slab's neighbours.
 *
 * Only the last ranks have slabs without elements (kernels/support/slab.c). So the neighbour above
 * a slab that has elements is on the next rank, or does not exist. */
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
