/* threads.h - can that many threads exist at once? */
#ifndef THREADS_H
#define THREADS_H

#include <rxt/kernel.h>

/* Tries it with threads that wait for each other: a thread that ends early would make room for
 * the next and hide the limit. RXT_ENVIRONMENT if fewer than n threads can exist beside the
 * caller. */
rxt_status rxt_threads_allowed(ptrdiff_t n);

#endif
