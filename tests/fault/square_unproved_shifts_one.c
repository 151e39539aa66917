/* square_unproved_shifts_one.c - wrong on purpose, and without a proof: with more than one worker,
 * the first two elements of each share are swapped. */
#include <rxt/kernel.h>

static void loop(const rxt_share *share, void *partial)
{
    const double *x = share->v[0];
    double *y = share->v[1];
    bool swap = share->workers > 1 && share->n > 1;

    (void)partial;
    for (ptrdiff_t i = 0; i < share->n; i++) {
        ptrdiff_t from = swap && i < 2 ? 1 - i : i;

        y[i] = x[from] * x[from];
    }
}

const rxt_kernel rxt_kernel_square_unproved_shifts_one = {
    .name = "square_unproved_shifts_one",
    .formula = "y[i] = x[j]^2",
    .arrays = 2,
    .outputs = 1,
    .loads = 1,
    .stores = 1,
    .flops = 1,
    .loop = loop,
};
