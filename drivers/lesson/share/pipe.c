/* pipe.c - one process writes numbers into a pipe, and another reads them: plain bytes, not
 * encoded.
 *
 * The kernel copies the bytes twice, in pieces of at most the pipe's capacity (64 KiB on Linux). A
 * waiting process sleeps; for few numbers the wake-up is a large part of the time. */
#include <rxt/task.h>

#include "../support/pipe_task.h"

static rxt_status make(rxt_slab *slab)
{
    return rxt_pipe_task_make(slab, sizeof(rxt_pipe_task), sizeof(double));
}

static bool send_numbers(const rxt_slab *slab)
{
    const rxt_transfer *transfer = slab->state;

    return rxt_pipe_task_write(slab, transfer->x, (size_t)slab->total * sizeof *transfer->x);
}

static bool receive_numbers(const rxt_slab *slab)
{
    const rxt_transfer *transfer = slab->state;

    return rxt_pipe_task_read(slab, transfer->x, (size_t)slab->total * sizeof *transfer->x);
}

static void run(const rxt_slab *slab, void *partial)
{
    static const rxt_way way = { .send_numbers = send_numbers,
                                 .receive_numbers = receive_numbers,
                                 .send_sum = rxt_pipe_task_send_sum,
                                 .receive_sum = rxt_pipe_task_receive_sum };

    rxt_transfer_call(slab, &way, partial);
}

const rxt_task rxt_task_pipe = {
    .kernel = {
        .name = "pipe",
        .formula = "n numbers to another process: bytes through a pipe",
        .loads = 1,
        .merge = &rxt_sum,
        .proof = &rxt_proof_units,
        .run = run,
        .make = make,
        .free = rxt_pipe_task_free,
        .task = &rxt_task_pipe,
    },
    .unit = "number",
    .fits = rxt_transfer_fits,
    .trouble = rxt_transfer_trouble,
};
