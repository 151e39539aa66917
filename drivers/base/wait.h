/* wait.h - how a worker waits for another worker in shared memory.
 *
 * Usually the other worker runs on its own core and answers within microseconds. Waking from sleep
 * would take longer, so the worker spins. It must not yield its core (sched_yield): if another
 * process also computes on its core, a yield costs a whole time slice of the scheduler, 4 ms for a
 * wait of 1 µs. A worker yields only if it is on the same core as the worker that it waits for,
 * because the other worker cannot run otherwise.
 *
 * After a millisecond the worker sleeps between polls. The other worker is then busy, or another
 * process has the other worker's core for a time slice. Sleep is better now: the scheduler favours
 * a thread that has slept, so both workers get their cores back together. A worker that spins uses
 * up its own time slice. So it loses its core at the time when the other worker gets its core back,
 * and then the other worker spins. (Ousterhout, "Scheduling techniques for concurrent systems",
 * 1982: spin for a while, then block.) */
#ifndef RXT_WAIT_H
#define RXT_WAIT_H

#include <stdbool.h>

/* State of one wait; start with { 0 }. */
typedef struct rxt_wait {
    int looks;    /* polls so far, or yields */
    double since; /* first reading of the clock, in seconds; 0: not read yet */
    bool sleeps;
} rxt_wait;

enum { RXT_WAIT_LOOKS = 256 /* polls between two readings of the clock */ };

/* Tells the core that this loop only waits. */
static inline void rxt_wait_pause(void)
{
#if defined __x86_64__ || defined __i386__
    __builtin_ia32_pause();
#elif defined __aarch64__
    __asm__ volatile("isb");
#endif
}

/* The slow part of rxt_wait_more: yields, sleeps, or reads the clock to decide. */
void rxt_wait_long(rxt_wait *wait, bool shares_core);

/* Pauses, yields or sleeps between two polls. shares_core: the other worker needs this core. */
static inline void rxt_wait_more(rxt_wait *wait, bool shares_core)
{
    if (shares_core || wait->sleeps || ++wait->looks % RXT_WAIT_LOOKS == 0)
        rxt_wait_long(wait, shares_core);
    else
        rxt_wait_pause();
}

#endif
