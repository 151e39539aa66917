/* transfer.h - what all ways of handing numbers over have in common: a call, and its check.
 *
 * A call: one worker makes n numbers where it has them, and hands them over; the other checks each,
 * adds them up, and hands the sum back; the first compares it with its own. Nobody begins another
 * call before. A worker that is alone makes, checks and adds up by itself, without any handing:
 * that is what the ways are compared with. */
#ifndef TRANSFER_H
#define TRANSFER_H

#include <stdbool.h>

#include <rxt/task.h>

/* What a way's state begins with. */
typedef struct rxt_transfer {
    uint64_t call;
    double *x; /* [total]: the numbers, as this worker has them */
    rxt_status trouble;
} rxt_transfer;

/* A way between two ranks. False when it cannot be done: the state's `trouble` then says why,
 * unless it is the other's. */
typedef struct rxt_way {
    bool (*send_numbers)(const rxt_slab *slab);         /* rank 0: the numbers of the state's x */
    bool (*receive_numbers)(const rxt_slab *slab);      /* rank 1: into the state's x           */
    bool (*send_sum)(const rxt_slab *slab, double sum); /* rank 1 */
    bool (*receive_sum)(const rxt_slab *slab, double *sum); /* rank 0 */
} rxt_way;

/* Sets the slab's state: so many bytes, zeros. RXT_USAGE for more numbers than add up exactly. */
rxt_status rxt_transfer_make(rxt_slab *slab, size_t size);

/* Memory for the state's x, touched, in which nothing could be taken for a number that came.
 * `each`: bytes that a rank needs in all for each number; RXT_ENVIRONMENT where the node has not as
 * many for all ranks. */
rxt_status rxt_transfer_numbers(const rxt_slab *slab, double each);

/* Frees the state, with its x. */
void rxt_transfer_free(rxt_slab *slab);

/* A task's run and trouble. *right: how many numbers were found right; of rank 0, 0, or what makes
 * the result wrong where it was handed another sum than it made. */
void rxt_transfer_call(const rxt_slab *slab, const rxt_way *way, double *right);
rxt_status rxt_transfer_trouble(rxt_slab *slab);

/* Its parts. A call begins with `made`. */
double rxt_transfer_made(rxt_transfer *transfer, ptrdiff_t n);
double rxt_transfer_alone(rxt_transfer *transfer, ptrdiff_t n);
double rxt_transfer_heard(double made, double sum);

/* The splits of a way between two ranks of a node. */
bool rxt_transfer_fits(int nodes, int ranks, int threads);

#endif
