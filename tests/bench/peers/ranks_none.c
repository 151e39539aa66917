/* ranks_none.c - replaces ranks_mpi.c in a build without MPI, where there is only one rank. */
#include "ranks.h"

rxt_status peers_ranks_run(const peers_bench *bench, const peers_row *row, FILE *file,
                           peers_format format)
{
    (void)bench;
    peers_figure_none(file, format, row->name, "built without MPI");
    return RXT_OK;
}
