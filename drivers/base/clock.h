/* clock.h - the one reading of a clock. Local; cannot fail. */
#ifndef RXT_CLOCK_H
#define RXT_CLOCK_H

#include <time.h>

/* Seconds of a clock that never steps back. */
double rxt_clock_now(void);

/* The date and time of day, UTC by ISO 8601: "2026-11-24T13:42:00Z". */
void rxt_clock_date(char text[32]);

/* That clock's reading `seconds` from now, for waits. */
struct timespec rxt_clock_deadline(double seconds);

/* The same of the clock that tells the time of day, which may be set meanwhile: where glibc has no
 * sem_clockwait. */
struct timespec rxt_clock_deadline_of_day(double seconds);

/* The smallest step of the clock that was seen, in seconds. */
double rxt_clock_resolution(void);

#endif
