/* work.c - a linear congruential generator (Knuth's MMIX constants) as work: a chain of
 * multiplications that no compiler can shorten. Jumping ahead (F. Brown 1994, "Random number
 * generation with arbitrary strides") checks the result of the chain in a time that grows only with
 * the logarithm of the chain's length. */
#include "work.h"

#include <math.h>

#include "base/clock.h"

static const uint64_t times = 6364136223846793005u, plus = 1442695040888963407u;

uint64_t rxt_work_do(const rxt_work *work, uint64_t x)
{
    for (uint64_t s = 0; s < work->steps; s++)
        x = x * times + plus;
    return x;
}

uint64_t rxt_work_result(const rxt_work *work, uint64_t x)
{
    return x * work->times + work->plus;
}

/* Binary exponentiation: combines jumps of 1, 2, 4, … steps according to the bits of `steps`. */
rxt_work rxt_work_of(uint64_t steps)
{
    rxt_work all = { .steps = steps, .times = 1 }, power = { .times = times, .plus = plus };

    for (uint64_t left = steps; left > 0; left /= 2) {
        if (left % 2) {
            all.plus = all.plus * power.times + power.plus;
            all.times *= power.times;
        }
        power.plus *= power.times + 1;
        power.times *= power.times;
    }
    return all;
}

/* A trial takes some tens of microseconds. This is less than a time slice of the scheduler, so most
 * trials run without interruption. */
int rxt_work_speed(void)
{
    const rxt_work trial = rxt_work_of(20000);
    double least = INFINITY;
    uint64_t x = 0;

    for (int t = 0; t < 100; t++) {
        double began = rxt_clock_now(), spent;

        x = rxt_work_do(&trial, x);
        spent = rxt_clock_now() - began;
        if (x != 0)
            least = fmin(least, spent);
    }
    return (int)fmax(1, 1e-3 * (double)trial.steps / least);
}
