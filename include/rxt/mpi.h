/* mpi.h - the ranks of a split, for a kernel that communicates inside.
 *
 * Such a kernel has `run` in place of `loop`: each rank calls it once, from the thread that may
 * call MPI (MPI_THREAD_FUNNELED), and it starts slab->threads threads itself. It may be called with
 * one rank, which has nobody to talk to, and on a rank without elements, which no neighbour talks
 * to. What is sent in a call must be received in the same call. */
#ifndef RXT_MPI_H
#define RXT_MPI_H

#include <mpi.h>

#include <rxt/kernel.h>

/* The split's ranks in the order of their slabs: this one is slab->rank of slab->ranks. The study's
 * own: a kernel neither frees it nor changes its error handler, which returns. Local. */
MPI_Comm rxt_mpi_comm(const rxt_slab *slab);

/* The rank that has the elements below this slab's, and that above; MPI_PROC_NULL where there is
 * none. Local. */
int rxt_mpi_below(const rxt_slab *slab);
int rxt_mpi_above(const rxt_slab *slab);

/* For a call of MPI that must not fail: RXT_MPI_MUST(slab, MPI_Barrier(comm)). Where it does, the
 * job ends with a line that names it: the other ranks may wait for this one for ever. */
#define RXT_MPI_MUST(slab, call) rxt_mpi_must(slab, call, #call)
void rxt_mpi_must(const rxt_slab *slab, int error, const char *call);

#endif
