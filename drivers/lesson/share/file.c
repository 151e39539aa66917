/* file.c - one process writes numbers to a file, and another reads them from it.
 *
 * Each call truncates the file and writes it again. The process then sends a byte through a pipe,
 * so that the other process knows that the file is complete. The file is in $TMPDIR or /tmp and
 * stays in the page cache, so nothing waits for the disk. The file has no name, so it disappears
 * when both processes have ended. */
#include <rxt/task.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "../support/peer_file.h"
#include "../support/pipe_task.h"
#include "../support/unnamed_file.h"

typedef struct state {
    rxt_pipe_task pipe_task;
    int fd; /* rank 0: its file; rank 1: the same file, opened through rank 0; -1: none */
} state;

static rxt_status own_file(state *s)
{
    s->fd = rxt_unnamed_file_open();
    if (s->fd >= 0)
        return RXT_OK;
    return rxt_status_of(RXT_ENVIRONMENT,
                         "cannot create a file in %s (%s); set TMPDIR to another folder",
                         rxt_unnamed_file_folder(), rxt_status_reason(errno));
}

static rxt_status open_file(rxt_slab *slab)
{
    state *s = slab->state;
    rxt_status st = rxt_comm_agree(slab->comm, slab->rank == 0 ? own_file(s) : RXT_OK);
    int lent;

    if (st)
        return st;
    st = rxt_peer_file_open(slab->comm, s->fd, O_RDONLY, &lent);
    if (slab->rank == 1)
        s->fd = lent;
    return st;
}

static rxt_status make(rxt_slab *slab)
{
    rxt_status st = rxt_pipe_task_make(slab, sizeof(state), sizeof(double));
    state *s = slab->state;

    if (s)
        s->fd = -1;
    return st || slab->ranks == 1 ? st : open_file(slab);
}

static void drop(rxt_slab *slab)
{
    state *s = slab->state;

    if (s && s->fd >= 0)
        close(s->fd);
    rxt_pipe_task_free(slab);
}

/* Writes all bytes, in as many system calls as necessary. Returns false, with errno, on failure. */
static bool write_all(int fd, const void *bytes, size_t size)
{
    const char *from = bytes;

    for (size_t at = 0; at < size;) {
        ssize_t part = pwrite(fd, from + at, size - at, (off_t)at);

        if (part < 0 && errno != EINTR)
            return false;
        at += part > 0 ? (size_t)part : 0;
    }
    return true;
}

/* Reads all bytes, in as many system calls as necessary. Returns false, with errno, on failure;
 * errno is 0 if the file has fewer bytes. */
static bool read_all(int fd, void *bytes, size_t size)
{
    char *to = bytes;

    for (size_t at = 0; at < size;) {
        ssize_t part = pread(fd, to + at, size - at, (off_t)at);

        if (part == 0)
            errno = 0;
        if (part == 0 || (part < 0 && errno != EINTR))
            return false;
        at += part > 0 ? (size_t)part : 0;
    }
    return true;
}

static bool note(state *s, const char *what)
{
    if (!s->pipe_task.transfer.trouble)
        s->pipe_task.transfer.trouble = rxt_status_of(
            RXT_ENVIRONMENT,
            "numbers cannot be %s a file in %s (%s); set TMPDIR to a folder with room", what,
            rxt_unnamed_file_folder(), errno ? rxt_status_reason(errno) : "the file is too short");
    return false;
}

/* Sends the result of the write to the other rank: if the write failed, that rank must not read
 * numbers of an earlier call. */
static bool send_numbers(const rxt_slab *slab)
{
    state *s = slab->state;
    size_t size = (size_t)slab->total * sizeof(double);
    bool written = ftruncate(s->fd, 0) == 0 && write_all(s->fd, s->pipe_task.transfer.x, size);

    if (!written)
        note(s, "written to");
    return rxt_pipe_task_write(slab, &written, sizeof written);
}

static bool receive_numbers(const rxt_slab *slab)
{
    state *s = slab->state;
    bool written = false;

    if (!rxt_pipe_task_read(slab, &written, sizeof written) || !written)
        return false;
    return read_all(s->fd, s->pipe_task.transfer.x, (size_t)slab->total * sizeof(double)) ||
           note(s, "read from");
}

static void run(const rxt_slab *slab, void *partial)
{
    static const rxt_way way = { .send_numbers = send_numbers,
                                 .receive_numbers = receive_numbers,
                                 .send_sum = rxt_pipe_task_send_sum,
                                 .receive_sum = rxt_pipe_task_receive_sum };

    rxt_transfer_call(slab, &way, partial);
}

const rxt_task rxt_task_file = {
    .kernel = {
        .name = "file",
        .formula = "n numbers to another process: written to a file, and read",
        .loads = 1,
        .merge = &rxt_sum,
        .proof = &rxt_proof_units,
        .run = run,
        .make = make,
        .free = drop,
        .task = &rxt_task_file,
    },
    .unit = "number",
    .fits = rxt_transfer_fits,
    .trouble = rxt_transfer_trouble,
};
