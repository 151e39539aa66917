/* sum_sleeps.c - right, and slow on purpose: 50 us per element, and 5 ms more per call if there are
 * several workers. So two workers are faster from 200 elements on, on any host. */
#include "sleeps.h"

static void loop(const rxt_share *share, void *partial)
{
    sum_asleep(share, partial, 50e-6, 5e-3);
}

const rxt_kernel rxt_kernel_sum_sleeps = {
    .name = "sum_sleeps",
    .formula = "r = sum x[i], asleep",
    .arrays = 1,
    .loads = 1,
    .flops = 1,
    .factors = 1,
    .merge = &rxt_sum,
    .proof = &rxt_proof_sum,
    .loop = loop,
};
