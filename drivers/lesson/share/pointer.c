/* pointer.c - numbers handed to another thread of the process: their address.
 *
 * Nothing moves but what the other's core reads. Both are threads of the team, which starts them
 * for each call as for any kernel's; that is in the time, where ranks have what ends a call of
 * theirs. Each waits for the other by looking at a line of memory (turn.h). */
#include <rxt/task.h>

#include "../support/hand.h"
#include "../support/numbers.h"
#include "../support/turn.h"

/* Two lines, one for each direction. */
typedef struct meeting {
    rxt_hand hand; /* thread 0's                    */
    uint64_t call; /* the last that thread 1 has seen */
    char apart[RXT_TURN_FAR];
    rxt_turn given;
    const double *x;
    char apart_too[RXT_TURN_FAR];
    rxt_turn answered;
    double sum;
} meeting;

static rxt_status make(rxt_slab *slab)
{
    rxt_status st = rxt_hand_make(slab, sizeof(meeting));

    return st ? st : rxt_hand_numbers(slab, sizeof(double));
}

static double give(meeting *m, ptrdiff_t n)
{
    double made = rxt_hand_made(&m->hand, n);

    m->x = m->hand.x;
    rxt_turn_set(&m->given, (unsigned)m->hand.call);
    rxt_turn_await(&m->answered, (unsigned)m->hand.call);
    return rxt_hand_heard(made, m->sum);
}

static double take(meeting *m, ptrdiff_t n)
{
    uint64_t call = ++m->call;
    ptrdiff_t right;

    rxt_turn_await(&m->given, (unsigned)call);
    right = rxt_numbers_check(call, n, m->x, &m->sum);
    rxt_turn_set(&m->answered, (unsigned)call);
    return (double)right;
}

/* Other splits, which this does not fit, have nobody to hand to. */
static void loop(const rxt_share *share, void *partial)
{
    meeting *m = share->state;
    double *right = partial;

    if (share->workers == 1)
        *right = rxt_hand_alone(&m->hand, share->total);
    else
        *right = share->worker == 0 ? give(m, share->total) : take(m, share->total);
}

static bool fits(int nodes, int ranks, int threads)
{
    return nodes == 1 && ranks == 1 && threads == 2;
}

const rxt_kernel rxt_kernel_pointer = {
    .name = "pointer",
    .formula = "n numbers to another thread: their address",
    .unit = "number",
    .loads = 1,
    .merge = &rxt_sum,
    .proof = &rxt_proof_units,
    .loop = loop,
    .make = make,
    .free = rxt_hand_free,
    .fits = fits,
    .trouble = rxt_hand_trouble,
};
