/* threads.h - may so many threads be there at once? */
#ifndef THREADS_H
#define THREADS_H

#include <rxt/kernel.h>

/* Tries it, with threads that wait for each other: those that end by themselves make room for the
 * next, and a limit may be seen or not. RXT_ENVIRONMENT where fewer than n can be beside the
 * caller. */
rxt_status rxt_threads_allowed(ptrdiff_t n);

#endif
