/* native.h - the interpreter's dot product, computed by a compiled library (BLAS) instead. */
#ifndef RXT_LESSON_NATIVE_H
#define RXT_LESSON_NATIVE_H

#include <rxt/kernel.h>

/* The BLAS function that rxt_native_dot calls, for a task's .blas. */
#define RXT_NATIVE_BLAS "cblas_ddot"

/* The dot product of a share's two operands, on the calling thread alone. */
double rxt_native_dot(const rxt_share *share);

#endif
