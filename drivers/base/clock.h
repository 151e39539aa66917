/* clock.h - the only functions of the drivers that read a clock. Local; cannot fail. */
#ifndef RXT_CLOCK_H
#define RXT_CLOCK_H

#include <time.h>

/* Seconds of the monotonic clock, which never steps back. */
double rxt_clock_now(void);

/* The date and time of day, UTC by ISO 8601: "2026-11-24T13:42:00Z". */
void rxt_clock_date(char text[32]);

/* The time of the monotonic clock `seconds` from now, for timed waits. */
struct timespec rxt_clock_deadline(double seconds);

/* As rxt_clock_deadline, but for the clock of the time of day, which may be set during the wait.
 * Used if glibc has no sem_clockwait. */
struct timespec rxt_clock_deadline_of_day(double seconds);

/* Seconds that a reading of the clock adds to an interval between two readings: the smallest of
 * 32 intervals. */
double rxt_clock_cost(void);

/* The smallest of 1000 steps of the monotonic clock, in seconds. */
double rxt_clock_resolution(void);

#endif
