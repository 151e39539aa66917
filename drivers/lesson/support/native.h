/* native.h - the same dot product by a compiled library, for an interpreter to call. */
#ifndef RXT_LESSON_NATIVE_H
#define RXT_LESSON_NATIVE_H

#include <rxt/kernel.h>

/* The function that it calls, for a task's .blas. */
#define RXT_NATIVE_BLAS "cblas_ddot"

/* The dot product of a share's two operands, on this thread alone. */
double rxt_native_dot(const rxt_share *share);

#endif
