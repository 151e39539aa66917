/* test_proof_by_reference.c - which results the proof made from a kernel's reference accepts: those
 * of right and faulty kernels on every class of special operands.
 *
 * It is compiled once more for each size of long double that the compiler has. */

#include "support/poison.h"

#include <stdio.h>
#include <string.h>

#include "poisoned.h"
#include "reference_faults.h"
#include "suite.h"

/* ---- the proof ---- */

/* Does this result pass? `made`: the facts of the operands alone, without stored results. */
static bool passes(story *s, const facts *made, double result)
{
    rxt_case of = {
        .type = s->t.type, .total = s->t.n, .chain = s->t.n, .workers = 1, .kernel = &s->kernel
    };
    facts stored;

    if (s->kind == STORED)
        gather_all(s, &stored);
    return rxt_proof_by_reference(&s->kernel)
               ->judge(s->kind == STORED ? &stored : made, &of,
                       (rxt_value){ .value = result, .index = -1 }) <= 1;
}

static verdict verdict_on_all(const story *s, double result)
{
    verdict worst = RIGHT;

    if (s->kind != STORED)
        return s->refused                        ? WRONG
               : s->kind == ADDED || result != 0 ? verdict_on(&s->whole, s->t.type, result)
                                                 : verdict_on(&s->whole, s->t.type, fabs(result));
    for (ptrdiff_t i = 0; i < s->t.n; i++) {
        verdict is = verdict_on(&s->at[i], s->t.type, s->value[i]);

        worst = is > worst ? is : worst;
    }
    return worst;
}

/* The result of a loop that adds up the values, or takes the largest or smallest of them. */
static double folded(const story *s)
{
    double all = s->kind == MOST_OF ? -INFINITY : s->kind == LEAST_OF ? INFINITY : 0;

    for (ptrdiff_t i = 0; i < s->t.n; i++)
        all = s->kind == MOST_OF    ? fmax(all, s->value[i])
              : s->kind == LEAST_OF ? fmin(all, s->value[i])
                                    : rounded(s->t.type, all + s->value[i]);
    return all + 0.0;
}

/* The nearest value that must not pass: above the zone for side > 0, else below it. */
static double beyond(const zone *z, rxt_type type, int side)
{
    double value =
               mpfr_get_d(side > 0 ? z->far_high : z->far_low, side > 0 ? MPFR_RNDU : MPFR_RNDD),
           end = side * (double)INFINITY;
    float narrow = (float)value;

    if (z->alone)
        value = z->value, narrow = (float)value;
    return type == RXT_F64 ? nextafter(value, end) : (double)nextafterf(narrow, (float)end);
}

/* ---- counts of trials ---- */

typedef struct tally {
    int class;
    facts made; /* of the operands under test */
    int tried[CLASSES][KINDS], caught[CLASSES][KINDS];
    int right, not_right, at_edge;
} tally;

static void count(story *s, const char *fault, double result, tally *all)
{
    verdict is = verdict_on_all(s, result);
    bool passed = passes(s, &all->made, result);
    int class = all->class;

    all->tried[class][s->kind] += is == WRONG;
    all->caught[class][s->kind] += is == WRONG && !passed;
    all->right += is == RIGHT;
    all->not_right += is == RIGHT && !passed;
    all->at_edge += is == AT_EDGE;
    if (is != AT_EDGE && passed != (is == RIGHT))
        printf("\n    %s of %s, %s, n = %td, %s: %s: %a, %a first %s", kind_names[s->kind],
               s->f->name, rxt_type_name(s->t.type), s->t.n, classes[class].name, fault, result,
               s->value[0], passed ? "passes" : "does not pass");
}

static void try_faults(story *s, tally *all)
{
    double right[MOST];

    memcpy(right, s->value, sizeof right);
    count(s, "what is right", folded(s), all);
    for (int f = 0; f < FAULTS; f++) {
        double wrong[MOST] = { 0 };

        for (ptrdiff_t i = 0; i < s->t.n; i++)
            wrong[i] = faults[f].change(s, i, s->t.n, s->value[i]);
        memcpy(s->value, wrong, sizeof wrong);
        count(s, faults[f].name, folded(s), all);
        memcpy(s->value, right, sizeof right);
    }
    for (int side = -1; side <= 1; side += 2) {
        ptrdiff_t last = s->t.n - 1;

        if (s->kind == STORED && last >= 0)
            s->value[last] = beyond(&s->at[last], s->t.type, side);
        count(s, "is just beyond", s->kind == STORED ? 0 : beyond(&s->whole, RXT_F64, side), all);
        memcpy(s->value, right, sizeof right);
    }
    count(s, "gives NaN", NAN, all);
    count(s, "gives infinity", INFINITY, all);
    count(s, "gives -infinity", -INFINITY, all);
    count(s, "gives the largest", largest(s->t.type), all);
    count(s, "gives the smallest", smallest(s->t.type), all);
    count(s, "gives 0", 0, all);
}

