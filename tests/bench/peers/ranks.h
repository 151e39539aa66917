/* ranks.h - merges a double over the ranks of the job: through the shared window, and by
 * MPI_Allreduce. The build selects one of two implementations: ranks_mpi.c, or ranks_none.c without
 * MPI. */
#ifndef PEERS_RANKS_H
#define PEERS_RANKS_H

#include "rows.h"

/* Runs the row `window`, which needs mpirun. Collective over all ranks started; rank 0 prints. */
rxt_status peers_ranks_run(const peers_bench *, const peers_row *, FILE *, peers_format);

#endif
