/* interpreted_nolock.c - the same interpreter without a lock ("free threading").
 *
 * Nothing that it touches is shared but the numbers, which are only read. */
#include "../support/interpreter.h"

static void loop(const rxt_share *share, void *partial)
{
    *(double *)partial = rxt_interpreter_dot(share->n, share->v[0], share->v[1], NULL);
}

const rxt_kernel rxt_kernel_interpreted_nolock = {
    .name = "interpreted_nolock",
    .formula = "r = sum x[i] y[i], interpreted; no lock",
    .unit = "step",
    .arrays = 2,
    .loads = 2,
    .flops = 2,
    .factors = 2,
    .merge = &rxt_sum,
    .proof = &rxt_proof_dot,
    .loop = loop,
};
