/* iamax_counts_from_one.c - wrong on purpose: with more than one worker the index counts from 1, as
 * in Fortran; the value is right. */
#include <rxt/kernel.h>

#include <math.h>

static void loop(const rxt_share *share, void *partial)
{
    const double *x = share->v[0];
    rxt_value most = { .value = -1, .index = -1 };

    for (ptrdiff_t i = 0; i < share->n; i++)
        if (fabs(x[i]) > most.value)
            most = (rxt_value){ .value = fabs(x[i]), .index = share->first + i };
    if (share->workers > 1)
        most.index++;
    *(rxt_value *)partial = share->n > 0 ? most : (rxt_value){ .index = -1 };
}

const rxt_kernel rxt_kernel_iamax_counts_from_one = {
    .name = "iamax_counts_from_one",
    .formula = "r = i + 1 of max |x[i]|",
    .arrays = 1,
    .loads = 1,
    .flops = 1,
    .factors = 1,
    .merge = &rxt_max_at,
    .proof = &rxt_proof_iamax,
    .loop = loop,
};
