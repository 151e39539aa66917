/* copy.c - STREAM's copy, c[i] = a[i]. */
#include <rxt/map.h>

static inline rxt_vector of(rxt_vector a, rxt_vector none)
{
    (void)none;
    return a;
}

static void loop(const rxt_share *share, void *partial)
{
    (void)partial;
    rxt_map(share, 1, of);
}

const rxt_kernel rxt_kernel_copy = {
    .name = "copy",
    .type = RXT_TYPE,
    .formula = "c[i] = a[i]",
    .arrays = 2,
    .outputs = 1,
    .loads = 1,
    .stores = 1,
    .proof = &rxt_proof_copy,
    .loop = loop,
};