static void with_special_at(story *s, ptrdiff_t place, tally *all)
{
    lay(&s->t, &classes[all->class], place);
    find_truth(s);
    if (s->kind != STORED)
        gather_all(s, &all->made);
    try_faults(s, all);
}

/* Sizes: none, one, two, a few, a prime number; special elements first, last and between. */
static void with_each_size(story *s, tally *all)
{
    static const ptrdiff_t sizes[] = { 0, 1, 2, 7, MOST };

    for (int size = 0; size < 5; size++) {
        ptrdiff_t n = s->t.n = sizes[size];

        with_special_at(s, 0, all);
        if (classes[all->class].specials > 0 && n > 1)
            with_special_at(s, n - 1, all);
        if (classes[all->class].specials > 0 && n > 2)
            with_special_at(s, n / 2 - 1, all);
    }
}

static void print(const tally *all)
{
    printf("\n    long double has %d digits; caught, of wrong:", LDBL_MANT_DIG);
    for (int c = 0; c < CLASSES; c++) {
        printf("\n    %-18s", classes[c].name);
        for (int k = 0; k < KINDS; k++)
            printf(" %s %5d/%5d", kind_names[k], all->caught[c][k], all->tried[c][k]);
    }
    printf("\n    %d right; %d at the edge", all->right, all->at_edge);
}

static void no_wrong_result_passes_on_special_operands(void)
{
    static tally all;
    static story s;

    for (int i = 0; i < MOST; i++)
        zone_init(&s.at[i]);
    zone_init(&s.whole);
    for (int f = 0; f < FORMULAS; f++)
        for (int kind_of = 0; kind_of < KINDS; kind_of++)
            for (int type = 0; type < RXT_TYPES; type++)
                for (int class = 0; class < CLASSES; class ++) {
                    s.f = &formulas[f];
                    s.kind = (kind)kind_of;
                    s.t.type = (rxt_type)type;
                    s.kernel = kernel_of(s.f, s.kind, s.t.type);
                    all.class = class;
                    with_each_size(&s, &all);
                }
    print(&all);
    for (int k = 0; k < KINDS; k++)
        for (int class = 0; class < CLASSES; class ++) {
            CU_ASSERT(all.tried[class][k] > 100);
            CU_ASSERT_EQUAL(all.caught[class][k], all.tried[class][k]);
        }
    CU_ASSERT_EQUAL(all.not_right, 0);
    CU_ASSERT(all.right > 10000);
    for (int i = 0; i < MOST; i++)
        zone_clear(&s.at[i]);
    zone_clear(&s.whole);
}

/* ---- single cases ---- */

static double judged(const formula *f, kind of, rxt_type type, ptrdiff_t n, const double x[],
                     const double y[], double found)
{
    story s = { .t = { .type = type, .n = n }, .f = f, .kind = of };
    rxt_case c = { .type = type, .total = n, .chain = n, .workers = 1, .kernel = &s.kernel };
    facts all;

    s.kernel = kernel_of(f, of, type);
    for (ptrdiff_t i = 0; i < n; i++) {
        s.t.x[i] = x[i];
        s.t.y[i] = y ? y[i] : 0;
        s.value[i] = i == n - 1 ? found : f->plain(s.t.x[i], s.t.y[i]);
    }
    gather_all(&s, &all);
    return rxt_proof_by_reference(&s.kernel)->judge(&all, &c, (rxt_value){ .value = found });
}

/* Two elements are stored, and the first one is right. Does `found` pass as the last one? */
static bool stands(const formula *f, rxt_type type, double x, double y, double found)
{
    return judged(f, STORED, type, 2, (double[]){ 1, x }, (double[]){ 3, y }, found) <= 1;
}

enum { SQUARE, RECIPROCAL, DIFFERENCE, PRODUCT };

