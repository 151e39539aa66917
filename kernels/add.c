/* add.c - STREAM's add, c[i] = a[i] + b[i]. */
#include <rxt/map.h>

static inline rxt_vector of(rxt_vector a, rxt_vector b)
{
    return a + b;
}

static void loop(const rxt_share *share, void *partial)
{
    (void)partial;
    rxt_map(share, 2, of);
}

const rxt_kernel rxt_kernel_add = {
    .name = "add",
    .type = RXT_TYPE,
    .formula = "c[i] = a[i] + b[i]",
    .arrays = 3,
    .outputs = 1,
    .loads = 2,
    .stores = 1,
    .flops = 1,
    .proof = &rxt_proof_add,
    .loop = loop,
};
