/* measure_clock.c - the clock that visits are timed by, and what is lent of it to waits. */
#include <rxt/measure.h>

#include <math.h>

double rxt_measure_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void rxt_measure_date(char text[32])
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

struct timespec rxt_measure_deadline(double seconds)
{
    return time_of(rxt_measure_now() + seconds);
}

struct timespec rxt_measure_deadline_of_day(double seconds)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return time_of((double)now.tv_sec + 1e-9 * (double)now.tv_nsec + seconds);
}

double rxt_measure_resolution(void)
{
    double least = INFINITY;

    for (int i = 0; i < 1000; i++) {
        double from = rxt_measure_now(), to = from;

        while (to <= from)
            to = rxt_measure_now();
        least = fmin(least, to - from);
    }
    return least;
}
