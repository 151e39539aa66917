/* park.h - lets ranks of one node sleep: each has a semaphore and an order in shared memory.
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

/* Prepares the mailbox of the calling rank; no other rank may ring it before. False, with errno, if
 * the system has no semaphore for it. Local. */
bool rxt_park_make(rxt_park *mailbox);
void rxt_park_free(rxt_park *mailbox);

/* Puts an order of at most RXT_ORDER bytes into the mailbox and wakes its rank. Requires that the
 * rank of the mailbox has copied its previous order. */
void rxt_park_ring(rxt_park *mailbox, const void *order, size_t size);

/* Sleeps until an order is in the mailbox, and copies it. False if none came within `seconds`. */
bool rxt_park_sleep(rxt_park *mailbox, double seconds, void *order, size_t size);

/* Does the process of that mailbox still live? False also if this process cannot see it
 * (containers). */
bool rxt_park_lives(const rxt_park *mailbox);

#endif
