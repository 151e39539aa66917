/* proof.h - what a kernel's results are held against: its own proof, one made of its reference or,
 * with neither, the results of other splits. */
#ifndef RXT_PROOF_H
#define RXT_PROOF_H

#include <rxt/kernel.h>

/* The kernel's proof; of one with neither proof nor reference what can be told of one split alone:
 * that every element was there, and none left unwritten. Pure. */
const rxt_proof *rxt_proof_of(const rxt_kernel *kernel);

/* The proof made of a kernel's reference; NULL where its merge is none that this can be told of.
 * Pure. */
const rxt_proof *rxt_proof_by_reference(const rxt_kernel *kernel);

/* A kernel with neither: its results are compared with each other. Pure. */
bool rxt_proof_by_agreement(const rxt_kernel *kernel);

/* Of such a kernel without a merge: what stands for all that it stored, from the facts. The value
 * sums up the finite elements; the index is a hash of where NaN and infinities stand, or -1. Pure.
 */
rxt_value rxt_proof_digest(const void *facts);

/* What a result at a split may differ from that of 1 × 1 by. Its terms may be larger than the
 * operands, but hardly than the result. Pure. */
double rxt_proof_slack(const rxt_kernel *kernel, const void *facts, const rxt_case *of,
                       rxt_value result);

/* How far two results are apart, in units of the slack: at most 1 is agreement. Without a finite
 * slack they must be equal, as must be indices, and whole numbers below 2^52 (f32: 2^23): there the
 * type has halves, so that a sum of other terms is hardly whole. NaN equals NaN. Pure. */
double rxt_proof_apart(rxt_type type, rxt_value a, rxt_value b, double slack);

#endif
