/* pipe_pair.c - two pipes between two ranks of a node.
 *
 * Rank 0 makes both pipes. Rank 1 opens one end of each, and rank 0 then closes its own copy of
 * that end. So each write end exists only once and is closed when its rank ends; no rank waits for
 * bytes that never come. */
#include "pipe_pair.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "peer_file.h"

static void shut(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* `there`: from rank 0 to rank 1; `back`: from rank 1 to rank 0. [0] is the read end, [1] the write
 * end. */
static rxt_status make(int there[2], int back[2])
{
    if (pipe2(there, O_CLOEXEC) == 0 && pipe2(back, O_CLOEXEC) == 0)
        return RXT_OK;
    return rxt_status_of(RXT_ENVIRONMENT,
                         "cannot create a pipe between two ranks (%s); see ulimit -n",
                         strerror(errno));
}

static void refuse_signals(rxt_pipe_pair *pipes)
{
    const struct sigaction ignore = { .sa_handler = SIG_IGN };

    sigaction(SIGPIPE, &ignore, &pipes->closed);
    sigaction(SIGXFSZ, &ignore, &pipes->large);
}

/* Rank 1 opens its two ends through rank 0; rank 0 keeps the other two. */
static rxt_status share_out(const rxt_comm *comm, int there[2], int back[2], rxt_pipe_pair *pipes)
{
    rxt_status st = rxt_peer_file_open(comm, there[0], O_RDONLY, &pipes->in);

    if (!st)
        st = rxt_peer_file_open(comm, back[1], O_WRONLY, &pipes->out);
    if (st || rxt_comm_rank(comm) != 0)
        return st;
    pipes->out = there[1];
    pipes->in = back[0];
    there[1] = back[0] = -1;
    return RXT_OK;
}

rxt_status rxt_pipe_pair_open(const rxt_comm *comm, rxt_pipe_pair *pipes)
{
    int there[2] = { -1, -1 }, back[2] = { -1, -1 };
    rxt_status st;

    *pipes = (rxt_pipe_pair){ .out = -1, .in = -1 };
    refuse_signals(pipes);
    st = rxt_comm_agree(comm, rxt_comm_rank(comm) == 0 ? make(there, back) : RXT_OK);
    if (!st)
        st = share_out(comm, there, back, pipes);
    for (int e = 0; e < 2; e++) {
        shut(&there[e]);
        shut(&back[e]);
    }
    return st;
}

void rxt_pipe_pair_close(rxt_pipe_pair *pipes)
{
    shut(&pipes->out);
    shut(&pipes->in);
    sigaction(SIGPIPE, &pipes->closed, NULL);
    sigaction(SIGXFSZ, &pipes->large, NULL);
}

static bool broken(rxt_pipe_pair *pipes)
{
    int error = errno;

    shut(&pipes->out);
    shut(&pipes->in);
    errno = error;
    return false;
}

bool rxt_pipe_pair_write(rxt_pipe_pair *pipes, const void *bytes, size_t size)
{
    const char *from = bytes;

    while (size > 0) {
        ssize_t part = write(pipes->out, from, size);

        if (part < 0 && errno != EINTR)
            return broken(pipes);
        if (part > 0) {
            from += part;
            size -= (size_t)part;
        }
    }
    return true;
}

bool rxt_pipe_pair_read(rxt_pipe_pair *pipes, void *bytes, size_t size)
{
    char *to = bytes;

    while (size > 0) {
        ssize_t part = read(pipes->in, to, size);

        if (part == 0)
            errno = 0;
        if (part == 0 || (part < 0 && errno != EINTR))
            return broken(pipes);
        if (part > 0) {
            to += part;
            size -= (size_t)part;
        }
    }
    return true;
}

rxt_status rxt_pipe_pair_trouble(void)
{
    return rxt_status_of(RXT_ENVIRONMENT, "the pipe between two ranks broke (%s)",
                         errno ? strerror(errno) : "its other end was closed");
}
