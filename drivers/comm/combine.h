/* combine.h - the ways to reduce the ranks' partial results to one result.
 *
 * Each way has one line here, WAY(constant, name, help), and one file comm/mpi_….c, which defines
 * its transport rxt_transport_NAME (comm/mpi.h). The first way is the default. */
#ifndef RXT_COMBINE_H
#define RXT_COMBINE_H

#include "base/vocabulary.h"

#define RXT_COMBINE_WAYS(WAY)         \
    WAY(MPI, mpi, "by MPI_Allreduce") \
    WAY(WINDOW, window, "in memory that a node's ranks share; between nodes by MPI")

#define RXT_COMBINE_CONSTANT(constant, name, help) RXT_COMBINE_##constant,
typedef enum rxt_combine { RXT_COMBINE_WAYS(RXT_COMBINE_CONSTANT) RXT_COMBINES } rxt_combine;
#undef RXT_COMBINE_CONSTANT

/* A build without MPI has the same words, because it reads result files of builds with MPI. */
extern const rxt_vocabulary rxt_combine_vocabulary;

/* The way's name in rows; "-" in a build without MPI. Local. */
const char *rxt_combine_name(rxt_combine combine);

#endif
