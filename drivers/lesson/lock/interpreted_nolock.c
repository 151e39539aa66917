/* interpreted_nolock.c - the interpreter of interpreted.c without a lock ("free threading").
 *
 * Threads share only the operands, which they only read, so no lock is needed. */
#include "../support/interpreter.h"

static void loop(const rxt_share *share, void *partial)
{
    *(double *)partial = rxt_interpreter_dot(share->n, share->v[0], share->v[1], NULL);
}

const rxt_task rxt_task_interpreted_nolock = {
    .kernel = {
        .name = "interpreted_nolock",
        .formula = "r = sum x[i] y[i], interpreted; no lock",
        .arrays = 2,
        .loads = 2,
        .flops = 2,
        .factors = 2,
        .merge = &rxt_sum,
        .proof = &rxt_proof_dot,
        .loop = loop,
        .task = &rxt_task_interpreted_nolock,
    },
    .unit = "step",
};