static void an_infinite_term_is_part_of_the_sum(void)
{
    const double pole[] = { 0, 1, 1, 1 }, poles[] = { 0, 1, -0.0, 1 }, tiny[] = { 1e-310, 1, 1, 1 };

    for (int type = 0; type < RXT_TYPES; type++) {
        const formula *f = &formulas[RECIPROCAL];

        CU_ASSERT_EQUAL(judged(f, ADDED, (rxt_type)type, 4, pole, NULL, INFINITY), 0.0);
        CU_ASSERT(judged(f, ADDED, (rxt_type)type, 4, pole, NULL, 3) > 1);
        CU_ASSERT(judged(f, ADDED, (rxt_type)type, 4, pole, NULL, NAN) > 1);
        CU_ASSERT_EQUAL(judged(f, ADDED, (rxt_type)type, 4, poles, NULL, NAN), 0.0);
        CU_ASSERT(judged(f, ADDED, (rxt_type)type, 4, poles, NULL, INFINITY) > 1);
    }
    CU_ASSERT_EQUAL(judged(&formulas[RECIPROCAL], ADDED, RXT_F64, 4, tiny, NULL, INFINITY), 0.0);
    CU_ASSERT(judged(&formulas[RECIPROCAL], ADDED, RXT_F64, 4, tiny, NULL, DBL_MAX) > 1);
}

static void the_largest_number_is_no_infinity(void)
{
    CU_ASSERT(stands(&formulas[SQUARE], RXT_F64, 1e200, 0, INFINITY));
    CU_ASSERT_FALSE(stands(&formulas[SQUARE], RXT_F64, 1e200, 0, DBL_MAX));
    CU_ASSERT_FALSE(stands(&formulas[SQUARE], RXT_F64, 1e200, 0, -(double)INFINITY));
    CU_ASSERT_FALSE(stands(&formulas[SQUARE], RXT_F64, 1e150, 0, INFINITY));
    CU_ASSERT(stands(&formulas[RECIPROCAL], RXT_F64, 1e-310, 0, INFINITY));
    CU_ASSERT_FALSE(stands(&formulas[RECIPROCAL], RXT_F64, 1e-310, 0, DBL_MAX));
    CU_ASSERT_FALSE(stands(&formulas[RECIPROCAL], RXT_F64, 1e-310, 0, 1));
    CU_ASSERT(stands(&formulas[SQUARE], RXT_F32, 0x1p100, 0, INFINITY));
    CU_ASSERT_FALSE(stands(&formulas[SQUARE], RXT_F32, 0x1p100, 0, (double)FLT_MAX));
}

/* The exact difference exceeds DBL_MAX by a quarter of a unit or by half a unit; from half a unit
 * on it is rounded to infinity. In both cases DBL_MAX and infinity must pass. */
static void where_roundings_decide_on_infinity_either_passes(void)
{
    const formula *f = &formulas[DIFFERENCE];

    CU_ASSERT(stands(f, RXT_F64, DBL_MAX, -0x1p969, DBL_MAX));
    CU_ASSERT(stands(f, RXT_F64, DBL_MAX, -0x1p969, INFINITY));
    CU_ASSERT(stands(f, RXT_F64, DBL_MAX, -0x1p970, DBL_MAX));
    CU_ASSERT(stands(f, RXT_F64, DBL_MAX, -0x1p970, INFINITY));
    CU_ASSERT_FALSE(stands(f, RXT_F64, DBL_MAX, -0x1p1000, DBL_MAX));
    CU_ASSERT_FALSE(stands(f, RXT_F64, DBL_MAX, 0x1p990, INFINITY));
}

static void what_cannot_be_the_extreme_does_not_widen_its_bound(void)
{
    const formula *f = &formulas[DIFFERENCE];
    const double x[] = { -1e300, 6 }, y[] = { 0, 1 }, a[] = { 1e300, 6 };

    CU_ASSERT_EQUAL(judged(f, MOST_OF, RXT_F64, 2, x, y, 5), 0.0);
    CU_ASSERT(judged(f, MOST_OF, RXT_F64, 2, x, y, 5 + 1e-14) > 1);
    CU_ASSERT(judged(f, MOST_OF, RXT_F64, 2, x, y, 1e200) > 1);
    CU_ASSERT_EQUAL(judged(f, LEAST_OF, RXT_F64, 2, a, y, 5), 0.0);
    CU_ASSERT(judged(f, LEAST_OF, RXT_F64, 2, a, y, 5 - 1e-14) > 1);
}

/* The elements are 4 ± 4.4 and 5, so the largest is between 5 and 8.4. */
static void what_could_be_the_extreme_does(void)
{
    const formula *f = &formulas[DIFFERENCE];
    const double x[] = { 1e16 + 4, 6 }, y[] = { 1e16, 1 };

    CU_ASSERT_EQUAL(judged(f, MOST_OF, RXT_F64, 2, x, y, 5), 0.0);
    CU_ASSERT(judged(f, MOST_OF, RXT_F64, 2, x, y, 8) <= 1);
    CU_ASSERT(judged(f, MOST_OF, RXT_F64, 2, x, y, 18) > 1);
    CU_ASSERT(judged(f, MOST_OF, RXT_F64, 2, x, y, 4.5) > 1);
}

