/* fill.c - x[i] = s: stores without loads. */
#include <rxt/map.h>

static inline rxt_vector of(rxt_vector none, rxt_vector nothing)
{
    (void)none, (void)nothing;
    return (rxt_vector){ 0 } + RXT_MAP_SCALAR;
}

static void loop(const rxt_share *share, void *partial)
{
    (void)partial;
    rxt_map(share, 0, of);
}

const rxt_kernel rxt_kernel_fill = {
    .name = "fill",
    .type = RXT_TYPE,
    .formula = "x[i] = s",
    .arrays = 1,
    .outputs = 1,
    .stores = 1,
    .proof = &rxt_proof_fill,
    .loop = loop,
};
