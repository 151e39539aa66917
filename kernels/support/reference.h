/* reference.h - the accurate sum of products that a result is compared with.
 *
 * The proofs of sums share it: a plain sum is a dot product with ones, and so on. It is a sum in
 * twice the working precision (Dot2: Ogita, Rump, Oishi 2005), beside it the sum of |x y|, from
 * which the bound follows. While that sum of integers is below 2^53 (in f32, 2^24) every partial
 * sum, in any order, is exact: then the result must be equal to the reference. It must also be
 * equal where operands are not finite: to the infinity or NaN that IEEE 754 makes of them. */
#ifndef RXT_REFERENCE_H
#define RXT_REFERENCE_H

#include "support/coverage.h"
#include <rxt/kernel.h>

typedef struct rxt_reference {
    double high, low;            /* their unevaluated sum is that of x y, of finite x and y   */
    double magnitude;            /* sum of |x y|, of the same                                 */
    double special;              /* sum of the others, an infinity or NaN; 0: there are none  */
    int64_t broken;              /* not 0: an element was no integer                          */
    uint64_t inexact[RXT_TYPES]; /* products too small for all of their digits     */
    rxt_coverage coverage;
} rxt_reference;

/* The facts of a proof that needs nothing else. */
extern const rxt_merge rxt_reference_facts;

/* Adds the products x[i] y[i] of n elements; the cover is left to the caller. */
void rxt_reference_add(rxt_reference *reference, ptrdiff_t n, const double *x, const double *y);

/* Are they equal, or both NaN? */
bool rxt_reference_same(double a, double b);

/* Is every partial sum exact in that type? */
bool rxt_reference_exact(const rxt_reference *reference, rxt_type type);

/* The largest error, relative to the sum of |x y|, of a sum of `terms` terms with at most
 * `roundings` roundings each: c u / (1 - c u), u the type's unit roundoff (Higham 2002, sec. 3.1
 * and 4.2); and in any order at most n u, however large n u is (Jeannerod & Rump 2013). */
double rxt_reference_gamma(rxt_type type, double roundings, double terms);

/* The bound, mean and judge of a proof of sums; the facts are an rxt_reference. */
double rxt_reference_bound(const void *facts, const rxt_case *of);
double rxt_reference_mean(const void *facts);
double rxt_reference_judge(const void *facts, const rxt_case *of, rxt_value result);

#endif
