/* numbers.h - the numbers that are handed over, and how their receiver sees that they are right. */
#ifndef NUMBERS_H
#define NUMBERS_H

#include <stddef.h>
#include <stdint.h>

/* They are integers below 2^21: sums of 2^32 of them are exact, in any order. */
#define RXT_NUMBERS_MOST ((ptrdiff_t)1 << 32)

/* Makes the numbers of a call, and returns their sum. Other calls have others at every index, or as
 * good as: what lies there from the last one is wrong. */
double rxt_numbers_make(uint64_t call, ptrdiff_t n, double *x);

/* How many of the numbers are those of the call, each at its index; *sum of what was found. */
ptrdiff_t rxt_numbers_check(uint64_t call, ptrdiff_t n, const double *x, double *sum);

#endif
