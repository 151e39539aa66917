/* native_released.c - an interpreter calls a compiled library and releases its lock during the
 * call.
 *
 * NumPy releases its lock during the dot product of two vectors (cblas_matrixproduct, between
 * NPY_BEGIN_ALLOW_THREADS and NPY_END_ALLOW_THREADS): the lock protects the interpreter's data, and
 * BLAS does not use these data. A step is one pair of numbers, as in interpreted.c. */
#include "../support/lock.h"
#include "../support/native.h"

static void loop(const rxt_share *share, void *partial)
{
    rxt_lock *lock = share->state;
    double sum;

    rxt_lock_take(lock);
    rxt_lock_give(lock);
    sum = rxt_native_dot(share);
    rxt_lock_take(lock);
    *(double *)partial = sum;
    rxt_lock_give(lock);
}

const rxt_task rxt_task_native_released = {
    .kernel = {
        .name = "native_released",
        .formula = "r = sum x[i] y[i] by BLAS; lock released",
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
        .task = &rxt_task_native_released,
    },
    .unit = "step",
    .heeds = RXT_HEEDS_SWITCH_INTERVAL,
};
