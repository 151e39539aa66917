/* test_proof_reductions.c - which results the proofs of reductions accept: those of faulty kernels
 * on every class of special operands.
 *
 * A result is wrong if its distance from the true one exceeds the bound. A smaller error cannot be
 * distinguished from rounding; such a result must pass, and is counted. */
#include "support/slab.h"

#include <stdio.h>

#include "levels.h"
#include "reduction_faults.h"
#include "suite.h"

static const struct subject {
    const char *name;
    const rxt_proof *proof;
} subjects[REDUCTIONS] = {
    { "sum", &rxt_proof_sum },   { "asum", &rxt_proof_asum },          { "dot", &rxt_proof_dot },
    { "nrm2", &rxt_proof_nrm2 }, { "scaled", &rxt_proof_nrm2_scaled }, { "max", &rxt_proof_max },
    { "min", &rxt_proof_min },   { "iamax", &rxt_proof_iamax },
};

typedef struct facts {
    _Alignas(64) unsigned char bytes[RXT_PARTIAL];
} facts;

/* The halves of the operands, as two workers have them. */
static rxt_share lower(trial *t)
{
    return (rxt_share){ .type = t->type, .n = t->n / 2, .total = t->n, .v = { t->x, t->y } };
}

static rxt_share upper(trial *t)
{
    ptrdiff_t half = t->n / 2;

    return (rxt_share){ .type = t->type,
                        .n = t->n - half,
                        .first = half,
                        .total = t->n,
                        .v = { t->x + half, t->y + half } };
}

/* Gathers the facts of both halves and merges them. */
static void gather(trial *t, facts *all)
{
    const rxt_proof *proof = subjects[t->of].proof;
    rxt_share low = lower(t), high = upper(t);
    facts more;

    proof->facts->zero(all);
    proof->facts->zero(&more);
    proof->gather(&low, NULL, all);
    proof->gather(&high, NULL, &more);
    proof->facts->merge(all, &more);
}

static bool passes(const trial *t, const facts *all, rxt_value result)
{
    rxt_case of = { .type = t->type, .total = t->n, .chain = t->n, .workers = 1 };

    return subjects[t->of].proof->judge(all, &of, result) <= 1;
}

/* ---- counts of trials ---- */

typedef struct tally {
    int tried[CLASSES][REDUCTIONS], caught[CLASSES][REDUCTIONS];
    int verdicts[VERDICTS];
    int refused;          /* right results, where sums may overflow */
    int right, not_right; /* results that must pass, and those that did not */
} tally;

static void complain(const trial *t, int kind, const char *fault, rxt_value found, bool passed)
{
    printf("\n    %s, %s, n = %td, %s: %s: %a at %td %s for %a at %td", subjects[t->of].name,
           rxt_type_name(t->type), t->n, classes[kind].name, fault, found.value, found.index,
           passed ? "passes" : "does not pass", t->right.value, t->right.index);
}

static void count(tally *all, const trial *t, int kind, const char *fault, rxt_value found,
                  bool passed)
{
    verdict is = verdict_on(t, found);

    all->verdicts[is]++;
    if (is == WRONG) {
        all->tried[kind][t->of]++;
        all->caught[kind][t->of] += !passed;
    } else if (is != AT_EDGE) {
        all->right++;
        all->not_right += !passed;
    }
    if (is != AT_EDGE && passed != (is != WRONG))
        complain(t, kind, fault, found, passed);
}

static void try_faults(trial *t, int kind, tally *all)
{
    facts of;

    gather(t, &of);
    all->refused += t->refused;
    count(all, t, kind, "what is right", t->right, passes(t, &of, t->right));
    for (int f = 0; f < FAULTS; f++) {
        rxt_value found = faults[f].give(*t);

        count(all, t, kind, faults[f].name, found, passes(t, &of, found));
    }
}

/* ---- all operands ---- */

typedef void act(trial *t, int kind, tally *all);

static void with_special_at(trial *t, int kind, ptrdiff_t place, act *does, tally *all)
{
    lay(t, &classes[kind], place);
    find_truth(t);
    does(t, kind, all);
}

/* Sizes: none, one, two, a few, a power of two, a prime; special elements first, last and
 * between. */
static void with_each_size(trial *t, int kind, act *does, tally *all)
{
    static const ptrdiff_t sizes[] = { 0, 1, 2, 7, 64, MOST };

    for (int s = 0; s < 6; s++) {
        ptrdiff_t n = t->n = sizes[s];

        with_special_at(t, kind, 0, does, all);
        if (classes[kind].specials > 0 && n > 1)
            with_special_at(t, kind, n - 1, does, all);
        if (classes[kind].specials > 0 && n > 2)
            with_special_at(t, kind, n / 2 - 1, does, all);
    }
}

static void with_each_class(reduction of, rxt_type type, act *does, tally *all)
{
    static trial t;

    t.of = of;
    t.type = type;
    mpfr_inits2(BITS, t.sum, t.bound, (mpfr_ptr)0);
    for (int kind = 0; kind < CLASSES; kind++)
        with_each_size(&t, kind, does, all);
    mpfr_clears(t.sum, t.bound, (mpfr_ptr)0);
}

