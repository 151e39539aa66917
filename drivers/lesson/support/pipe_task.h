/* pipe_task.h - the common part of all ways of transfer that use pipes. */
#ifndef PIPE_TASK_H
#define PIPE_TASK_H

#include "pipe_pair.h"
#include "transfer.h"

/* The first member of the state of a way that uses pipes. */
typedef struct rxt_pipe_task {
    rxt_transfer transfer;
    rxt_pipe_pair pipes;
    bool opened;
} rxt_pipe_task;

/* Sets the slab's state to `size` zero bytes, then allocates the numbers (see rxt_transfer_numbers,
 * also for `each`) and, if there are two ranks, opens the pipes. The same status on all ranks.
 * Collective. */
rxt_status rxt_pipe_task_make(rxt_slab *slab, size_t size, double each);
void rxt_pipe_task_free(rxt_slab *slab);

/* Writes to or reads from the other rank. False if that rank is gone or the call failed; the
 * state's `trouble` is then set. */
bool rxt_pipe_task_write(const rxt_slab *slab, const void *bytes, size_t size);
bool rxt_pipe_task_read(const rxt_slab *slab, void *bytes, size_t size);

/* Functions for send_sum and receive_sum of a way: they transfer the sum through the pipe. */
bool rxt_pipe_task_send_sum(const rxt_slab *slab, double sum);
bool rxt_pipe_task_receive_sum(const rxt_slab *slab, double *sum);

#endif
