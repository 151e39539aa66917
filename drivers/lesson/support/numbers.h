/* numbers.h - the numbers that one worker transfers to another worker; the receiver checks these
 * numbers. */
#ifndef NUMBERS_H
#define NUMBERS_H

#include <stddef.h>
#include <stdint.h>

/* The most numbers of one transfer. They are integers below 2^21, so a sum of 2^32 of them is exact
 * in double precision, in any order. */
#define RXT_NUMBERS_MOST ((ptrdiff_t)1 << 32)

/* Writes the n numbers of call number `call` into x and returns their sum. Almost every number
 * differs from the one at the same index in any other call, so numbers that are left from an
 * earlier call are found to be wrong. */
double rxt_numbers_make(uint64_t call, ptrdiff_t n, double *x);

/* Returns how many of the n numbers are right. A number is right if it is the number of this call
 * for this index. *sum gets the sum of the numbers that are in x, right or wrong. */
ptrdiff_t rxt_numbers_check(uint64_t call, ptrdiff_t n, const double *x, double *sum);

#endif
