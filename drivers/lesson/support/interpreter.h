/* interpreter.h - a small interpreter, and the one program that it runs: a dot product. */
#ifndef RXT_LESSON_INTERPRETER_H
#define RXT_LESSON_INTERPRETER_H

#include "lock.h"

/* The dot product of n numbers, interpreted:
 *
 *     sum = 0.0; i = 0
 *     while i < n: sum = sum + x[i] * y[i]; i = i + 1
 *
 * A step is one iteration of the loop; the additions are made in order of i. The caller must hold
 * `lock`. If another thread requests the lock, the interpreter releases the lock between two steps
 * and takes it again. If `lock` is NULL, there is no lock, and any number of threads may run at the
 * same time. */
double rxt_interpreter_dot(ptrdiff_t n, const double *x, const double *y, rxt_lock *lock);

#endif
