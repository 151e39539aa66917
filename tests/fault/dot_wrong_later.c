/* dot_wrong_later.c - wrong on purpose: on rank 1 the first call is right, and all later calls add
 * 1. */
#include <rxt/kernel.h>

#include <stdlib.h>

static rxt_status make(rxt_slab *slab)
{
    slab->state = calloc(1, sizeof(int));
    return slab->state ? RXT_OK : rxt_status_no_memory("for a count of calls");
}

static void drop(rxt_slab *slab)
{
    free(slab->state);
}

static void run(const rxt_slab *slab, void *partial)
{
    const double *x = slab->v[0], *y = slab->v[1];
    int *calls = slab->state;
    double sum = slab->rank == 1 && (*calls)++ > 0 ? 1.0 : 0.0;

    for (ptrdiff_t i = 0; i < slab->n; i++)
        sum += x[i] * y[i];
    *(double *)partial = sum;
}

const rxt_kernel rxt_kernel_dot_wrong_later = {
    .name = "dot_wrong_later",
    .formula = "r = sum x[i] y[i], later 1 more",
    .arrays = 2,
    .loads = 2,
    .flops = 2,
    .factors = 2,
    .merge = &rxt_sum,
    .proof = &rxt_proof_dot,
    .run = run,
    .make = make,
    .free = drop,
};
