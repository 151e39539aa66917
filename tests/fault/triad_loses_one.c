/* triad_loses_one.c - wrong on purpose: every worker but the first skips the last element of its
 * share. */
#include <rxt/map.h>

static void loop(const rxt_share *share, void *partial)
{
    const rxt_real *b = share->v[0], *c = share->v[1];
    rxt_real *a = share->v[2];
    ptrdiff_t n = share->worker > 0 && share->n > 0 ? share->n - 1 : share->n;

    (void)partial;
    for (ptrdiff_t i = 0; i < n; i++)
        a[i] = b[i] + RXT_MAP_SCALAR * c[i];
}

const rxt_kernel rxt_kernel_triad_loses_one = {
    .name = "triad_loses_one",
    .type = RXT_TYPE,
    .formula = "a[i] = b[i] + s c[i], less one",
    .arrays = 3,
    .outputs = 1,
    .loads = 2,
    .stores = 1,
    .flops = 2,
    .proof = &rxt_proof_triad,
    .loop = loop,
};
