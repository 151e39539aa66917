/* transfer.h - the common part of all ways to hand numbers over: a call and its check.
 *
 * A call: one worker generates n numbers and hands them over; the other checks each, adds them
 * up, and sends the sum back; the first compares it with its own. The next call starts only
 * after that. A single worker does all steps itself, without a transfer: that is the baseline. */
#ifndef TRANSFER_H
#define TRANSFER_H

#include <stdbool.h>

#include <rxt/task.h>

/* The first member of a way's state. */
typedef struct rxt_transfer {
    uint64_t call;
    double *x; /* [total]: the numbers, as this worker has them */
    rxt_status trouble;
} rxt_transfer;

/* A way between two ranks. False on failure: the state's `trouble` then says why, unless the
 * other rank failed. */
typedef struct rxt_way {
    bool (*send_numbers)(const rxt_slab *slab);         /* rank 0: the numbers of the state's x */
    bool (*receive_numbers)(const rxt_slab *slab);      /* rank 1: into the state's x           */
    bool (*send_sum)(const rxt_slab *slab, double sum); /* rank 1 */
    bool (*receive_sum)(const rxt_slab *slab, double *sum); /* rank 0 */
} rxt_way;

/* Sets the slab's state: `size` zero bytes. RXT_USAGE for more numbers than can be added
 * exactly. */
rxt_status rxt_transfer_make(rxt_slab *slab, size_t size);

/* Allocates and touches the state's x, with values that no transfer delivers. `each`: bytes per
 * number that a rank needs in all; RXT_ENVIRONMENT if the node has too few for all ranks. */
rxt_status rxt_transfer_numbers(const rxt_slab *slab, double each);

/* Frees the state, with its x. */
void rxt_transfer_free(rxt_slab *slab);

/* A task's run and trouble. *right: how many numbers were right. On rank 0: 0, or a value that
 * makes the result wrong if the returned sum is not its own. */
void rxt_transfer_call(const rxt_slab *slab, const rxt_way *way, double *right);
rxt_status rxt_transfer_trouble(rxt_slab *slab);

/* Its parts. A call begins with `made`. */
double rxt_transfer_made(rxt_transfer *transfer, ptrdiff_t n);
double rxt_transfer_alone(rxt_transfer *transfer, ptrdiff_t n);
double rxt_transfer_heard(double made, double sum);

/* The splits of a way between two ranks of a node. */
bool rxt_transfer_fits(int nodes, int ranks, int threads);

#endif
