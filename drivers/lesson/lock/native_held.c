/* native_held.c - an interpreter calls a compiled library and holds its lock during the call.
 *
 * Careless extensions do this. The library never checks whether another thread requests the lock.
 * So the other thread waits until the whole call ends, for any switch interval. A step is one pair
 * of numbers, as in interpreted.c. */
#include "../support/lock.h"
#include "../support/native.h"

static void loop(const rxt_share *share, void *partial)
{
    rxt_lock *lock = share->state;

    rxt_lock_take(lock);
    *(double *)partial = rxt_native_dot(share);
    rxt_lock_give(lock);
}

const rxt_task rxt_task_native_held = {
    .kernel = {
        .name = "native_held",
        .formula = "r = sum x[i] y[i] by BLAS; lock held",
        .arrays = 2,
        .loads = 2,
        .flops = 2,
        .factors = 2,
        .merge = &rxt_sum,
        .proof = &rxt_proof_dot,
        .loop = loop,
        .blas = RXT_NATIVE_BLAS,
        .make = rxt_lock_make,
        .free = rxt_lock_free,
        .task = &rxt_task_native_held,
    },
    .unit = "step",
    .heeds = RXT_HEEDS_SWITCH_INTERVAL,
};
