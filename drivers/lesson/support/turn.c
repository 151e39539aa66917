/* turn.c - waiting for another worker in memory that both have.
 *
 * The other is on a core of its own, as a rule, and comes soon: asleep, this one would be woken
 * only microseconds later. Where both share a core, giving way lets the other come at all. */
#include "turn.h"

#include <sched.h>

enum { LOOKS = 1000 /* before the core is offered to others */ };

/* Tells the core that this is a loop that waits. */
static void pause_core(void)
{
#if defined __x86_64__ || defined __i386__
    __builtin_ia32_pause();
#elif defined __aarch64__
    __asm__ volatile("isb");
#endif
}

void rxt_turn_await(const atomic_uint *turn, unsigned wanted)
{
    for (int looks = 0; atomic_load_explicit(turn, memory_order_acquire) != wanted;
         looks += looks < LOOKS)
        if (looks < LOOKS)
            pause_core();
        else
            sched_yield();
}

void rxt_turn_set(atomic_uint *turn, unsigned to)
{
    atomic_store_explicit(turn, to, memory_order_release);
}
