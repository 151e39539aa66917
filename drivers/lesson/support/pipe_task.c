/* pipe_task.c - the common part of all ways of transfer that use pipes. */
#include "pipe_task.h"

rxt_status rxt_pipe_task_make(rxt_slab *slab, size_t size, double each)
{
    rxt_status st = rxt_transfer_make(slab, size);
    rxt_pipe_task *state = slab->state;

    if (!st)
        st = rxt_transfer_numbers(slab, each);
    st = rxt_comm_agree(slab->comm, st);
    if (st || slab->ranks == 1)
        return st;
    state->opened = true;
    return rxt_pipe_pair_open(slab->comm, &state->pipes);
}

void rxt_pipe_task_free(rxt_slab *slab)
{
    rxt_pipe_task *state = slab->state;

    if (state && state->opened)
        rxt_pipe_pair_close(&state->pipes);
    rxt_transfer_free(slab);
}

static bool note(const rxt_slab *slab, bool done)
{
    rxt_pipe_task *state = slab->state;

    if (!done && !state->transfer.trouble)
        state->transfer.trouble = rxt_pipe_pair_trouble();
    return done;
}

bool rxt_pipe_task_write(const rxt_slab *slab, const void *bytes, size_t size)
{
    rxt_pipe_task *state = slab->state;

    return note(slab, rxt_pipe_pair_write(&state->pipes, bytes, size));
}

bool rxt_pipe_task_read(const rxt_slab *slab, void *bytes, size_t size)
{
    rxt_pipe_task *state = slab->state;

    return note(slab, rxt_pipe_pair_read(&state->pipes, bytes, size));
}

bool rxt_pipe_task_send_sum(const rxt_slab *slab, double sum)
{
    return rxt_pipe_task_write(slab, &sum, sizeof sum);
}

bool rxt_pipe_task_receive_sum(const rxt_slab *slab, double *sum)
{
    return rxt_pipe_task_read(slab, sum, sizeof *sum);
}
