/* rest.c - ranks asleep on one node.
 *
 * The generation counts the orders; the semaphore only wakes. So a wake-up without an order (a
 * signal, the timeout) is told from one with an order, and an order is never taken twice. */
#include "comm/rest.h"

#include <errno.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"

struct rxt_rest {
    sem_t bell;
    atomic_uint given; /* orders given            */
    unsigned taken;    /* orders taken; its own   */
    pid_t process;
    _Alignas(RXT_REST_ALIGNED) unsigned char order[RXT_ORDER];
};

size_t rxt_rest_size(void)
{
    return sizeof(rxt_rest);
}

bool rxt_rest_make(rxt_rest *bed)
{
    memset(bed, 0, sizeof *bed);
    atomic_init(&bed->given, 0);
    bed->process = getpid();
    return sem_init(&bed->bell, 1, 0) == 0;
}

void rxt_rest_free(rxt_rest *bed)
{
    sem_destroy(&bed->bell);
}

void rxt_rest_ring(rxt_rest *bed, const void *order, size_t size)
{
    memcpy(bed->order, order, size);
    atomic_fetch_add_explicit(&bed->given, 1, memory_order_release);
    sem_post(&bed->bell);
}

static bool has_order(rxt_rest *bed)
{
    return atomic_load_explicit(&bed->given, memory_order_acquire) != bed->taken;
}

/* Until the bell rings, or so many seconds at most; false when they are over. glibc has a wait by
 * the clock that never steps since 2.30. By the other, whose steps make it shorter or longer,
 * whoever waits looks again sooner or later. */
static bool wait_bell(rxt_rest *bed, double seconds)
{
#ifdef RXT_HAS_SEM_CLOCKWAIT
    struct timespec deadline = rxt_clock_deadline(seconds);
    int failed = sem_clockwait(&bed->bell, CLOCK_MONOTONIC, &deadline);
#else
    struct timespec deadline = rxt_clock_deadline_of_day(seconds);
    int failed = sem_timedwait(&bed->bell, &deadline);
#endif

    return !failed || errno != ETIMEDOUT;
}

bool rxt_rest_sleep(rxt_rest *bed, double seconds, void *order, size_t size)
{
    double until = rxt_clock_now() + seconds;

    while (!has_order(bed))
        if (!wait_bell(bed, until - rxt_clock_now()))
            break;
    if (!has_order(bed))
        return false;
    memcpy(order, bed->order, size);
    bed->taken++;
    return true;
}

bool rxt_rest_lives(const rxt_rest *bed)
{
    return kill(bed->process, 0) == 0 || errno != ESRCH;
}
