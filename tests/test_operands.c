/* test_operands.c - the default operands: bounded, whole, the same however they are dealt out. */
#include <rxt/operands.h>

#include <math.h>
#include <stdlib.h>

#include "suite.h"

enum { MANY = 100000 };

static const rxt_kernel dot = { .name = "dot", .arrays = 2, .factors = 2 };
static const rxt_kernel sum = { .name = "sum", .arrays = 1, .factors = 1 };

static double *filled(const rxt_kernel *kernel, uint64_t seed, int operand, ptrdiff_t total)
{
    double *block = malloc(MANY * sizeof *block);

    CU_ASSERT_PTR_NOT_NULL_FATAL(block);
    rxt_operands_fill(kernel, &(rxt_operands){ .seed = seed }, operand, 0, MANY, total, block);
    return block;
}

/* limit^factors * total <= 2^53, and no larger limit would do: in integers. */
static void the_limit_is_the_largest_that_keeps_sums_exact(void)
{
    const ptrdiff_t totals[] = { 1, 2, 3, 7, 64, 1000, 1009, 65537, 10000000, 100000000 };
    const uint64_t room = UINT64_C(1) << 53;

    for (size_t t = 0; t < sizeof totals / sizeof totals[0]; t++) {
        uint64_t total = (uint64_t)totals[t], one = (uint64_t)rxt_operands_limit(1, totals[t]);
        uint64_t two = (uint64_t)rxt_operands_limit(2, totals[t]);

        CU_ASSERT(one <= room / total && one + 1 > room / total);
        CU_ASSERT(two * two <= room / total && (two + 1) * (two + 1) > room / total);
    }
}

static void the_limit_is_never_below_one(void)
{
    CU_ASSERT_EQUAL(rxt_operands_limit(2, 0), 94906265.0); /* floor(2^26.5) */
    CU_ASSERT_EQUAL(rxt_operands_limit(1, 1), 0x1p53);
    CU_ASSERT_EQUAL(rxt_operands_limit(1, (ptrdiff_t)1 << 53), 1.0);
    CU_ASSERT_EQUAL(rxt_operands_limit(2, (ptrdiff_t)1 << 60), 1.0);
    CU_ASSERT_EQUAL(rxt_operands_limit(3, 1), 208063.0); /* 208063^3 < 2^53 < 208064^3 */
}

static void elements_are_whole_nonzero_and_bounded(void)
{
    const ptrdiff_t totals[] = { 1, 1000, MANY, (ptrdiff_t)1 << 40, (ptrdiff_t)1 << 60 };

    for (size_t t = 0; t < sizeof totals / sizeof totals[0]; t++)
        for (int factors = 1; factors <= 2; factors++) {
            const rxt_kernel *kernel = factors == 1 ? &sum : &dot;
            double *x = filled(kernel, 1, 0, totals[t]), limit, wrong = 0;

            limit = rxt_operands_limit(factors, totals[t]);
            for (int i = 0; i < MANY; i++)
                wrong += x[i] == 0 || rint(x[i]) != x[i] || fabs(x[i]) > limit;
            CU_ASSERT_EQUAL(wrong, 0);
            free(x);
        }
}

/* Mean of the magnitude, signs and lowest bit of MANY fair draws: within 5 standard deviations. */
static void elements_spread_over_the_range_with_both_signs(void)
{
    double *x = filled(&dot, 7, 0, MANY), limit = rxt_operands_limit(2, MANY);
    double mean = 0, positive = 0, odd = 0, width = 5 * sqrt(MANY) / 2;

    for (int i = 0; i < MANY; i++) {
        mean += fabs(x[i]) / limit / MANY;
        positive += x[i] > 0;
        odd += fmod(fabs(x[i]), 2) == 1;
    }
    CU_ASSERT_DOUBLE_EQUAL(mean, 0.5, 5 * sqrt(1.0 / 12 / MANY));
    CU_ASSERT_DOUBLE_EQUAL(positive, MANY / 2.0, width);
    CU_ASSERT_DOUBLE_EQUAL(odd, MANY / 2.0, width);
    free(x);
}

