/* proof_dot.c - proof of a dot product: the accurate sum of products (reference.h). */
#include "support/reference.h"

static void gather(const rxt_share *made, const rxt_share *found, void *facts)
{
    rxt_reference *f = facts;

    (void)found;
    rxt_reference_add(f, made->n, made->v[0], made->v[1]);
    rxt_coverage_add(&f->coverage, made);
}

const rxt_proof rxt_proof_dot = {
    .facts = &rxt_reference_facts,
    .gather = gather,
    .bound = rxt_reference_bound,
    .mean = rxt_reference_mean,
    .judge = rxt_reference_judge,
};
