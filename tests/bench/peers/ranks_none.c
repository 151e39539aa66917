/* ranks_none.c - the twin of ranks_mpi.c in a build without MPI: there is one rank. */
#include "ranks.h"

rxt_status peers_ranks_run(const peers_bench *bench, const peers_row *row, FILE *file,
                           peers_format format)
{
    (void)bench;
    peers_figure_none(file, format, row->name, "built without MPI");
    return RXT_OK;
}
