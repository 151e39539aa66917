/* pipe.c - numbers written into a pipe by one process and read from it by another: bytes as they
 * are.
 *
 * The kernel copies them twice, in parts of what the pipe holds (64 KiB on Linux), and lets whoever
 * waits sleep: being woken is a large part of handing little over. */
#include <rxt/task.h>

#include "../support/piped.h"

static rxt_status make(rxt_slab *slab)
{
    return rxt_piped_make(slab, sizeof(rxt_piped), sizeof(double));
}

static bool give(const rxt_slab *slab)
{
    const rxt_hand *hand = slab->state;

    return rxt_piped_write(slab, hand->x, (size_t)slab->total * sizeof *hand->x);
}

static bool take(const rxt_slab *slab)
{
    const rxt_hand *hand = slab->state;

    return rxt_piped_read(slab, hand->x, (size_t)slab->total * sizeof *hand->x);
}

static void run(const rxt_slab *slab, void *partial)
{
    static const rxt_way way = {
        .give = give, .take = take, .answer = rxt_piped_answer, .hear = rxt_piped_hear
    };

    rxt_hand_call(slab, &way, partial);
}

const rxt_kernel rxt_kernel_pipe = {
    .name = "pipe",
    .formula = "n numbers to another process: bytes through a pipe",
    .unit = "number",
    .loads = 1,
    .merge = &rxt_sum,
    .proof = &rxt_proof_units,
    .run = run,
    .make = make,
    .free = rxt_piped_free,
    .fits = rxt_hand_fits,
    .trouble = rxt_hand_trouble,
};
