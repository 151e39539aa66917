/* native.h - the same dot product by a compiled library, for an interpreter to call. */
#ifndef RXT_LESSON_NATIVE_H
#define RXT_LESSON_NATIVE_H

#include "lock.h"

/* The dot product of n numbers by BLAS, on this thread alone. */
double rxt_native_dot(ptrdiff_t n, const double *x, const double *y);

/* A task's make: the process's lock (free it by rxt_lock_free), and BLAS without threads. */
rxt_status rxt_native_make(rxt_slab *slab);

#endif
