/* threads.h - can a process have n threads at the same time? */
#ifndef THREADS_H
#define THREADS_H

#include <rxt/kernel.h>

/* Creates n threads to find out. The threads wait for each other, because a thread that ends early
 * would allow the system to create the next one, and the limit would not be found. RXT_ENVIRONMENT
 * if fewer than n threads can exist in addition to the caller. */
rxt_status rxt_threads_allowed(ptrdiff_t n);

#endif
