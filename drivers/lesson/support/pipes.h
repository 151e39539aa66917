/* pipes.h - two pipes between two ranks of a node, one for each direction, without names. */
#ifndef PIPES_H
#define PIPES_H

#include <signal.h>
#include <stdbool.h>

#include "comm/comm.h"

typedef struct rxt_pipes {
    int out, in;                    /* -1: not open                                    */
    struct sigaction closed, large; /* what SIGPIPE and SIGXFSZ did before             */
} rxt_pipes;

/* Until they are closed, a write that cannot be done fails and is no signal: neither where the
 * other rank is gone, nor where a file would grow beyond its limit. RXT_ENVIRONMENT without
 * descriptors. To be closed also when opening failed. Requires a comm of two ranks on one node.
 * Collective. */
rxt_status rxt_pipes_open(const rxt_comm *comm, rxt_pipes *pipes);
void rxt_pipes_close(rxt_pipes *pipes); /* local */

/* All of the bytes, however many; these wait in the kernel. False, with errno (0: the other end was
 * closed), when the other rank is gone, or nothing could be written or read: then this end is
 * closed as well, so that the other rank does not wait for the rest. */
bool rxt_pipes_write(rxt_pipes *pipes, const void *bytes, size_t size);
bool rxt_pipes_read(rxt_pipes *pipes, void *bytes, size_t size);

/* Says so, from errno. */
rxt_status rxt_pipes_trouble(void);

#endif
