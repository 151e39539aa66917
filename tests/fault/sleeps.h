/* sleeps.h - sums that sleep, for kernels that are slow on purpose. */
#ifndef SLEEPS_H
#define SLEEPS_H

#include <rxt/kernel.h>

#include <time.h>

static inline void sleep_for(double seconds)
{
    struct timespec wait = { .tv_sec = (time_t)seconds };

    wait.tv_nsec = (long)(1e9 * (seconds - (double)wait.tv_sec));
    nanosleep(&wait, NULL);
}

/* The share's sum. It sleeps `each` seconds per element, and `more` seconds per call if there are
 * several workers. */
static inline void sum_asleep(const rxt_share *share, void *partial, double each, double more)
{
    const double *x = share->v[0];
    double sum = 0.0;

    for (ptrdiff_t i = 0; i < share->n; i++)
        sum += x[i];
    *(double *)partial = sum;
    sleep_for(each * (double)share->n + (share->workers > 1 ? more : 0));
}

#endif
