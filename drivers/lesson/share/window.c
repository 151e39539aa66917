/* window.c - numbers handed to another rank of the node: made in memory that both have mapped.
 *
 * That is what processes have in place of a pointer. Each waits for the other by looking at a line
 * of that memory, as threads do (turn.h): MPI has no part in a call. */
#include <rxt/task.h>

#include <stdalign.h>

#include "comm/comm.h"

#include "../support/hand.h"
#include "../support/turn.h"

/* Two lines, one for each direction, and the numbers. */
typedef struct window {
    alignas(RXT_TURN_FAR) rxt_turn given;
    alignas(RXT_TURN_FAR) rxt_turn answered;
    double sum;
    alignas(RXT_TURN_FAR) double x[];
} window;

typedef struct state {
    rxt_hand hand;
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
    s->hand.x = s->window->x;
    return RXT_OK;
}

static rxt_status make(rxt_slab *slab)
{
    rxt_status st = rxt_comm_agree(slab->comm, rxt_hand_make(slab, sizeof(state)));

    if (st)
        return st;
    return slab->ranks == 1 ? rxt_hand_numbers(slab, sizeof(double)) : share(slab);
}

static void drop(rxt_slab *slab)
{
    state *s = slab->state;

    if (s && slab->ranks > 1) {
        s->hand.x = NULL;
        rxt_comm_unshare(s->shared);
    }
    rxt_hand_free(slab);
}

static bool give(const rxt_slab *slab)
{
    state *s = slab->state;

    rxt_turn_set(&s->window->given, (unsigned)s->hand.call);
    return true;
}

static bool take(const rxt_slab *slab)
{
    state *s = slab->state;

    rxt_turn_await(&s->window->given, (unsigned)s->hand.call);
    return true;
}

static bool answer(const rxt_slab *slab, double sum)
{
    state *s = slab->state;

    s->window->sum = sum;
    rxt_turn_set(&s->window->answered, (unsigned)s->hand.call);
    return true;
}

static bool hear(const rxt_slab *slab, double *sum)
{
    state *s = slab->state;

    rxt_turn_await(&s->window->answered, (unsigned)s->hand.call);
    *sum = s->window->sum;
    return true;
}

static void run(const rxt_slab *slab, void *partial)
{
    static const rxt_way way = { .give = give, .take = take, .answer = answer, .hear = hear };

    rxt_hand_call(slab, &way, partial);
}

const rxt_kernel rxt_kernel_window = {
    .name = "window",
    .formula = "n numbers to another rank: in memory that both have",
    .unit = "number",
    .loads = 1,
    .merge = &rxt_sum,
    .proof = &rxt_proof_units,
    .run = run,
    .make = make,
    .free = drop,
    .fits = rxt_hand_fits,
    .trouble = rxt_hand_trouble,
};
