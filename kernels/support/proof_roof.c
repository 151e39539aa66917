/* proof_roof.c - results of the roof loops, and proofs that the loops did all of their work.
 *
 * If a compiler dropped loads, or if stores missed an element, the roof would be too high for any
 * kernel to reach. Words are added modulo 2^32, so sums are equal in any order. */
#include "support/coverage.h"
#include "support/poison.h"
#include "support/roof.h"

#include <math.h>
#include <string.h>

/* The elements that were seen, and for each type the expected sum of words (loads) or the number of
 * wrong elements (stores). */
typedef struct facts {
    rxt_coverage coverage;
    uint64_t wrong[RXT_TYPES]; /* elements with a wrong value                             */
    uint32_t words[RXT_TYPES]; /* sum of the 32-bit words of all operands                 */
    uint32_t arrays;           /* number of operands that were loaded; 0 without elements */
} facts;

static void zero(void *partial)
{
    *(facts *)partial = (facts){ 0 };
}

static void merge(void *left, const void *right)
{
    facts *f = left;
    const facts *more = right;

    rxt_coverage_merge(&f->coverage, &more->coverage);
    f->arrays = f->arrays > more->arrays ? f->arrays : more->arrays;
    for (int type = 0; type < RXT_TYPES; type++) {
        f->wrong[type] += more->wrong[type];
        f->words[type] += more->words[type];
    }
}

static bool covers(const facts *f, const rxt_case *of)
{
    return rxt_coverage_whole(&f->coverage, of->total);
}

static double exact(const void *partial, const rxt_case *of)
{
    (void)partial, (void)of;
    return 0;
}

static double mean(const void *partial)
{
    (void)partial;
    return 1;
}

static const rxt_merge merge_facts = {
    .size = sizeof(facts),
    .commutes = true,
    .zero = zero,
    .merge = merge,
};

/* ---- loads ---- */

static void gather_words(const rxt_share *made, const rxt_share *found, void *partial)
{
    facts *f = partial;

    (void)found;
    rxt_coverage_add(&f->coverage, made);
    for (int a = 0; a < RXT_ARRAYS && made->v[a]; a++) {
        f->arrays = (uint32_t)a + 1;
        for (ptrdiff_t i = 0; i < made->n; i++) {
            double wide = ((const double *)made->v[a])[i];
            float narrow = (float)wide;
            uint32_t half[2], whole;

            memcpy(half, &wide, sizeof half);
            memcpy(&whole, &narrow, sizeof whole);
            f->words[RXT_F64] += half[0] + half[1];
            f->words[RXT_F32] += whole;
        }
    }
}

static double judge_words(const void *partial, const rxt_case *of, rxt_value result)
{
    const facts *f = partial;
    ptrdiff_t passes = rxt_roof_passes(f->arrays * rxt_type_size(of->type), of->total, of->workers);
    uint32_t expected = f->words[of->type] * (uint32_t)passes;

    return covers(f, of) && result.index == passes && result.value == expected ? 0 : INFINITY;
}

/* ---- stores ---- */

/* Sums element i of all operands but the last, in the loop's order, in each type. */
static void add_up(const rxt_share *made, int last, ptrdiff_t i, double *wide, float *narrow)
{
    *wide = last > 0 ? ((const double *)made->v[0])[i] : 0;
    *narrow = (float)*wide;
    for (int a = 1; a < last; a++) {
        *wide += ((const double *)made->v[a])[i];
        *narrow += (float)((const double *)made->v[a])[i];
    }
}

static int last_of(const rxt_share *made)
{
    int last = RXT_ARRAYS - 1;

    while (last > 0 && !made->v[last])
        last--;
    return last;
}

/* A kernel's own fill may make NaN, or infinities whose difference is NaN. */
static bool differs(double found, double right)
{
    return isnan(right) ? !isnan(found) || rxt_poison_stands(found) : found != right;
}

static void compare_sum(facts *f, double found, double wide, float narrow)
{
    f->wrong[RXT_F64] += differs(found, wide);
    f->wrong[RXT_F32] += differs(found, (double)narrow);
}

