/* axpy.c - y[i] += s x[i], in place. y is read before it is written, so its lines are in the cache,
 * and stores that bypass the caches would gain nothing. */
#include <rxt/map.h>

static inline rxt_vector of(rxt_vector x, rxt_vector y)
{
    return y + RXT_MAP_SCALAR * x;
}

static void loop(const rxt_share *share, void *partial)
{
    (void)partial;
    rxt_map_in_place(share, of);
}

const rxt_kernel rxt_kernel_axpy = {
    .name = "axpy",
    .type = RXT_TYPE,
    .formula = "y[i] += s x[i]",
    .arrays = 2,
    .loads = 2,
    .stores = 1,
    .flops = 2,
    .proof = &rxt_proof_axpy,
    .loop = loop,
};
