/* axpy_shifts_one.c - wrong on purpose: worker 1 uses x[i + 1] instead of x[i] for all elements of
 * its share but the last, like a loop whose index is off by one. */
#include <rxt/map.h>

static void loop(const rxt_share *share, void *partial)
{
    const rxt_real *x = share->v[0];
    rxt_real *y = share->v[1];
    ptrdiff_t off = share->worker == 1;

    (void)partial;
    for (ptrdiff_t i = 0; i < share->n; i++)
        y[i] += RXT_MAP_SCALAR * x[i + off < share->n ? i + off : i];
}

const rxt_kernel rxt_kernel_axpy_shifts_one = {
    .name = "axpy_shifts_one",
    .type = RXT_TYPE,
    .formula = "y[i] += s x[i + 1]",
    .arrays = 2,
    .loads = 2,
    .stores = 1,
    .flops = 2,
    .proof = &rxt_proof_axpy,
    .loop = loop,
};
