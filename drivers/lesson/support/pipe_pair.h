/* pipe_pair.h - two pipes without names between two ranks of a node, one for each direction. */
#ifndef PIPE_PAIR_H
#define PIPE_PAIR_H

#include <signal.h>
#include <stdbool.h>

#include "comm/comm.h"

typedef struct rxt_pipe_pair {
    int out, in;                    /* -1: not open                                    */
    struct sigaction closed, large; /* the actions of SIGPIPE and SIGXFSZ before opening;
                                       rxt_pipe_pair_close restores them */
} rxt_pipe_pair;

/* Opens the pipes. While the pipes are open, a failed write gives an error instead of a signal.
 * This is so if the other rank is gone, and also if a file exceeds its size limit. RXT_ENVIRONMENT
 * if no descriptor is free. Close the pair also after a failure. Requires a comm of two ranks on
 * one node. Collective. */
rxt_status rxt_pipe_pair_open(const rxt_comm *comm, rxt_pipe_pair *pipes);
void rxt_pipe_pair_close(rxt_pipe_pair *pipes); /* local */

/* Writes or reads all bytes; a waiting thread sleeps. Returns false, with errno, if the system call
 * failed or the other rank is gone. (If a read finds that the other end was closed, errno is 0.)
 * After a failure both ends of this rank are closed, so that the other rank does not wait for the
 * rest. */
bool rxt_pipe_pair_write(rxt_pipe_pair *pipes, const void *bytes, size_t size);
bool rxt_pipe_pair_read(rxt_pipe_pair *pipes, void *bytes, size_t size);

/* The status for a failed rxt_pipe_pair_write or _read, from errno. */
rxt_status rxt_pipe_pair_trouble(void);

#endif
