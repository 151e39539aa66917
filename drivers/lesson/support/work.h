/* work.h - computing that takes a known time, and whose result can be checked without doing it
 * again. */
#ifndef WORK_H
#define WORK_H

#include <stdint.h>

/* So many steps of x := a x + c modulo 2^64, each of which needs the one before. Together they are
 * one such step, x := times x + plus. */
typedef struct rxt_work {
    uint64_t steps, times, plus;
} rxt_work;

/* Steps that one undisturbed thread does in a millisecond, at least 1: the best of many short
 * trials. Takes some milliseconds. Local. */
int rxt_work_speed(void);

rxt_work rxt_work_of(uint64_t steps);

/* The steps, one after another. Local. */
uint64_t rxt_work_do(const rxt_work *work, uint64_t x);

/* What they must come to, at once. Pure. */
uint64_t rxt_work_result(const rxt_work *work, uint64_t x);

#endif
