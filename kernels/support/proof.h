/* proof.h - what a kernel's results are compared with: its own proof, one made of its reference
 * or, without both, the results of other splits. */
#ifndef RXT_PROOF_H
#define RXT_PROOF_H

#include <rxt/kernel.h>

/* The kernel's proof. Without proof and reference it checks what one split can show: that every
 * element was seen, and none left unwritten. Pure. */
const rxt_proof *rxt_proof_of(const rxt_kernel *kernel);

/* The proof made of a kernel's reference; NULL if its merge is not supported. Pure. */
const rxt_proof *rxt_proof_by_reference(const rxt_kernel *kernel);

/* A kernel with neither: its results are compared with each other. Pure. */
bool rxt_proof_by_agreement(const rxt_kernel *kernel);

/* For such a kernel without a merge: a digest of all that it stored, from the facts. The value
 * is the sum of the finite elements; the index is a hash of the places of NaN and infinities, or
 * -1. Pure. */
rxt_value rxt_proof_digest(const void *facts);

/* The largest difference between the result at a split and that of 1 × 1. Its terms may be
 * larger than the operands, but hardly than the result. Pure. */
double rxt_proof_slack(const rxt_kernel *kernel, const void *facts, const rxt_case *of,
                       rxt_value result);

/* The distance of two results in units of the slack; at most 1 is agreement. Indices must be
 * equal, and results without a finite slack, and whole numbers below 2^52 (f32: 2^23): the type
 * has halves there, so that a sum of fractions is rarely whole. NaN equals NaN. Pure. */
double rxt_proof_apart(rxt_type type, rxt_value a, rxt_value b, double slack);

#endif
