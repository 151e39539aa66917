/* wait.c - the slow part of a wait: yield or sleep. */
#include "base/wait.h"

#include <sched.h>
#include <time.h>

#include "base/clock.h"

enum {
    YIELDS = 1000, /* to the worker on the same core; then this worker sleeps */
    NAP = 50000    /* nanoseconds                                    */
};

/* Seconds of spinning before sleep. A nap takes about 100 µs, so it prolongs a wait that is longer
 * than `patience` by at most a tenth. `patience` should not be longer than a time slice of the
 * scheduler (0.75 to 4 ms). */
static const double patience = 1e-3;

static void give_way(rxt_wait *wait)
{
    sched_yield();
    wait->sleeps = ++wait->looks >= YIELDS;
}

static void read_clock(rxt_wait *wait)
{
    double now = rxt_clock_now();

    if (wait->since <= 0)
        wait->since = now;
    wait->sleeps = now - wait->since >= patience;
}

void rxt_wait_long(rxt_wait *wait, bool shares_core)
{
    const struct timespec nap = { .tv_nsec = NAP };

    if (wait->sleeps)
        nanosleep(&nap, NULL);
    else if (shares_core)
        give_way(wait);
    else
        read_clock(wait);
}
