/* proof.h - how a kernel's results are checked: by its own proof, by a proof made from its
 * reference or, without both, by comparing the results of the splits. */
#ifndef RXT_PROOF_H
#define RXT_PROOF_H

#include <rxt/kernel.h>

/* The kernel's proof, or the one made from its reference. Without both it is a proof of what one
 * split can show: every element was seen, and none was left unwritten. Pure. */
const rxt_proof *rxt_proof_of(const rxt_kernel *kernel);

/* The proof made from a kernel's reference; NULL if its merge is not supported. Pure. */
const rxt_proof *rxt_proof_by_reference(const rxt_kernel *kernel);

/* Is the kernel without proof and reference? Then the results of its splits are compared. Pure. */
bool rxt_proof_by_agreement(const rxt_kernel *kernel);

/* For a kernel without proof, reference and merge: a digest of all elements that it stored, from
 * the facts. The value is the weighted sum of the finite elements; the index is a hash of the
 * places of NaN and infinities, or -1 if there are none. Pure. */
rxt_value rxt_proof_digest(const void *facts);

/* The largest allowed difference between the result of a split and the result of 1 × 1. Terms may
 * be larger than the operands, but are assumed to be no larger than the result. Pure. */
double rxt_proof_slack(const rxt_kernel *kernel, const void *facts, const rxt_case *of,
                       rxt_value result);

/* The difference of two results in units of the slack; the results agree if it is at most 1.
 * Indices must be equal, and so must values if the slack is not finite. Two integers below 2^52
 * (f32: 2^23) must be equal, too: the type has fractions there, and a sum of fractions is rarely an
 * integer. NaN equals NaN. Pure. */
double rxt_proof_apart(rxt_type type, rxt_value a, rxt_value b, double slack);

#endif
