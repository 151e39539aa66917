/* rest.h - ranks asleep on one node: a bell and an order for each, in memory that the node's ranks
 * share.
 *
 * A rank that waits in MPI spins, and takes a core from those that are measured. Here it sleeps in
 * the kernel, on a process-shared semaphore, and takes none. */
#ifndef RXT_REST_H
#define RXT_REST_H

#include <stdbool.h>
#include <stddef.h>

#include "comm/comm.h"

typedef struct rxt_rest rxt_rest; /* one rank's bed; the shared memory is an array of them */

enum { RXT_REST_ALIGNED = 64 }; /* a bed begins on a multiple of so many bytes */
size_t rxt_rest_size(void);

/* Readies the bed of the calling rank, before any other rank rings. False, with errno, where the
 * system has no semaphore for it. Local. */
bool rxt_rest_make(rxt_rest *bed);
void rxt_rest_free(rxt_rest *bed);

/* Leaves an order of at most RXT_ORDER bytes and rings. The rank must have taken its last order. */
void rxt_rest_ring(rxt_rest *bed, const void *order, size_t size);

/* Sleeps for at most `seconds`; true when an order came, which is then copied. */
bool rxt_rest_sleep(rxt_rest *bed, double seconds, void *order, size_t size);

/* Does the process of that bed still live? False also where it cannot be seen from here
 * (containers). */
bool rxt_rest_lives(const rxt_rest *bed);

#endif
