/* transfer.h - the common part of all ways to transfer numbers: one call and its check.
 *
 * In a call one worker generates n numbers and sends them. The other worker checks each number,
 * adds the numbers up and sends the sum back. The first worker compares this sum with its own sum.
 * Only then the next call starts. The baseline is a single worker that does all steps itself,
 * without a transfer. */
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

/* A way of transfer between two ranks. The functions return false on failure. Then the state's
 * `trouble` gives the reason, except if the failure was on the other rank. */
typedef struct rxt_way {
    bool (*send_numbers)(const rxt_slab *slab);         /* rank 0: sends the state's x */
    bool (*receive_numbers)(const rxt_slab *slab);      /* rank 1: receives into the state's x */
    bool (*send_sum)(const rxt_slab *slab, double sum); /* rank 1 */
    bool (*receive_sum)(const rxt_slab *slab, double *sum); /* rank 0 */
} rxt_way;

/* Sets the slab's state: `size` zero bytes. RXT_USAGE for more numbers than can be added exactly
 * (RXT_NUMBERS_MOST). */
rxt_status rxt_transfer_make(rxt_slab *slab, size_t size);

/* Allocates the state's x and fills it with NaN, a value that no call sends. `each`: bytes of
 * memory that a rank needs in all for one number. RXT_ENVIRONMENT if the node has too little free
 * memory for all ranks. */
rxt_status rxt_transfer_numbers(const rxt_slab *slab, double each);

/* Frees the state and its x. */
void rxt_transfer_free(rxt_slab *slab);

/* A task's run and trouble. *right gets the number of right numbers that this rank has received.
 * Rank 0 receives no numbers. It sets *right to 0, but to -1 if it did not get the sum or if the
 * sum differs from its own; then the result is wrong. */
void rxt_transfer_call(const rxt_slab *slab, const rxt_way *way, double *right);
rxt_status rxt_transfer_trouble(rxt_slab *slab);

/* The parts of a call. made: counts the call, generates its numbers and returns their sum. alone:
 * the whole call of a single worker. heard: compares the own sum with the sum that came back; 0 if
 * they are equal, else -1. */
double rxt_transfer_made(rxt_transfer *transfer, ptrdiff_t n);
double rxt_transfer_alone(rxt_transfer *transfer, ptrdiff_t n);
double rxt_transfer_heard(double made, double sum);

/* A task's fits, for ways that need two ranks of one node with one thread each. */
bool rxt_transfer_fits(int nodes, int ranks, int threads);

#endif
