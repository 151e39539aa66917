/* pipe task.h - the common part of the ways that use pipes. */
#ifndef PIPE_TASK_H
#define PIPE_TASK_H

#include "pipe_pair.h"
#include "transfer.h"

/* The first member of the state of such a way. */
typedef struct rxt_pipe_task {
    rxt_transfer transfer;
    rxt_pipe_pair pipes;
    bool opened;
} rxt_pipe_task;

/* A state of `size` bytes, with numbers (rxt_transfer_numbers) and, between two ranks, pipes.
 * The same status on all ranks. Collective. */
rxt_status rxt_pipe_task_make(rxt_slab *slab, size_t size, double each);
void rxt_pipe_task_free(rxt_slab *slab);

/* Writes to or reads from the other rank. False, with the state's trouble set, if that rank is
 * gone. */
bool rxt_pipe_task_write(const rxt_slab *slab, const void *bytes, size_t size);
bool rxt_pipe_task_read(const rxt_slab *slab, void *bytes, size_t size);

/* Parts of a way: the sum, through the pipe. */
bool rxt_pipe_task_send_sum(const rxt_slab *slab, double sum);
bool rxt_pipe_task_receive_sum(const rxt_slab *slab, double *sum);

#endif