/* In pieces of every small size, and of one element, as workers make them. */
static void a_block_does_not_depend_on_how_it_is_cut(void)
{
    double *whole = filled(&dot, 3, 1, MANY), piece[64];

    for (ptrdiff_t size = 1; size <= 64; size++)
        for (ptrdiff_t first = 0; first + size <= 1009; first += size) {
            int wrong = 0;

            rxt_operands_fill(&dot, &(rxt_operands){ .seed = 3 }, 1, first, size, MANY, piece);
            for (ptrdiff_t i = 0; i < size; i++)
                wrong += piece[i] != whole[first + i];
            CU_ASSERT_EQUAL(wrong, 0);
        }
    free(whole);
}

static void seeds_operands_and_neighbours_differ(void)
{
    double *x = filled(&dot, 1, 0, 1000), *y = filled(&dot, 1, 1, 1000);
    double *other = filled(&dot, 2, 0, 1000);
    int same = 0;

    for (int i = 1; i < MANY; i++)
        same += (x[i] == y[i]) + (x[i] == other[i]) + (x[i] == x[i - 1]) + (x[i] == y[i - 1]);
    CU_ASSERT(same <= 5); /* of 6 million values each: 0.07 expected */
    free(x);
    free(y);
    free(other);
}

/* The same on every machine: values worked out by another implementation (Python's integers and
 * fractions) of what operands.c describes. */
static void values_are_those_of_the_definition(void)
{
    static const double expected[4] = { -1077469.0, 2537112.0, 2482939.0, 862234.0 };
    double x[4];

    rxt_operands_fill(&dot, &(rxt_operands){ .seed = 1 }, 1, 5, 4, 1000, x);
    for (int i = 0; i < 4; i++)
        CU_ASSERT_EQUAL(x[i], expected[i]);
}

static void index_plus_one(uint64_t seed, int operand, ptrdiff_t first, ptrdiff_t n,
                           ptrdiff_t total, double *block)
{
    for (ptrdiff_t i = 0; i < n; i++)
        block[i] = (double)seed + 10.0 * operand + (double)(first + i) + (double)total;
}

static void a_kernel_can_bring_its_own_fill(void)
{
    const rxt_kernel own = { .name = "own", .arrays = 1, .factors = 1, .fill = index_plus_one };
    double x[2];

    rxt_operands_fill(&own, &(rxt_operands){ .seed = 4 }, 2, 100, 2, 1000, x);
    CU_ASSERT_EQUAL(x[0], 1124.0);
    CU_ASSERT_EQUAL(x[1], 1125.0);
}

static void nothing_is_written_for_no_elements(void)
{
    double x[2] = { -1.5, -2.5 };

    rxt_operands_fill(&dot, &(rxt_operands){ .seed = 1 }, 0, 0, 0, 0, x);
    rxt_operands_fill(&dot, &(rxt_operands){ .seed = 1 }, 0, 0, 1, 1, x);
    CU_ASSERT(x[0] != -1.5 && x[1] == -2.5);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "the limit is the largest that keeps sums exact",
          the_limit_is_the_largest_that_keeps_sums_exact },
        { "the limit is never below one", the_limit_is_never_below_one },
        { "elements are whole, non-zero and bounded", elements_are_whole_nonzero_and_bounded },
        { "elements spread over the range with both signs",
          elements_spread_over_the_range_with_both_signs },
        { "a block does not depend on how it is cut", a_block_does_not_depend_on_how_it_is_cut },
        { "seeds, operands and neighbours differ", seeds_operands_and_neighbours_differ },
        { "values are those of the definition", values_are_those_of_the_definition },
        { "a kernel can bring its own fill", a_kernel_can_bring_its_own_fill },
        { "nothing is written for no elements", nothing_is_written_for_no_elements },
        CU_TEST_INFO_NULL,
    };

    return suite_run("operands", tests);
}
