/* turn.c - waiting for another worker in memory that both have. */
#include "turn.h"

#include <sched.h>

#include "base/wait.h"

/* As long as nothing is known of the other, it may need this very core. */
static bool shares_core(const rxt_turn *turn)
{
    int cpu = atomic_load_explicit(&turn->cpu, memory_order_relaxed);

    return cpu == 0 || cpu == sched_getcpu() + 1;
}

void rxt_turn_await(const rxt_turn *turn, unsigned wanted)
{
    rxt_wait wait = { 0 };

    while (atomic_load_explicit(&turn->of, memory_order_acquire) != wanted)
        rxt_wait_more(&wait, shares_core(turn));
}

void rxt_turn_set(rxt_turn *turn, unsigned to)
{
    atomic_store_explicit(&turn->cpu, sched_getcpu() + 1, memory_order_relaxed);
    atomic_store_explicit(&turn->of, to, memory_order_release);
}