/* 0 - 0 is exact, so the sign of its zero must be right. 1 - 1 may be 1 - 1.0000000000000002 with a
 * rounded operand, so a zero of either sign passes. */
static void a_zero_that_is_exact_has_its_sign(void)
{
    for (int type = 0; type < RXT_TYPES; type++) {
        const formula *minus = &formulas[DIFFERENCE], *times = &formulas[PRODUCT];

        CU_ASSERT(stands(times, (rxt_type)type, -0.0, 5, -0.0));
        CU_ASSERT_FALSE(stands(times, (rxt_type)type, -0.0, 5, 0.0));
        CU_ASSERT_FALSE(stands(minus, (rxt_type)type, 0, 0, -0.0));
        CU_ASSERT(stands(minus, (rxt_type)type, -0.0, 0, -0.0));
        CU_ASSERT(stands(minus, (rxt_type)type, 1, 1, 0.0));
        CU_ASSERT(stands(minus, (rxt_type)type, 1, 1, -0.0));
    }
}

/* Two formulas: the first has no value above 1 (as arcsine has none), the second has a value only
 * at 1. The error of x - 0.75 may be as large as that of x. */
FORMULA(below_one, x <= 1 ? x - 0.75 : NAN, x <= 1 ? x - 0.75L : (long double)NAN)
FORMULA(at_one, x == 1 ? (2 - x) / 3 : NAN, x == 1 ? (2 - x) / 3 : (long double)NAN)

static void a_formula_may_end_at_an_operand(void)
{
    const formula ends[] = {
        { .inputs = 1, .flops = 1, .plain = plain_below_one, .reference = reference_below_one },
        { .inputs = 1, .flops = 2, .plain = plain_at_one, .reference = reference_at_one }
    };

    CU_ASSERT(stands(&ends[0], RXT_F64, 1, 0, 0.25));
    CU_ASSERT(stands(&ends[0], RXT_F64, 1, 0, 0.25 + 0x1p-52));
    CU_ASSERT_FALSE(stands(&ends[0], RXT_F64, 1, 0, 0.25 + 0x1p-50));
    CU_ASSERT(stands(&ends[1], RXT_F64, 1, 0, 1.0 / 3));
    CU_ASSERT_FALSE(stands(&ends[1], RXT_F64, 1, 0, 0.33333333333));
    for (int e = 0; e < 2; e++) {

        CU_ASSERT(stands(&ends[e], RXT_F64, 2, 0, NAN));
        CU_ASSERT_FALSE(stands(&ends[e], RXT_F64, 2, 0, poison_of(RXT_F64))); /* never written */
        CU_ASSERT_FALSE(stands(&ends[e], RXT_F64, 2, 0, 0));
    }
}

static void elements_left_out_or_looked_at_twice_are_caught(void)
{
    static story s = { .t = { .n = 9 } };

    for (int k = 0; k < KINDS; k++)
        for (int how = 0; how < 3; how++) {
            facts all;
            rxt_case of = { .total = 9, .chain = 9, .workers = 1, .kernel = &s.kernel };

            s.f = &formulas[SQUARE];
            s.kind = (kind)k;
            s.kernel = kernel_of(s.f, s.kind, RXT_F64);
            rxt_proof_by_reference(&s.kernel)->facts->zero(&all);
            gather(&s, 0, how == 0 ? 8 : 5, &all);
            if (how > 0)
                gather(&s, how == 1 ? 4 : 5, how == 1 ? 5 : 3, &all);
            CU_ASSERT_EQUAL(rxt_proof_by_reference(&s.kernel)->judge(&all, &of, (rxt_value){ 0 }),
                            INFINITY);
        }
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "no wrong result passes on special operands",
          no_wrong_result_passes_on_special_operands },
        { "an infinite term is part of the sum", an_infinite_term_is_part_of_the_sum },
        { "the largest number is no infinity", the_largest_number_is_no_infinity },
        { "where roundings decide on infinity either passes",
          where_roundings_decide_on_infinity_either_passes },
        { "what cannot be the extreme does not widen its bound",
          what_cannot_be_the_extreme_does_not_widen_its_bound },
        { "what could be the extreme does", what_could_be_the_extreme_does },
        { "a zero that is exact has its sign", a_zero_that_is_exact_has_its_sign },
        { "a formula may end at an operand", a_formula_may_end_at_an_operand },
        { "elements left out or looked at twice are caught",
          elements_left_out_or_looked_at_twice_are_caught },
        CU_TEST_INFO_NULL,
    };

    return suite_run("proof_by_reference", tests);
}
