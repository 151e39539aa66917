/* wait.h - how a worker waits for another in memory that both have.
 *
 * As a rule the other is at work on a core of its own and comes within microseconds: asleep, this
 * one would be woken only later. So it looks again and again. It must not offer its core to whoever
 * wants it (sched_yield): beside a process that computes, an offer costs a whole slice of the
 * scheduler, 4 ms for a wait of 1 µs. Only a worker that shares its core with the one that it waits
 * for gives way, since the other cannot come at all until it does. Whoever has waited for so long
 * that the other is busy with something else sleeps from look to look. */
#ifndef RXT_WAIT_H
#define RXT_WAIT_H

#include <sched.h>
#include <stdbool.h>
#include <time.h>

enum {
    RXT_WAIT_YIELDS = 1000,  /* of the core to one that shares it; then asleep            */
    RXT_WAIT_SPINS = 300000, /* without one: some milliseconds, as long as libgomp's threads
                                look for work before they sleep (its GOMP_SPINCOUNT)      */
    RXT_WAIT_NAP = 50000     /* nanoseconds                                               */
};

/* Tells the core that this is a loop that waits. */
static inline void rxt_wait_pause(void)
{
#if defined __x86_64__ || defined __i386__
    __builtin_ia32_pause();
#elif defined __aarch64__
    __asm__ volatile("isb");
#endif
}

/* What to do between two looks; *looks counts them, from 0. */
static inline void rxt_wait(int *looks, bool shares_core)
{
    const struct timespec nap = { .tv_nsec = RXT_WAIT_NAP };

    if (shares_core && *looks < RXT_WAIT_YIELDS)
        sched_yield();
    else if (!shares_core && *looks < RXT_WAIT_SPINS)
        rxt_wait_pause();
    else
        nanosleep(&nap, NULL);
    *looks += *looks < RXT_WAIT_SPINS;
}

#endif
