/* wait.h - how a worker waits for another in memory that both have.
 *
 * As a rule the other is at work on a core of its own and comes within microseconds: asleep, this
 * one would be woken only later. So it looks again and again. It must not offer its core to whoever
 * wants it (sched_yield): beside a process that computes, an offer costs a whole slice of the
 * scheduler, 4 ms for a wait of 1 µs. Only a worker that shares its core with the one that it waits
 * for gives way, since the other cannot come at all until it does.
 *
 * Whoever has waited for a millisecond sleeps from look to look. The other is busy with something
 * else, or its core is another process's for a slice. Then sleep pays: the scheduler owes time to
 * who slept, so that both are on their cores again together. Spinning uses up the slice for
 * nothing, and then the other spins. (Ousterhout, "Scheduling techniques for concurrent systems",
 * 1982: spin for a while, then block.) */
#ifndef RXT_WAIT_H
#define RXT_WAIT_H

#include <stdbool.h>

/* One wait; { 0 } at its start. */
typedef struct rxt_wait {
    int looks;    /* so far, without success                                */
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

/* Gives way, sleeps, or reads the clock to know whether it is time to. */
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
