/* mpi.h - the ranks of a split, for a kernel that communicates in its calls.
 *
 * Such a kernel has `run` instead of `loop`: each rank calls it once, from the thread that may call
 * MPI (MPI_THREAD_FUNNELED), and `run` starts slab->threads threads itself. It must also work with
 * one rank, which has no neighbours, and on a rank without elements; no neighbour communicates with
 * such a rank. A message that is sent in a call must be received in the same call. */
#ifndef RXT_MPI_H
#define RXT_MPI_H

#include <mpi.h>

#include <rxt/kernel.h>

/* The split's ranks in the order of their slabs: this rank is slab->rank of slab->ranks. The
 * communicator belongs to the study: a kernel neither frees it nor changes its error handler
 * (MPI_ERRORS_RETURN). Local. */
MPI_Comm rxt_mpi_comm(const rxt_slab *slab);

/* The ranks with the elements just below and just above this slab; MPI_PROC_NULL if there is no
 * such rank. Local. */
int rxt_mpi_below(const rxt_slab *slab);
int rxt_mpi_above(const rxt_slab *slab);

/* For an MPI call that must not fail: RXT_MPI_MUST(slab, MPI_Barrier(comm)). If it fails, the job
 * is aborted with a message that names the call, because the other ranks could wait for this one
 * for ever. */
#define RXT_MPI_MUST(slab, call) rxt_mpi_must(slab, call, #call)
void rxt_mpi_must(const rxt_slab *slab, int error, const char *call);

#endif
