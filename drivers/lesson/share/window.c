/* window.c - numbers handed to another rank of the node: generated in shared memory that both ranks
 * have mapped.
 *
 * A window does for processes what a pointer does for threads: the numbers are not copied. Each
 * rank waits for the other by polling a cache line of that memory, as threads do (spin_wait.h): no
 * MPI function is used in a call. */
#include <rxt/task.h>

#include <stdalign.h>

#include "comm/comm.h"

#include "../support/spin_wait.h"
#include "../support/transfer.h"

/* Two cache lines, one for each direction, and the numbers. */
typedef struct window {
    alignas(RXT_SPIN_WAIT_FAR) rxt_spin_wait given;
    alignas(RXT_SPIN_WAIT_FAR) rxt_spin_wait answered;
    double sum;
    alignas(RXT_SPIN_WAIT_FAR) double x[];
} window;

typedef struct state {
    rxt_transfer transfer;
    rxt_shared *shared;
    window *window;
} state;

static rxt_status share(rxt_slab *slab)
{
    state *s = slab->state;
    void *memory;
    rxt_status st = rxt_comm_share(
        slab->comm, sizeof(window) + (size_t)slab->total * sizeof(double), &s->shared, &memory);

    if (st)
        return st;
    s->window = memory;
    s->transfer.x = s->window->x;
    return RXT_OK;
}

static rxt_status make(rxt_slab *slab)
{
    rxt_status st = rxt_comm_agree(slab->comm, rxt_transfer_make(slab, sizeof(state)));

    if (st)
        return st;
    return slab->ranks == 1 ? rxt_transfer_numbers(slab, sizeof(double)) : share(slab);
}

static void drop(rxt_slab *slab)
{
    state *s = slab->state;

    if (s && slab->ranks > 1) {
        s->transfer.x = NULL;
        rxt_comm_unshare(s->shared);
    }
    rxt_transfer_free(slab);
}

static bool send_numbers(const rxt_slab *slab)
{
    state *s = slab->state;

    rxt_spin_wait_set(&s->window->given, (unsigned)s->transfer.call);
    return true;
}

static bool receive_numbers(const rxt_slab *slab)
{
    state *s = slab->state;

    rxt_spin_wait_until(&s->window->given, (unsigned)s->transfer.call);
    return true;
}

static bool send_sum(const rxt_slab *slab, double sum)
{
    state *s = slab->state;

    s->window->sum = sum;
    rxt_spin_wait_set(&s->window->answered, (unsigned)s->transfer.call);
    return true;
}

static bool receive_sum(const rxt_slab *slab, double *sum)
{
    state *s = slab->state;

    rxt_spin_wait_until(&s->window->answered, (unsigned)s->transfer.call);
    *sum = s->window->sum;
    return true;
}

static void run(const rxt_slab *slab, void *partial)
{
    static const rxt_way way = { .send_numbers = send_numbers,
                                 .receive_numbers = receive_numbers,
                                 .send_sum = send_sum,
                                 .receive_sum = receive_sum };

    rxt_transfer_call(slab, &way, partial);
}

const rxt_task rxt_task_window = {
    .kernel = {
        .name = "window",
        .formula = "n numbers to another rank: in shared memory",
        .loads = 1,
        .merge = &rxt_sum,
        .proof = &rxt_proof_units,
        .run = run,
        .make = make,
        .free = drop,
        .task = &rxt_task_window,
    },
    .unit = "number",
    .fits = rxt_transfer_fits,
    .trouble = rxt_transfer_trouble,
};
