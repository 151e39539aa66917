/* reference.h - the accurate sum of products that results are compared with.
 *
 * All proofs of sums use it: a plain sum is a dot product with ones, and so on. It sums in twice
 * the working precision (Dot2: Ogita, Rump, Oishi 2005), and also sums |x y|, from which the bound
 * follows. If the operands are integers and the sum of |x y| is below 2^53 (f32: 2^24), every
 * partial sum is exact in any order: then the result must be equal to the reference. If operands
 * are not finite, it must be equal to the infinity or NaN that IEEE 754 gives. */
#ifndef RXT_REFERENCE_H
#define RXT_REFERENCE_H

#include "support/coverage.h"
#include <rxt/kernel.h>

typedef struct rxt_reference {
    double high, low;            /* high + low is the sum of x y over finite x and y    */
    double magnitude;            /* sum of |x y| over finite x and y                    */
    double special;              /* sum of the other products, infinity or NaN; 0: none */
    int64_t broken;              /* not 0: an element was not an integer                */
    uint64_t inexact[RXT_TYPES]; /* number of products too small to keep all digits     */
    rxt_coverage coverage;
} rxt_reference;

/* The merge of these facts, for proofs that have no others. */
extern const rxt_merge rxt_reference_facts;

/* Adds the products x[i] y[i] of n elements; the caller adds the coverage. */
void rxt_reference_add(rxt_reference *reference, ptrdiff_t n, const double *x, const double *y);

/* Are a and b equal, or both NaN? */
bool rxt_reference_same(double a, double b);

/* Is every partial sum exact in that type? */
bool rxt_reference_exact(const rxt_reference *reference, rxt_type type);

/* The largest relative error of a sum of `terms` terms, each with at most `roundings` = c
 * roundings, as a factor of sum |x y|: c u / (1 - c u), u the type's unit roundoff (Higham 2002,
 * sec. 3.1 and 4.2). For large c u it is (terms + 1) u: a sum in any order errs by at most n u,
 * however large n u is (Jeannerod & Rump 2013). */
double rxt_reference_gamma(rxt_type type, double roundings, double terms);

/* bound, mean and judge for proofs of sums; the facts are an rxt_reference. */
double rxt_reference_bound(const void *facts, const rxt_case *of);
double rxt_reference_mean(const void *facts);
double rxt_reference_judge(const void *facts, const rxt_case *of, rxt_value result);

#endif
