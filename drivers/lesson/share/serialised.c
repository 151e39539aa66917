/* serialised.c - numbers packed one by one into tagged bytes that any machine can read, sent
 * through a pipe, and unpacked by the other process: as Python's multiprocessing does with its
 * arguments (serialise.h).
 *
 * The length is sent first, as multiprocessing does. Both sides keep their memory for the bytes
 * from call to call; the receiver creates new objects in each call. */
#include <rxt/task.h>

#include <stdlib.h>

#include "../support/pipe_task.h"
#include "../support/serialise.h"

typedef struct state {
    rxt_pipe_task pipe_task;
    rxt_serial *packed; /* used by rank 0 */
    char *bytes;        /* rank 1: [room], the bytes read from the pipe */
    size_t room;        /* the most bytes that one call can send */
} state;

/* Bytes per number on a rank: 8 for the number itself, 9 packed, 24 as an unpacked object. */
static const double each = 8 + 9 + 24;

static rxt_status open_serial(rxt_slab *slab)
{
    state *s = slab->state;

    if (slab->total > RXT_SERIAL_MOST)
        return rxt_status_of(RXT_USAGE,
                             "MessagePack packs at most %ld numbers at once; hand over fewer",
                             (long)RXT_SERIAL_MOST);
    s->packed = rxt_serial_open();
    s->room = rxt_serial_size(slab->total);
    s->bytes = slab->rank == 1 ? malloc(s->room) : NULL;
    if (s->packed && (s->bytes || slab->rank != 1))
        return RXT_OK;
    return rxt_status_no_memory("to pack or unpack numbers");
}

static rxt_status make(rxt_slab *slab)
{
    rxt_status st = rxt_pipe_task_make(slab, sizeof(state), each);

    return st ? st : open_serial(slab);
}

static void drop(rxt_slab *slab)
{
    state *s = slab->state;

    if (s) {
        rxt_serial_close(s->packed);
        free(s->bytes);
    }
    rxt_pipe_task_free(slab);
}

static bool note(state *s, bool done)
{
    if (!done && !s->pipe_task.transfer.trouble)
        s->pipe_task.transfer.trouble = rxt_status_no_memory("to pack numbers");
    return done;
}

/* If packing failed, sends length 0 and no bytes, so that the other rank does not wait. */
static bool send_numbers(const rxt_slab *slab)
{
    state *s = slab->state;
    bool packed = note(s, rxt_serial_write(s->packed, slab->total, s->pipe_task.transfer.x));
    size_t size = 0;
    const void *bytes = packed ? rxt_serial_bytes(s->packed, &size) : NULL;

    return rxt_pipe_task_write(slab, &size, sizeof size) && rxt_pipe_task_write(slab, bytes, size);
}

/* Reads all bytes that were written: otherwise the other rank would block in its write for ever. */
static bool receive_numbers(const rxt_slab *slab)
{
    state *s = slab->state;
    size_t size;

    if (!rxt_pipe_task_read(slab, &size, sizeof size) || size > s->room ||
        !rxt_pipe_task_read(slab, s->bytes, size))
        return false;
    return rxt_serial_read(s->bytes, size, slab->total, s->pipe_task.transfer.x);
}

static void run(const rxt_slab *slab, void *partial)
{
    static const rxt_way way = { .send_numbers = send_numbers,
                                 .receive_numbers = receive_numbers,
                                 .send_sum = rxt_pipe_task_send_sum,
                                 .receive_sum = rxt_pipe_task_receive_sum };

    rxt_transfer_call(slab, &way, partial);
}

const rxt_task rxt_task_serialised = {
    .kernel = {
        .name = "serialised",
        .formula = "n numbers to another process: packed, through a pipe",
        .loads = 1,
        .merge = &rxt_sum,
        .proof = &rxt_proof_units,
        .run = run,
        .make = make,
        .free = drop,
        .task = &rxt_task_serialised,
    },
    .unit = "number",
    .fits = rxt_transfer_fits,
    .trouble = rxt_transfer_trouble,
};