static void gather_store(const rxt_share *made, const rxt_share *found, void *partial)
{
    int last = last_of(made);

    rxt_coverage_add(&((facts *)partial)->coverage, made);
    for (ptrdiff_t i = 0; i < made->n; i++) {
        double wide = 7;
        float narrow = 7;

        if (last > 0)
            add_up(made, last, i, &wide, &narrow);
        compare_sum(partial, ((const double *)found->v[last])[i], wide, narrow);
    }
}

/* A call makes an odd number of passes. Three passes leave the same value as one; but if the sum is
 * infinite, three passes leave NaN. */
static void compare_swap(facts *f, double found, double wide, float narrow, double stood)
{
    double once = wide - stood;
    float narrow_once = narrow - (float)stood;

    f->wrong[RXT_F64] += differs(found, once) && differs(found, wide - (wide - once));
    f->wrong[RXT_F32] += differs(found, (double)narrow_once) &&
                         differs(found, (double)(narrow - (narrow - narrow_once)));
}

static void gather_swap(const rxt_share *made, const rxt_share *found, void *partial)
{
    int last = last_of(made);

    rxt_coverage_add(&((facts *)partial)->coverage, made);
    for (ptrdiff_t i = 0; i < made->n; i++) {
        double wide, stood = ((const double *)made->v[last])[i];
        float narrow;

        add_up(made, last, i, &wide, &narrow);
        compare_swap(partial, ((const double *)found->v[last])[i], wide, narrow, stood);
    }
}

static double judge_stored(const void *partial, const rxt_case *of, rxt_value result)
{
    const facts *f = partial;

    (void)result;
    return covers(f, of) && f->wrong[of->type] == 0 ? 0 : INFINITY;
}

/* ---- arithmetic ---- */

static void gather_none(const rxt_share *made, const rxt_share *found, void *partial)
{
    (void)found;
    rxt_coverage_add(&((facts *)partial)->coverage, made);
}

static double judge_links(const void *partial, const rxt_case *of, rxt_value result)
{
    return covers(partial, of) && result.value == RXT_ROOF_LINKS ? 0 : INFINITY;
}

/* ---- partial results ---- */

static void zero_words(void *partial)
{
    *(rxt_roof_words *)partial = (rxt_roof_words){ 0 };
}

/* All workers make the same number of passes. If one of them does not, the sum is not the one for
 * the number of passes in the result. */
static void merge_words(void *left, const void *right)
{
    rxt_roof_words *sum = left;
    const rxt_roof_words *more = right;

    sum->sum += more->sum;
    sum->passes = sum->passes > more->passes ? sum->passes : more->passes;
}

static rxt_value finish_words(const void *partial)
{
    const rxt_roof_words *sum = partial;

    return (rxt_value){ .value = sum->sum, .index = sum->passes };
}

static void zero_links(void *partial)
{
    *(rxt_roof_links *)partial = (rxt_roof_links){ 0 };
}

static void merge_links(void *left, const void *right)
{
    rxt_roof_links *sum = left;
    const rxt_roof_links *more = right;

    sum->sum += more->sum;
    sum->chains += more->chains;
}

static rxt_value finish_links(const void *partial)
{
    const rxt_roof_links *sum = partial;

    return (rxt_value){ .value = sum->sum / sum->chains, .index = -1 };
}

const rxt_merge rxt_roof_merge_words = { .size = sizeof(rxt_roof_words),
                                         .commutes = true,
                                         .zero = zero_words,
                                         .merge = merge_words,
                                         .finish = finish_words };
const rxt_merge rxt_roof_merge_links = { .size = sizeof(rxt_roof_links),
                                         .commutes = true,
                                         .zero = zero_links,
                                         .merge = merge_links,
                                         .finish = finish_links };

#define PROOF(what, of, at_end)                                                            \
    const rxt_proof rxt_roof_proof_##what = {                                              \
        .facts = &merge_facts, .gather = of, .bound = exact, .mean = mean, .judge = at_end \
    }
PROOF(words, gather_words, judge_words);
PROOF(store, gather_store, judge_stored);
PROOF(swap, gather_swap, judge_stored);
PROOF(links, gather_none, judge_links);
