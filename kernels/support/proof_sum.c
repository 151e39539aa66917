/* proof_sum.c - proofs of sum and asum: they are checked as dot products with ones.
 *
 * Multiplying by 1 rounds nothing, so the bound is that of a dot product. */
#include "support/reference.h"

#include <math.h>

enum { CHUNK = 1024 }; /* elements; CHUNK of them, their terms and the ones fit L1 */

typedef double one_term(double x);

/* Adds the terms of one block. A term of an integer is an integer, so exact sums stay exact. */
static void gather_terms(const rxt_share *made, one_term *term, rxt_reference *f)
{
    const double *x = made->v[0];
    double terms[CHUNK], ones[CHUNK];

    for (int i = 0; i < CHUNK; i++)
        ones[i] = 1.0;
    for (ptrdiff_t i = 0; i < made->n; i += CHUNK) {
        ptrdiff_t n = made->n - i < CHUNK ? made->n - i : CHUNK;

        for (ptrdiff_t j = 0; j < n; j++)
            terms[j] = term(x[i + j]);
        rxt_reference_add(f, n, terms, ones);
    }
    rxt_coverage_add(&f->coverage, made);
}

static double itself(double x)
{
    return x;
}

static void gather_sum(const rxt_share *made, const rxt_share *found, void *facts)
{
    (void)found;
    gather_terms(made, itself, facts);
}

static void gather_asum(const rxt_share *made, const rxt_share *found, void *facts)
{
    (void)found;
    gather_terms(made, fabs, facts);
}

/* A sum of magnitudes must not be -0. */
static double judge_asum(const void *facts, const rxt_case *of, rxt_value result)
{
    bool negative = result.value == 0 && signbit(result.value);

    return negative ? (double)INFINITY : rxt_reference_judge(facts, of, result);
}

#define PROOF(gatherer, by)                                                                \
    {                                                                                      \
        .facts = &rxt_reference_facts, .gather = (gatherer), .bound = rxt_reference_bound, \
        .mean = rxt_reference_mean, .judge = (by),                                         \
    }

const rxt_proof rxt_proof_sum = PROOF(gather_sum, rxt_reference_judge);
const rxt_proof rxt_proof_asum = PROOF(gather_asum, judge_asum);
