/* hand.c - what all ways of handing numbers over have in common. */
#include "hand.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "machine/cpus.h"

#include "numbers.h"

enum { LINE = 64 };

rxt_status rxt_hand_make(rxt_slab *slab, size_t size)
{
    char most[32];

    slab->state = calloc(1, size);
    if (!slab->state)
        return rxt_status_of(RXT_ENVIRONMENT, "no memory for a way to hand numbers over");
    if (slab->total <= RXT_NUMBERS_MOST)
        return RXT_OK;
    return rxt_status_of(RXT_USAGE, "sums of more than %s numbers are not exact; hand over fewer",
                         rxt_list_print(RXT_NUMBERS_MOST, most));
}

/* Looked up only where it could matter: that reads files. */
static bool has_memory(double bytes)
{
    return bytes < 64e6 || bytes < rxt_cpus_memory("", NULL);
}

/* All bits set are a NaN. */
rxt_status rxt_hand_numbers(const rxt_slab *slab, double each)
{
    rxt_hand *hand = slab->state;
    size_t bytes = ((size_t)slab->total * sizeof(double) / LINE + 1) * LINE;
    double all = each * (double)slab->total * slab->ranks;
    char n[32];

    if (has_memory(all))
        hand->x = aligned_alloc(LINE, bytes);
    if (!hand->x)
        return rxt_status_of(RXT_ENVIRONMENT,
                             "no memory to hand %s numbers over (%.3g GB); choose a smaller size",
                             rxt_list_print(slab->total, n), all / 1e9);
    memset(hand->x, 0xff, bytes);
    return RXT_OK;
}

void rxt_hand_free(rxt_slab *slab)
{
    rxt_hand *hand = slab->state;

    if (!hand)
        return;
    free(hand->x);
    rxt_status_free(hand->trouble);
    free(hand);
    slab->state = NULL;
}

double rxt_hand_made(rxt_hand *hand, ptrdiff_t n)
{
    return rxt_numbers_make(++hand->call, n, hand->x);
}

double rxt_hand_heard(double made, double sum)
{
    return made == sum ? 0 : -1;
}

double rxt_hand_alone(rxt_hand *hand, ptrdiff_t n)
{
    double made = rxt_hand_made(hand, n), sum;
    ptrdiff_t right = rxt_numbers_check(hand->call, n, hand->x, &sum);

    return (double)right + rxt_hand_heard(made, sum);
}

static double give(const rxt_slab *slab, const rxt_way *way)
{
    double made = rxt_hand_made(slab->state, slab->total), sum;

    if (!way->give(slab) || !way->hear(slab, &sum))
        return -1;
    return rxt_hand_heard(made, sum);
}

/* What could not be taken is answered all the same, lest the other wait. */
static double take(const rxt_slab *slab, const rxt_way *way)
{
    rxt_hand *hand = slab->state;
    double sum = 0;
    ptrdiff_t right = 0;

    hand->call++;
    if (way->take(slab))
        right = rxt_numbers_check(hand->call, slab->total, hand->x, &sum);
    return way->answer(slab, sum) ? (double)right : 0;
}

void rxt_hand_call(const rxt_slab *slab, const rxt_way *way, double *right)
{
    if (slab->ranks == 1)
        *right = rxt_hand_alone(slab->state, slab->total);
    else if (slab->rank == 0)
        *right = give(slab, way);
    else
        *right = take(slab, way);
}

rxt_status rxt_hand_trouble(rxt_slab *slab)
{
    rxt_hand *hand = slab->state;
    rxt_status st = hand->trouble;

    hand->trouble = RXT_OK;
    return st;
}

bool rxt_hand_fits(int nodes, int ranks, int threads)
{
    return nodes == 1 && ranks == 2 && threads == 1;
}
