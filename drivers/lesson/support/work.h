/* work.h - a computation of a known duration. Its result can be checked without repeating the
 * computation. */
#ifndef WORK_H
#define WORK_H

#include <stdint.h>

/* `steps` steps of x := a x + c modulo 2^64, each depending on the one before. All of them together
 * equal one step x := times x + plus. */
typedef struct rxt_work {
    uint64_t steps, times, plus;
} rxt_work;

/* Steps per millisecond of one thread that has its core to itself, at least 1: the best of many
 * short trials. Takes some milliseconds. Local. */
int rxt_work_speed(void);

rxt_work rxt_work_of(uint64_t steps);

/* Computes the steps one after another, from x. Local. */
uint64_t rxt_work_do(const rxt_work *work, uint64_t x);

/* The result of the steps from x, computed directly. Pure. */
uint64_t rxt_work_result(const rxt_work *work, uint64_t x);

#endif
