/* transfer.h - the common part of all ways to transfer numbers: one call and its check.
 *
 * In a call one worker generates n numbers and sends them; the other worker checks each, adds them
 * up and sends the sum back; the first compares that sum with its own. The next call starts only
 * after that. A single worker does all steps itself, without a transfer: that is the baseline. */
#ifndef TRANSFER_H
#define TRANSFER_H

#include <stdbool.h>

#include <rxt/task.h>

/* The first member of the state of a way of transfer. */
typedef struct rxt_transfer {
    uint64_t call;
    double *x; /* [total]: this worker's copy of the numbers */
    rxt_status trouble;
} rxt_transfer;

/* A way of transfer between two ranks. The functions return false on failure; the state's `trouble`
 * then says why, unless the failure was the other rank's. */
typedef struct rxt_way {
    bool (*send_numbers)(const rxt_slab *slab);         /* rank 0: sends the state's x */
    bool (*receive_numbers)(const rxt_slab *slab);      /* rank 1: receives into the state's x */
    bool (*send_sum)(const rxt_slab *slab, double sum); /* rank 1 */
    bool (*receive_sum)(const rxt_slab *slab, double *sum); /* rank 0 */
} rxt_way;

/* Sets the slab's state: `size` zero bytes. RXT_USAGE for more numbers than can be added exactly
 * (RXT_NUMBERS_MOST). */
rxt_status rxt_transfer_make(rxt_slab *slab, size_t size);

/* Allocates the state's x and fills it with NaN, which no transfer delivers. `each`: all bytes that
 * a rank needs per number. RXT_ENVIRONMENT if the node has too little free memory for all ranks. */
rxt_status rxt_transfer_numbers(const rxt_slab *slab, double each);

/* Frees the state and its x. */
void rxt_transfer_free(rxt_slab *slab);

/* A task's run and trouble. *right: how many numbers this rank found right. Rank 0 receives no
 * numbers: it gives 0, or -1 if the sum that came back differs from its own or did not come, which
 * makes the result wrong. */
void rxt_transfer_call(const rxt_slab *slab, const rxt_way *way, double *right);
rxt_status rxt_transfer_trouble(rxt_slab *slab);

/* The parts of a call. made: counts the call, generates its numbers and returns their sum. alone:
 * the whole call of a single worker. heard: 0 if the two sums are equal, else -1. */
double rxt_transfer_made(rxt_transfer *transfer, ptrdiff_t n);
double rxt_transfer_alone(rxt_transfer *transfer, ptrdiff_t n);
double rxt_transfer_heard(double made, double sum);

/* A task's fits, for ways that need two ranks of one node with one thread each. */
bool rxt_transfer_fits(int nodes, int ranks, int threads);

#endif
