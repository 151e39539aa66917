/* park.c - lets ranks of one node sleep.
 *
 * `given` counts the orders; the semaphore only wakes the rank. So a rank that wakes up knows
 * whether it has an order (a signal or a timeout wakes it without one), and it takes no order
 * twice. */
#include "comm/park.h"

#include <errno.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"

struct rxt_park {
    sem_t semaphore;
    atomic_uint given; /* orders given            */
    unsigned taken;    /* orders taken; private */
    pid_t process;
    _Alignas(RXT_PARK_ALIGNED) unsigned char order[RXT_ORDER];
};

size_t rxt_park_size(void)
{
    return sizeof(rxt_park);
}

bool rxt_park_make(rxt_park *mailbox)
{
    memset(mailbox, 0, sizeof *mailbox);
    atomic_init(&mailbox->given, 0);
    mailbox->process = getpid();
    return sem_init(&mailbox->semaphore, 1, 0) == 0;
}

void rxt_park_free(rxt_park *mailbox)
{
    sem_destroy(&mailbox->semaphore);
}

void rxt_park_ring(rxt_park *mailbox, const void *order, size_t size)
{
    memcpy(mailbox->order, order, size);
    atomic_fetch_add_explicit(&mailbox->given, 1, memory_order_release);
    sem_post(&mailbox->semaphore);
}

static bool has_order(rxt_park *mailbox)
{
    return atomic_load_explicit(&mailbox->given, memory_order_acquire) != mailbox->taken;
}

/* Waits for the semaphore for at most `seconds`; false on timeout. glibc can wait by the
 * monotonic clock since 2.30. With the older call a step of the clock makes the wait shorter or
 * longer, which does no harm: the caller polls. */
static bool wait_semaphore(rxt_park *mailbox, double seconds)
{
#ifdef RXT_HAS_SEM_CLOCKWAIT
    struct timespec deadline = rxt_clock_deadline(seconds);
    int failed = sem_clockwait(&mailbox->semaphore, CLOCK_MONOTONIC, &deadline);
#else
    struct timespec deadline = rxt_clock_deadline_of_day(seconds);
    int failed = sem_timedwait(&mailbox->semaphore, &deadline);
#endif

    return !failed || errno != ETIMEDOUT;
}

bool rxt_park_sleep(rxt_park *mailbox, double seconds, void *order, size_t size)
{
    double until = rxt_clock_now() + seconds;

    while (!has_order(mailbox))
        if (!wait_semaphore(mailbox, until - rxt_clock_now()))
            break;
    if (!has_order(mailbox))
        return false;
    memcpy(order, mailbox->order, size);
    mailbox->taken++;
    return true;
}

bool rxt_park_lives(const rxt_park *mailbox)
{
    return kill(mailbox->process, 0) == 0 || errno != ESRCH;
}
