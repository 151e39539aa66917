/* piped.c - what ways of handing numbers over by pipes have in common. */
#include "piped.h"

rxt_status rxt_piped_make(rxt_slab *slab, size_t size, double each)
{
    rxt_status st = rxt_hand_make(slab, size);
    rxt_piped *state = slab->state;

    if (!st)
        st = rxt_hand_numbers(slab, each);
    st = rxt_comm_agree(slab->comm, st);
    if (st || slab->ranks == 1)
        return st;
    state->opened = true;
    return rxt_pipes_open(slab->comm, &state->pipes);
}

void rxt_piped_free(rxt_slab *slab)
{
    rxt_piped *state = slab->state;

    if (state && state->opened)
        rxt_pipes_close(&state->pipes);
    rxt_hand_free(slab);
}

static bool note(const rxt_slab *slab, bool done)
{
    rxt_piped *state = slab->state;

    if (!done && !state->hand.trouble)
        state->hand.trouble = rxt_pipes_trouble();
    return done;
}

bool rxt_piped_write(const rxt_slab *slab, const void *bytes, size_t size)
{
    rxt_piped *state = slab->state;

    return note(slab, rxt_pipes_write(&state->pipes, bytes, size));
}

bool rxt_piped_read(const rxt_slab *slab, void *bytes, size_t size)
{
    rxt_piped *state = slab->state;

    return note(slab, rxt_pipes_read(&state->pipes, bytes, size));
}

bool rxt_piped_answer(const rxt_slab *slab, double sum)
{
    return rxt_piped_write(slab, &sum, sizeof sum);
}

bool rxt_piped_hear(const rxt_slab *slab, double *sum)
{
    return rxt_piped_read(slab, sum, sizeof *sum);
}
