/* facts.c - the reference data of a proof, gathered from all ranks. */
#include "measure/measure.h"

#include "support/proof.h"

enum { BLOCK = 1 << 12 }; /* elements per block, so that a block of all operands stays in L2 */

/* Elements [first, first + n) of an operand as doubles: for f64 in place, for f32 a copy in
 * `wide`. */
static void *standing(const rxt_slab *slab, int operand, ptrdiff_t first, ptrdiff_t n, double *wide)
{
    ptrdiff_t at = first - slab->first;

    if (slab->type == RXT_F64)
        return (double *)slab->v[operand] + at;
    for (ptrdiff_t i = 0; i < n; i++)
        wide[i] = ((float *)slab->v[operand] + at)[i];
    return wide;
}

static rxt_status gather_block(const rxt_kernel *kernel, const rxt_operands *operands,
                               const rxt_share *block, const rxt_slab *slab, void *facts)
{
    double memory[RXT_ARRAYS][BLOCK], wide[RXT_ARRAYS][BLOCK];
    rxt_share made = *block, found = *block;
    rxt_status st = RXT_OK;

    for (int a = 0; a < kernel->arrays && !st; a++) {
        if (a < rxt_inputs_of(kernel))
            st = rxt_operands_fill(kernel, operands, a, made.first, made.n, made.total, memory[a]);
        made.v[a] = memory[a];
        if (slab)
            found.v[a] = standing(slab, a, made.first, made.n, wide[a]);
    }
    if (!st)
        rxt_proof_of(kernel)->gather(&made, slab ? &found : NULL, facts);
    return st;
}

rxt_status rxt_measure_gather(const rxt_kernel *kernel, const rxt_operands *operands,
                              rxt_range range, ptrdiff_t total, const rxt_slab *slab,
                              const atomic_bool *stop, void *facts)
{
    rxt_status st = RXT_OK;

    for (ptrdiff_t i = 0; i < range.n && !st && !atomic_load(stop); i += BLOCK) {
        rxt_share block = { .type = kernel->type,
                            .n = range.n - i < BLOCK ? range.n - i : BLOCK,
                            .first = range.first + i,
                            .total = total,
                            .workers = 1,
                            .kernel = kernel };

        st = gather_block(kernel, operands, &block, slab, facts);
    }
    return st;
}

/* If one rank was stopped or could not generate its operands, all ranks return without a
 * reduction. */
rxt_status rxt_measure_facts(rxt_comm *comm, const rxt_kernel *kernel, ptrdiff_t total,
                             const rxt_operands *operands, const atomic_bool *stop, void *facts)
{
    rxt_range part = rxt_range_part((rxt_range){ .n = total }, rxt_comm_rank(comm),
                                    rxt_comm_size(comm), rxt_grain_of(kernel));
    rxt_status st;

    rxt_proof_of(kernel)->facts->zero(facts);
    st = rxt_measure_gather(kernel, operands, part, total, NULL, stop, facts);
    if (!st && atomic_load(stop))
        st = rxt_status_of(RXT_STOPPED, "stopped before this job's first measurement");
    st = rxt_comm_agree(comm, st);
    if (!st)
        rxt_comm_combine(comm, RXT_COMBINE_MPI, rxt_proof_of(kernel)->facts, facts);
    return st;
}
