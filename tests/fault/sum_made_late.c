/* sum_made_late.c - right, but slow to set up: if LATE=FILE is in the environment, making the
 * operand takes 100 s for every size except 20 and 400 elements; FILE is created when that begins.
 * Calls sleep so long that, also on a busy machine, two workers are far slower than one at 20
 * elements and far faster at 400, so that --break-even adds a size between the two. */
#include "sleeps.h"

#include <stdio.h>
#include <stdlib.h>

static void fill(uint64_t seed, int operand, ptrdiff_t first, ptrdiff_t n, ptrdiff_t total,
                 double *block)
{
    const char *late = getenv("LATE");

    (void)seed, (void)operand;
    if (first == 0 && total != 20 && total != 400 && late) {
        FILE *began = fopen(late, "w");

        if (began)
            fclose(began);
        sleep_for(100);
    }
    for (ptrdiff_t i = 0; i < n; i++)
        block[i] = 1;
}

static void loop(const rxt_share *share, void *partial)
{
    sum_asleep(share, partial, 250e-6, 20e-3);
}

const rxt_kernel rxt_kernel_sum_made_late = {
    .name = "sum_made_late",
    .formula = "r = sum x[i], made late",
    .arrays = 1,
    .loads = 1,
    .flops = 1,
    .factors = 1,
    .merge = &rxt_sum,
    .proof = &rxt_proof_sum,
    .fill = fill,
    .loop = loop,
};
