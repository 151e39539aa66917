/* threads.h - can a process have n threads at the same time? */
#ifndef THREADS_H
#define THREADS_H

#include <rxt/kernel.h>

/* Tries it: creates n threads that wait for each other, because a thread that ends early would make
 * room for the next one and hide the limit. RXT_ENVIRONMENT if fewer than n threads can exist in
 * addition to the caller. */
rxt_status rxt_threads_allowed(ptrdiff_t n);

#endif
