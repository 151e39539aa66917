/* test_operands.c - operands: generated ones are bounded integers that do not depend on the split;
 * others are read from files. */
#include "data/operands.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suite.h"

#include "support/fill.h"

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

/* In integers: limit^factors * total <= 2^53, and the next larger limit exceeds it. */
static void the_limit_is_the_largest_that_keeps_sums_exact(void)
{
    const ptrdiff_t totals[] = { 1, 2, 3, 7, 64, 1000, 1009, 65537, 10000000, 100000000 };
    const uint64_t room = UINT64_C(1) << 53;

    for (size_t t = 0; t < sizeof totals / sizeof totals[0]; t++) {
        uint64_t total = (uint64_t)totals[t], one = (uint64_t)rxt_fill_limit(RXT_F64, 1, totals[t]);
        uint64_t two = (uint64_t)rxt_fill_limit(RXT_F64, 2, totals[t]);

        CU_ASSERT(one <= room / total && one + 1 > room / total);
        CU_ASSERT(two * two <= room / total && (two + 1) * (two + 1) > room / total);
    }
}

static void the_limit_is_never_below_one(void)
{
    CU_ASSERT_EQUAL(rxt_fill_limit(RXT_F64, 2, 0), 94906265.0); /* floor(2^26.5) */
    CU_ASSERT_EQUAL(rxt_fill_limit(RXT_F64, 1, 1), 0x1p53);
    CU_ASSERT_EQUAL(rxt_fill_limit(RXT_F64, 1, (ptrdiff_t)1 << 53), 1.0);
    CU_ASSERT_EQUAL(rxt_fill_limit(RXT_F64, 2, (ptrdiff_t)1 << 60), 1.0);
    CU_ASSERT_EQUAL(rxt_fill_limit(RXT_F64, 3, 1), 208063.0); /* 208063^3 < 2^53 < 208064^3 */
}

static void elements_are_whole_nonzero_and_bounded(void)
{
    const ptrdiff_t totals[] = { 1, 1000, MANY, (ptrdiff_t)1 << 40, (ptrdiff_t)1 << 60 };

    for (size_t t = 0; t < sizeof totals / sizeof totals[0]; t++)
        for (int factors = 1; factors <= 2; factors++) {
            const rxt_kernel *kernel = factors == 1 ? &sum : &dot;
            double *x = filled(kernel, 1, 0, totals[t]), limit, wrong = 0;

            limit = rxt_fill_limit(RXT_F64, factors, totals[t]);
            for (int i = 0; i < MANY; i++)
                wrong += x[i] == 0 || rint(x[i]) != x[i] || fabs(x[i]) > limit;
            CU_ASSERT_EQUAL(wrong, 0);
            free(x);
        }
}

/* The mean magnitude and the numbers of positive and of odd elements must be those of MANY fair
 * draws, within 5 standard deviations. */
static void elements_spread_over_the_range_with_both_signs(void)
{
    double *x = filled(&dot, 7, 0, MANY), limit = rxt_fill_limit(RXT_F64, 2, MANY);
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

/* The block is generated in pieces of 1 to 64 elements, as workers do. */
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
    CU_ASSERT(same <= 5); /* each is one of 6 million values: 0.07 expected */
    free(x);
    free(y);
    free(other);
}

/* The values must be the same on every machine. The expected ones were computed with Python's
 * integers and fractions from the definition in kernels/support/fill.c. */
static void values_are_those_of_the_definition(void)
{
    static const double expected[4] = { -1077469.0, 2537112.0, 2482939.0, 862234.0 };
    double x[4];

    rxt_operands_fill(&dot, &(rxt_operands){ .seed = 1 }, 1, 5, 4, 1000, x);
    for (int i = 0; i < 4; i++)
        CU_ASSERT_EQUAL(x[i], expected[i]);
}

/* Elements of f32 kernels are exact in f32, and so are all sums of their products. */
static void elements_of_f32_keep_sums_exact_in_f32(void)
{
    const rxt_kernel narrow = { .name = "dot", .type = RXT_F32, .arrays = 2, .factors = 2 };
    double *x = filled(&narrow, 7, 0, MANY), largest = 0;

    CU_ASSERT_EQUAL(rxt_fill_limit(RXT_F32, 1, 1), 0x1p24);
    CU_ASSERT_EQUAL(rxt_fill_limit(RXT_F32, 2, 1 << 20), 4.0);
    CU_ASSERT_EQUAL(rxt_fill_limit(RXT_F32, 2, (1 << 24) + 1), 1.0);
    for (int i = 0; i < MANY; i++) {
        CU_ASSERT_EQUAL_FATAL(x[i], (float)x[i]);
        largest = fmax(largest, fabs(x[i]));
    }
    CU_ASSERT(largest * largest * MANY <= 0x1p24 && largest > 1);
    free(x);
}

static void a_third(uint64_t seed, int operand, ptrdiff_t first, ptrdiff_t n, ptrdiff_t total,
                    double *block)
{
    (void)seed, (void)operand, (void)first, (void)total;
    for (ptrdiff_t i = 0; i < n; i++)
        block[i] = 1.0 / 3.0;
}

