/* peer_file.h - opens a file or pipe that another rank on the same node has open. The file or pipe
 * need not have a name. */
#ifndef PEER_FILE_H
#define PEER_FILE_H

#include "comm/comm.h"

/* Rank 0 passes its descriptor `own`. Rank 1 gets in *lent a new descriptor of the same pipe or
 * file, opened with `flags` of open(2), and must close it. On rank 0 *lent is -1. RXT_USAGE if rank
 * 1 cannot see rank 0's process. Requires a comm of two ranks on one node. Collective. */
rxt_status rxt_peer_file_open(const rxt_comm *comm, int own, int flags, int *lent);

#endif
