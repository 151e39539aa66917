/* interpreted.c - a dot product in an interpreter whose threads share one lock, as in CPython.
 *
 * A step is one iteration of the interpreted loop: it multiplies and adds one pair of numbers. The
 * threads of a process share the lock, so they interpret one after another. Each rank has its own
 * interpreter and its own lock. */
#include "../support/interpreter.h"

static void loop(const rxt_share *share, void *partial)
{
    rxt_lock *lock = share->state;

    rxt_lock_take(lock);
    *(double *)partial = rxt_interpreter_dot(share->n, share->v[0], share->v[1], lock);
    rxt_lock_give(lock);
}

const rxt_task rxt_task_interpreted = {
    .kernel = {
        .name = "interpreted",
        .formula = "r = sum x[i] y[i], interpreted; one lock per process",
        .arrays = 2,
        .loads = 2,
        .flops = 2,
        .factors = 2,
        .merge = &rxt_sum,
        .proof = &rxt_proof_dot,
        .loop = loop,
        .make = rxt_lock_make,
        .free = rxt_lock_free,
        .task = &rxt_task_interpreted,
    },
    .unit = "step",
    .heeds = RXT_HEEDS_SWITCH_INTERVAL,
};
