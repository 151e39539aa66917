/* spin_wait.c - a worker waits for another one by polling shared memory. */
#include "spin_wait.h"

#include <sched.h>

#include "base/wait.h"

/* Is the other worker on this CPU? Also true if the other worker's CPU is not known yet, because it
 * can be this CPU. */
static bool shares_core(const rxt_spin_wait *spin)
{
    int cpu = atomic_load_explicit(&spin->cpu, memory_order_relaxed);

    return cpu == 0 || cpu == sched_getcpu() + 1;
}

void rxt_spin_wait_until(const rxt_spin_wait *spin, unsigned wanted)
{
    rxt_wait wait = { 0 };

    while (atomic_load_explicit(&spin->of, memory_order_acquire) != wanted)
        rxt_wait_more(&wait, shares_core(spin));
}

void rxt_spin_wait_set(rxt_spin_wait *spin, unsigned to)
{
    atomic_store_explicit(&spin->cpu, sched_getcpu() + 1, memory_order_relaxed);
    atomic_store_explicit(&spin->of, to, memory_order_release);
}
