/* interpreter.h - a small interpreter, and the one program that the lesson runs in it. */
#ifndef RXT_LESSON_INTERPRETER_H
#define RXT_LESSON_INTERPRETER_H

#include "lock.h"

/* The dot product of n numbers, interpreted:
 *
 *     sum = 0.0; i = 0
 *     while i < n: sum = sum + x[i] * y[i]; i = i + 1
 *
 * A step is one turn of the loop; the additions are made in order. `lock` is held by the caller,
 * and passed on between two steps when another thread asks for it; NULL: without a lock, and any
 * number of threads at once. */
double rxt_interpreter_dot(ptrdiff_t n, const double *x, const double *y, rxt_lock *lock);

#endif
