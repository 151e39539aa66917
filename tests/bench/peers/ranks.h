/* ranks.h - merges a double over the ranks of the job: through the shared window, and by
 * MPI_Allreduce. Two implementations, of which the build chooses one: ranks_mpi.c, ranks_none.c. */
#ifndef PEERS_RANKS_H
#define PEERS_RANKS_H

#include "rows.h"

/* Runs the row `window`, which needs mpirun. Collective over all ranks started; rank 0 prints. */
rxt_status peers_ranks_run(const peers_bench *, const peers_row *, FILE *, peers_format);

#endif
