/* clock.c - the only functions of the drivers that read a clock. */
#include "base/clock.h"

#include <math.h>

double rxt_clock_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void rxt_clock_date(char text[32])
{
    struct timespec now;
    struct tm utc;

    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

static struct timespec time_of(double at)
{
    time_t whole = (time_t)at;

    return (struct timespec){ .tv_sec = whole, .tv_nsec = (long)((at - (double)whole) * 1e9) };
}

struct timespec rxt_clock_deadline(double seconds)
{
    return time_of(rxt_clock_now() + seconds);
}

#ifndef RXT_HAS_SEM_CLOCKWAIT
struct timespec rxt_clock_deadline_of_day(double seconds)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return time_of((double)now.tv_sec + 1e-9 * (double)now.tv_nsec + seconds);
}
#endif

double rxt_clock_cost(void)
{
    double least = INFINITY;

    for (int i = 0; i < 32; i++) {
        double begin = rxt_clock_now();

        least = fmin(least, rxt_clock_now() - begin);
    }
    return least;
}

double rxt_clock_resolution(void)
{
    double least = INFINITY;

    for (int i = 0; i < 1000; i++) {
        double from = rxt_clock_now(), to = from;

        while (to <= from)
            to = rxt_clock_now();
        least = fmin(least, to - from);
    }
    return least;
}
