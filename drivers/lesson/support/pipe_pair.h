/* pipe_pair.h - two pipes between two ranks of a node, one for each direction, without names. */
#ifndef PIPE_PAIR_H
#define PIPE_PAIR_H

#include <signal.h>
#include <stdbool.h>

#include "comm/comm.h"

typedef struct rxt_pipe_pair {
    int out, in;                    /* -1: not open                                    */
    struct sigaction closed, large; /* what SIGPIPE and SIGXFSZ did before             */
} rxt_pipe_pair;

/* While they are open, a failed write is an error and not a signal, both if the other rank is
 * gone and if a file exceeds its limit. RXT_ENVIRONMENT without descriptors. To be closed also
 * when opening failed. Requires a comm of two ranks on one node. Collective. */
rxt_status rxt_pipe_pair_open(const rxt_comm *comm, rxt_pipe_pair *pipes);
void rxt_pipe_pair_close(rxt_pipe_pair *pipes); /* local */

/* Writes or reads all bytes and sleeps in the kernel meanwhile. False, with errno (0: the other
 * end was closed), if the other rank is gone or the call failed: then this end is closed, too,
 * so that the other rank does not wait for the rest. */
bool rxt_pipe_pair_write(rxt_pipe_pair *pipes, const void *bytes, size_t size);
bool rxt_pipe_pair_read(rxt_pipe_pair *pipes, void *bytes, size_t size);

/* Says so, from errno. */
rxt_status rxt_pipe_pair_trouble(void);

#endif
