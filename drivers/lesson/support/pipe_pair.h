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

/* Until they are closed, a write that cannot be done fails and is no signal: neither where the
 * other rank is gone, nor where a file would grow beyond its limit. RXT_ENVIRONMENT without
 * descriptors. To be closed also when opening failed. Requires a comm of two ranks on one node.
 * Collective. */
rxt_status rxt_pipe_pair_open(const rxt_comm *comm, rxt_pipe_pair *pipes);
void rxt_pipe_pair_close(rxt_pipe_pair *pipes); /* local */

/* All of the bytes, however many; these wait in the kernel. False, with errno (0: the other end was
 * closed), when the other rank is gone, or nothing could be written or read: then this end is
 * closed as well, so that the other rank does not wait for the rest. */
bool rxt_pipe_pair_write(rxt_pipe_pair *pipes, const void *bytes, size_t size);
bool rxt_pipe_pair_read(rxt_pipe_pair *pipes, void *bytes, size_t size);

/* Says so, from errno. */
rxt_status rxt_pipe_pair_trouble(void);

#endif
