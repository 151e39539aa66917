/* scale.c - STREAM's scale, b[i] = s c[i]. */
#include <rxt/map.h>

static inline rxt_vector of(rxt_vector c, rxt_vector none)
{
    (void)none;
    return RXT_MAP_SCALAR * c;
}

static void loop(const rxt_share *share, void *partial)
{
    (void)partial;
    rxt_map(share, 1, of);
}

const rxt_kernel rxt_kernel_scale = {
    .name = "scale",
    .type = RXT_TYPE,
    .formula = "b[i] = s c[i]",
    .arrays = 2,
    .outputs = 1,
    .loads = 1,
    .stores = 1,
    .flops = 1,
    .proof = &rxt_proof_scale,
    .loop = loop,
};
