/* scale_slab_zero_twice.c - wrong on purpose: rank 1 stores the results of slab 0 instead of its
 * own.
 *
 * It generates the operand of slab 0 again, with the drivers' default seed. */
#include "data/operands.h"
#include <rxt/map.h>

enum { BLOCK = 1024 };

static const rxt_kernel like_scale = { .arrays = 2, .outputs = 1 };
static const rxt_operands operands = { .seed = 1 };

static void run(const rxt_slab *slab, void *partial)
{
    double *b = slab->v[1], c[BLOCK];

    (void)partial;
    for (ptrdiff_t i = 0; i < slab->n; i += BLOCK) {
        ptrdiff_t n = slab->n - i < BLOCK ? slab->n - i : BLOCK;
        ptrdiff_t first = slab->rank == 1 ? i : slab->first + i;

        rxt_status_free(rxt_operands_fill(&like_scale, &operands, 0, first, n, slab->total, c));
        for (ptrdiff_t j = 0; j < n; j++)
            b[i + j] = RXT_MAP_SCALAR * c[j];
    }
}

const rxt_kernel rxt_kernel_scale_slab_zero_twice = {
    .name = "scale_slab_zero_twice",
    .formula = "b[i] = s c[i], slab 0 twice",
    .arrays = 2,
    .outputs = 1,
    .loads = 1,
    .stores = 1,
    .flops = 1,
    .proof = &rxt_proof_scale,
    .run = run,
};