static void a_fill_is_rounded_to_the_type(void)
{
    const rxt_kernel narrow = {
        .name = "own", .type = RXT_F32, .arrays = 1, .factors = 1, .fill = a_third
    };
    double x[3] = { 0, 0, 7 };

    rxt_operands_fill(&narrow, &(rxt_operands){ .seed = 4 }, 0, 0, 2, 2, x);
    CU_ASSERT_EQUAL(x[0], (double)(1.0F / 3.0F));
    CU_ASSERT_EQUAL(x[1], (double)(1.0F / 3.0F));
    CU_ASSERT_EQUAL(x[2], 7);
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

/* Writes a file as numpy.save does. */
static void save(const char *path, ptrdiff_t n, const double *values)
{
    char header[128] = "\x93NUMPY\x01";
    FILE *file = fopen(path, "wb");

    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    memset(header + 10, ' ', sizeof header - 10);
    header[8] = sizeof header - 10;
    snprintf(header + 10, sizeof header - 10,
             "{'descr': '<f8', 'fortran_order': False, 'shape': (%td,), }", n);
    header[10 + strlen(header + 10)] = ' ';
    CU_ASSERT_FATAL(fwrite(header, 1, sizeof header, file) == sizeof header);
    CU_ASSERT_FATAL(fwrite(values, sizeof *values, (size_t)n, file) == (size_t)n);
    fclose(file);
}

static const char *const names[RXT_OWN] = { "test_operands_x.npy", "test_operands_y.npy" };
static const double values[] = { 0.5, -1.5, 2.25, 1e300, -0.0 };

/* A file also replaces the operand of a kernel that has a fill; operands without a file are
 * generated as usual. */
static void operands_come_from_files_where_there_are_some(void)
{
    const rxt_kernel own = { .name = "own", .arrays = 2, .factors = 2, .fill = index_plus_one };
    rxt_operands operands;
    double x[3], y[3];

    save(names[0], 5, values);
    CU_ASSERT_PTR_NULL_FATAL(rxt_operands_open((const char *[RXT_OWN]){ names[0] }, 4, &operands));
    CU_ASSERT_EQUAL(rxt_operands_total(&operands), 5);
    CU_ASSERT_PTR_NULL(rxt_operands_fill(&own, &operands, 0, 1, 3, 5, x));
    CU_ASSERT_PTR_NULL(rxt_operands_fill(&own, &operands, 1, 1, 3, 5, y));
    CU_ASSERT(!memcmp(x, values + 1, sizeof x));
    CU_ASSERT_EQUAL(y[0], 4 + 10 + 1 + 5);
    rxt_operands_close(&operands);
    remove(names[0]);
}

static void without_files_there_is_no_length(void)
{
    rxt_operands operands;
    char text[200];

    CU_ASSERT_PTR_NULL(rxt_operands_open((const char *[RXT_OWN]){ NULL }, 4, &operands));
    CU_ASSERT_EQUAL(operands.seed, 4);
    CU_ASSERT_EQUAL(rxt_operands_total(&operands), -1);
    rxt_operands_text(&operands, 2, text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, "");
    rxt_operands_close(&operands);
}

static void files_are_named_and_must_be_of_one_length(void)
{
    rxt_operands operands;
    rxt_status st;
    char text[200];

    save(names[0], 5, values);
    save(names[1], 4, values);
    st = rxt_operands_open(names, 1, &operands);
    CU_ASSERT_EQUAL(rxt_status_code(st), RXT_USAGE);
    CU_ASSERT(st && strstr(st->text, "--x=test_operands_x.npy has 5 elements, "
                                     "--y=test_operands_y.npy has 4"));
    CU_ASSERT_PTR_NULL(operands.file[0].path);
    rxt_status_free(st);
    save(names[1], 5, values);
    CU_ASSERT_PTR_NULL(rxt_operands_open(names, 1, &operands));
    rxt_operands_text(&operands, 2, text, sizeof text);
    CU_ASSERT_STRING_EQUAL(
        text, "x from test_operands_x.npy (f8), y from test_operands_y.npy (f8), 5 elements");
    rxt_operands_text(&operands, 2, text, 20);
    CU_ASSERT_STRING_EQUAL(text, "x from test_operand");
    rxt_operands_close(&operands);
    remove(names[0]);
    remove(names[1]);
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
        { "elements of f32 keep sums exact in f32", elements_of_f32_keep_sums_exact_in_f32 },
        { "a fill is rounded to the type", a_fill_is_rounded_to_the_type },
        { "a kernel can bring its own fill", a_kernel_can_bring_its_own_fill },
        { "operands come from files where there are some",
          operands_come_from_files_where_there_are_some },
        { "without files there is no length", without_files_there_is_no_length },
        { "files are named and must be of one length", files_are_named_and_must_be_of_one_length },
        { "nothing is written for no elements", nothing_is_written_for_no_elements },
        CU_TEST_INFO_NULL,
    };

    return suite_run("operands", tests);
}
