/* peer_file.h - what one rank has open, opened by another on the same node, without a name. */
#ifndef PEER_FILE_H
#define PEER_FILE_H

#include "comm/comm.h"

/* Rank 0 has `own` open; rank 1 gets *lent, the same pipe or file, opened with these flags of
 * open(2), and closes it. On rank 0 *lent is -1. RXT_USAGE where rank 1 cannot see rank 0's
 * process. Requires a comm of two ranks on one node. Collective. */
rxt_status rxt_peer_file_open(const rxt_comm *comm, int own, int flags, int *lent);

#endif
