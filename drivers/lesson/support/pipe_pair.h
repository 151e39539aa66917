/* pipe_pair.h - two pipes without names between two ranks of a node, one for each direction. */
#ifndef PIPE_PAIR_H
#define PIPE_PAIR_H

#include <signal.h>
#include <stdbool.h>

#include "comm/comm.h"

typedef struct rxt_pipe_pair {
    int out, in;                    /* -1: not open                                    */
    struct sigaction closed, large; /* actions of SIGPIPE and SIGXFSZ before, restored at the end */
} rxt_pipe_pair;

/* Opens the pipes. While they are open, a failed write is an error instead of a signal, both when
 * the other rank is gone and when a file exceeds its limit. RXT_ENVIRONMENT if no descriptor is
 * free. Close the pair also after a failure. Requires a comm of two ranks on one node.
 * Collective. */
rxt_status rxt_pipe_pair_open(const rxt_comm *comm, rxt_pipe_pair *pipes);
void rxt_pipe_pair_close(rxt_pipe_pair *pipes); /* local */

/* Writes or reads all bytes; sleeps in the kernel while it waits. Returns false, with errno, if the
 * call failed or the other rank is gone (errno is 0 if the other end was closed). This end is then
 * closed, too, so that the other rank does not wait for the rest. */
bool rxt_pipe_pair_write(rxt_pipe_pair *pipes, const void *bytes, size_t size);
bool rxt_pipe_pair_read(rxt_pipe_pair *pipes, void *bytes, size_t size);

/* The status for a failed rxt_pipe_pair_write or _read, from errno. */
rxt_status rxt_pipe_pair_trouble(void);

#endif
