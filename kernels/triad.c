/* triad.c - STREAM's triad, a[i] = b[i] + s c[i]. */
#include <rxt/map.h>

static inline rxt_vector of(rxt_vector b, rxt_vector c)
{
    return b + RXT_MAP_SCALAR * c;
}

static void loop(const rxt_share *share, void *partial)
{
    (void)partial;
    rxt_map(share, 2, of);
}

const rxt_kernel rxt_kernel_triad = {
    .name = "triad",
    .type = RXT_TYPE,
    .formula = "a[i] = b[i] + s c[i]",
    .arrays = 3,
    .outputs = 1,
    .loads = 2,
    .stores = 1,
    .flops = 2,
    .proof = &rxt_proof_triad,
    .loop = loop,
};
