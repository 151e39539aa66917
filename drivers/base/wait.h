/* wait.h - how a worker waits for another worker in shared memory.
 *
 * Usually the other worker runs on its own core and answers within microseconds. Waking from sleep
 * would take longer, so the worker spins. It must not yield its core (sched_yield): beside a
 * process that computes, a yield costs a whole slice of the scheduler, 4 ms for a wait of 1 µs.
 * Only a worker on the same core as the one that it waits for yields, since the other cannot run
 * otherwise.
 *
 * After a millisecond the worker sleeps between polls. The other is then busy, or another
 * process has its core for a slice. Sleep pays: the scheduler owes time to a thread that slept,
 * so both get their cores back together. Spinning wastes the slice, and then the other one
 * spins. (Ousterhout, "Scheduling techniques for concurrent systems", 1982: spin for a while,
 * then block.) */
#ifndef RXT_WAIT_H
#define RXT_WAIT_H

#include <stdbool.h>

/* One wait; { 0 } at its start. */
typedef struct rxt_wait {
    int looks;    /* polls so far                                */
    double since; /* the clock, when it was read for the first time; 0: not */
    bool sleeps;
} rxt_wait;

enum { RXT_WAIT_LOOKS = 256 /* between two readings of the clock */ };

/* Tells the core that this is a loop that waits. */
static inline void rxt_wait_pause(void)
{
#if defined __x86_64__ || defined __i386__
    __builtin_ia32_pause();
#elif defined __aarch64__
    __asm__ volatile("isb");
#endif
}

/* Yields, sleeps, or reads the clock to decide. */
void rxt_wait_long(rxt_wait *wait, bool shares_core);

/* What to do between two looks. */
static inline void rxt_wait_more(rxt_wait *wait, bool shares_core)
{
    if (shares_core || wait->sleeps || ++wait->looks % RXT_WAIT_LOOKS == 0)
        rxt_wait_long(wait, shares_core);
    else
        rxt_wait_pause();
}

#endif
