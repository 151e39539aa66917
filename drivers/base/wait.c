/* wait.c - a wait that is no longer short. */
#include "base/wait.h"

#include <sched.h>
#include <time.h>

#include "base/clock.h"

enum {
    YIELDS = 1000, /* of the core to one that shares it; then asleep */
    NAP = 50000    /* nanoseconds                                    */
};

/* Seconds. A nap takes about 100 µs, so it prolongs a wait by at most a tenth. It must be
 * shorter than a slice of the scheduler (0.75 to 4 ms). */
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
