/* park.h - sleeping ranks of one node: a semaphore and an order for each, in shared memory.
 *
 * A rank that waits in MPI spins and takes a core from the measured ranks. Here it sleeps on a
 * process-shared semaphore and uses no CPU. */
#ifndef RXT_PARK_H
#define RXT_PARK_H

#include <stdbool.h>
#include <stddef.h>

#include "comm/comm.h"

typedef struct rxt_park rxt_park; /* one rank's mailbox; the shared memory is an array of them */

enum { RXT_PARK_ALIGNED = 64 }; /* alignment of a mailbox in bytes */
size_t rxt_park_size(void);

/* Readies the mailbox of the calling rank, before any other rank rings. False, with errno, where
 * the system has no semaphore for it. Local. */
bool rxt_park_make(rxt_park *mailbox);
void rxt_park_free(rxt_park *mailbox);

/* Leaves an order of at most RXT_ORDER bytes and rings. The rank must have taken its last order. */
void rxt_park_ring(rxt_park *mailbox, const void *order, size_t size);

/* Sleeps for at most `seconds`; true when an order came, which is then copied. */
bool rxt_park_sleep(rxt_park *mailbox, double seconds, void *order, size_t size);

/* Does the process of that mailbox still live? False also where it cannot be seen from here
 * (containers). */
bool rxt_park_lives(const rxt_park *mailbox);

#endif