static void print(const tally *all)
{
    printf("\n    %-18s", "caught, of wrong:");
    for (int r = 0; r < REDUCTIONS; r++)
        printf(" %9s", subjects[r].name);
    for (int c = 0; c < CLASSES; c++) {
        printf("\n    %-18s", classes[c].name);
        for (int r = 0; r < REDUCTIONS; r++)
            printf(" %4d/%4d", all->caught[c][r], all->tried[c][r]);
    }
    printf(
        "\n    %d wrong; %d equal, %d the other zero, %d within the bound, %d at its edge; of %d "
        "operands none is taken, because sums may overflow",
        all->verdicts[WRONG], all->verdicts[SAME], all->verdicts[OTHER_ZERO], all->verdicts[WITHIN],
        all->verdicts[AT_EDGE], all->refused);
}

static void no_wrong_result_passes_on_special_operands(void)
{
    static tally all;

    for (int r = 0; r < REDUCTIONS; r++)
        for (int type = 0; type < RXT_TYPES; type++)
            with_each_class((reduction)r, (rxt_type)type, try_faults, &all);
    print(&all);
    for (int r = 0; r < REDUCTIONS; r++)
        for (int kind = 0; kind < CLASSES; kind++) {
            CU_ASSERT(all.tried[kind][r] > 100);
            CU_ASSERT_EQUAL(all.caught[kind][r], all.tried[kind][r]);
        }
    CU_ASSERT_EQUAL(all.not_right, 0);
    CU_ASSERT(all.right > 10000 && all.verdicts[AT_EDGE] < 100);
}

/* ---- elements that were left out or counted twice ---- */

/* Gathers wrong elements. 0: the lower half alone; 1: the upper half twice; 2: the upper half one
 * place too early, so one element counts twice and the last never. */
static void gather_wrongly(trial *t, int how, facts *all)
{
    const rxt_proof *proof = subjects[t->of].proof;
    rxt_share low = lower(t), high = upper(t);

    proof->facts->zero(all);
    proof->gather(&low, NULL, all);
    if (how == 0)
        return;
    high.first -= how == 2;
    proof->gather(&high, NULL, all);
    if (how == 1)
        proof->gather(&high, NULL, all);
}

static void facts_of_other_elements_are_wrong(void)
{
    static trial t;

    for (int r = 0; r < REDUCTIONS; r++)
        for (int how = 0; how < 3; how++) {
            facts all;

            t = (trial){ .of = (reduction)r, .n = 8 };
            for (ptrdiff_t i = 0; i < t.n; i++)
                t.x[i] = t.y[i] = r == IAMAX && i == 0;
            gather_wrongly(&t, how, &all);
            for (double value = 0; value <= 4; value++)
                for (ptrdiff_t index = -1; index <= t.n; index++)
                    CU_ASSERT_FALSE(
                        passes(&t, &all, (rxt_value){ .value = value, .index = index }));
        }
}

/* ---- the kit's own kernels ---- */

static const rxt_kernel *called; /* kernel under test, for with_each_class */
static const char *at_level;

/* Calls the kernel on both halves and merges the results of the two workers. */
static rxt_value call(const trial *t)
{
    double x[MOST], y[MOST];
    facts low, high;
    ptrdiff_t half = t->n / 2;
    rxt_share share = { .type = t->type, .n = half, .total = t->n, .workers = 2, .v = { x, y } };

    for (ptrdiff_t i = 0; i < t->n; i++) {
        levels_set(t->type, x, i, t->x[i]);
        levels_set(t->type, y, i, t->y[i]);
    }
    called->loop(&share, &low);
    share.n = t->n - half;
    share.first = half;
    share.worker = 1;
    share.v[0] = (char *)x + (size_t)half * rxt_type_size(t->type);
    share.v[1] = (char *)y + (size_t)half * rxt_type_size(t->type);
    called->loop(&share, &high);
    called->merge->merge(&low, &high);
    return called->merge->finish(&low);
}

static void try_kernel(trial *t, int kind, tally *all)
{
    rxt_value found = call(t);
    rxt_case of = rxt_case_of(called, t->n, 1, 2);
    bool passed;
    facts made;

    gather(t, &made);
    passed = called->proof->judge(&made, &of, found) <= 1;
    all->right += !t->refused;
    all->not_right += passed == t->refused;
    if (passed == t->refused)
        complain(t, kind, at_level, found, passed);
}

static void try_level(const char *level, const rxt_kernel *kernel)
{
    tally all = { .right = 0 };
    int r = 0;

    while (subjects[r].proof != kernel->proof)
        r++;
    called = kernel;
    at_level = level;
    with_each_class((reduction)r, kernel->type, try_kernel, &all);
    CU_ASSERT(all.right > 200);
    CU_ASSERT_EQUAL(all.not_right, 0);
}

static void what_kernels_give_passes_on_special_operands(void)
{
    static const char *const names[] = { "sum", "asum", "dot", "nrm2", "max", "min", "iamax" };

    for (int k = 0; k < 7; k++)
        CU_ASSERT(levels_each(names[k], try_level) >= RXT_TYPES);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "no wrong result passes on special operands",
          no_wrong_result_passes_on_special_operands },
        { "facts of other elements are wrong", facts_of_other_elements_are_wrong },
        { "what kernels give passes on special operands",
          what_kernels_give_passes_on_special_operands },
        CU_TEST_INFO_NULL,
    };

    return suite_run("proof_reductions", tests);
}
