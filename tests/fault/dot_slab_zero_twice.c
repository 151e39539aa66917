/* dot_slab_zero_twice.c - wrong on purpose: rank 1 sums the elements of slab 0 instead of its own.
 *
 * It generates those elements again, with the drivers' default seed. */
#include "data/operands.h"
#include <rxt/kernel.h>

enum { BLOCK = 1024 };

static const rxt_kernel like_dot = { .arrays = 2, .factors = 2 };
static const rxt_operands operands = { .seed = 1 };

/* Elements [0, n) instead of [first, first + n). */
static double slab_zero(const rxt_slab *slab)
{
    double x[BLOCK], y[BLOCK], sum = 0.0;

    for (ptrdiff_t i = 0; i < slab->n; i += BLOCK) {
        ptrdiff_t n = slab->n - i < BLOCK ? slab->n - i : BLOCK;

        rxt_operands_fill(&like_dot, &operands, 0, i, n, slab->total, x);
        rxt_operands_fill(&like_dot, &operands, 1, i, n, slab->total, y);
        for (ptrdiff_t j = 0; j < n; j++)
            sum += x[j] * y[j];
    }
    return sum;
}

static void run(const rxt_slab *slab, void *partial)
{
    const double *x = slab->v[0], *y = slab->v[1];
    double sum = 0.0;

    if (slab->rank == 1) {
        *(double *)partial = slab_zero(slab);
        return;
    }
    for (ptrdiff_t i = 0; i < slab->n; i++)
        sum += x[i] * y[i];
    *(double *)partial = sum;
}

const rxt_kernel rxt_kernel_dot_slab_zero_twice = {
    .name = "dot_slab_zero_twice",
    .formula = "r = sum x[i] y[i], slab 0 twice",
    .arrays = 2,
    .loads = 2,
    .flops = 2,
    .factors = 2,
    .merge = &rxt_sum,
    .proof = &rxt_proof_dot,
    .run = run,
};
