/* ranks.h - a double merged over the ranks of the job: through the shared window, and by
 * MPI_Allreduce. Twins, and the build chooses: ranks_mpi.c, ranks_none.c. */
#ifndef PEERS_RANKS_H
#define PEERS_RANKS_H

#include "rows.h"

/* The row `window`: the one that runs under mpirun. Collective over all ranks started; rank 0
 * prints. */
rxt_status peers_ranks_run(const peers_bench *, const peers_row *, FILE *, peers_format);

#endif
