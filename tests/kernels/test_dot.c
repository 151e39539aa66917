/* test_dot.c - the dot kernels by themselves, at every level, and the generated table. */
#include "support/slab.h"
#include "support/table.h"
#include <rxt/kernel.h>

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../kernels/dot_blas.c" /* for `pieces`, which takes the length of a piece */

#include "levels.h"
#include "suite.h"

enum { MOST = 200, LONG = 65536 };

/* Two operands of n doubles between pages that must not be touched: at the end of their page (a
 * read beyond it faults) or at its beginning (a read before it faults). */
typedef struct guarded {
    char *memory;
    size_t page;
    double *x, *y;
} guarded;

static guarded guard(ptrdiff_t n, bool at_end)
{
    guarded g = { .page = (size_t)sysconf(_SC_PAGESIZE) };
    size_t shift = at_end ? g.page - (size_t)n * sizeof(double) : 0;

    CU_ASSERT_FATAL((size_t)n * sizeof(double) <= g.page);
    g.memory = mmap(NULL, 5 * g.page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CU_ASSERT_FATAL(g.memory != MAP_FAILED);
    CU_ASSERT_FATAL(!mprotect(g.memory + g.page, g.page, PROT_READ | PROT_WRITE));
    CU_ASSERT_FATAL(!mprotect(g.memory + 3 * g.page, g.page, PROT_READ | PROT_WRITE));
    g.x = (double *)(void *)(g.memory + g.page + shift);
    g.y = (double *)(void *)(g.memory + 3 * g.page + shift);
    return g;
}

static double call(const rxt_kernel *kernel, ptrdiff_t n, double *x, double *y)
{
    double partial = NAN;

    if (kernel->loop)
        kernel->loop(
            &(rxt_share){
                .n = n, .total = n, .workers = 1, .v = { x, y }, .blas = levels_blas(kernel) },
            &partial);
    else
        kernel->run(&(rxt_slab){ .n = n, .total = n, .ranks = 1, .threads = 2, .v = { x, y } },
                    &partial);
    return partial;
}

/* x[i] y[i] = ±(i + 1)(2 i + 3): small integers, so any order of additions is exact. */
static int64_t plant(ptrdiff_t n, double *x, double *y)
{
    int64_t sum = 0;

    for (ptrdiff_t i = 0; i < n; i++) {
        int64_t a = i % 3 ? i + 1 : -(i + 1), b = 2 * i + 3;

        x[i] = (double)a;
        y[i] = (double)b;
        sum += a * b;
    }
    return sum;
}

static void try_lengths(const rxt_kernel *kernel)
{
    for (ptrdiff_t n = 0; n <= MOST; n++)
        for (int end = 0; end <= 1; end++) {
            guarded g = guard(n, end);
            double sum = (double)plant(n, g.x, g.y);

            CU_ASSERT_EQUAL(call(kernel, n, g.x, g.y), sum);
            munmap(g.memory, 5 * g.page);
        }
}

static void floats_are_exact_at_every_length(const rxt_kernel *kernel)
{
    double x[MOST], y[MOST];
    float a[MOST], b[MOST];

    for (ptrdiff_t n = 0; n <= MOST; n++) {
        double partial = NAN, sum = (double)plant(n, x, y);
        rxt_share share = { .type = RXT_F32,
                            .n = n,
                            .total = n,
                            .workers = 1,
                            .v = { a, b },
                            .blas = levels_blas(kernel) };
        rxt_slab slab = {
            .type = RXT_F32, .n = n, .total = n, .ranks = 1, .threads = 2, .v = { a, b }
        };

        for (ptrdiff_t i = 0; i < n; i++) {
            a[i] = (float)x[i];
            b[i] = (float)y[i];
        }
        if (kernel->loop)
            kernel->loop(&share, &partial);
        else
            kernel->run(&slab, &partial);
        CU_ASSERT_EQUAL(partial, sum);
    }
}

static bool is_dot(const rxt_kernel *kernel)
{
    return kernel->proof == &rxt_proof_dot;
}

static void every_length_is_exact_and_stays_inside_at_every_level(void)
{
    int levels, tried = 0;
    const rxt_level *level = rxt_kernel_levels(&levels);

    for (int l = 0; l < levels; l++)
        for (int k = 0; level[l].runs() && k < level[l].count[RXT_F64]; k++)
            if (is_dot(level[l].kernel[RXT_F64][k])) {
                try_lengths(level[l].kernel[RXT_F64][k]);
                tried++;
            }
    for (int l = 0; l < levels; l++)
        for (int k = 0; level[l].runs() && k < level[l].count[RXT_F32]; k++)
            if (is_dot(level[l].kernel[RXT_F32][k])) {
                floats_are_exact_at_every_length(level[l].kernel[RXT_F32][k]);
                tried++;
            }
    CU_ASSERT(tried >= 6);
}

/* The result is compared with a sum in long double, which errs by 2^-64 per step. The difference
 * must be within n 2^-53 sum |x y|. */
static void reals_are_within_the_bound_at_every_level(void)
{
    enum { N = 1009 };
    double x[N], y[N];
    long double sum = 0, magnitude = 0;
    int levels;
    const rxt_level *level = rxt_kernel_levels(&levels);

    for (int i = 0; i < N; i++) {
        x[i] = sin(i);
        y[i] = cos(3.0 * i);
        sum += (long double)x[i] * y[i];
        magnitude += fabsl((long double)x[i] * y[i]);
    }
    for (int l = 0; l < levels; l++)
        for (int k = 0; level[l].runs() && k < level[l].count[RXT_F64]; k++)
            if (is_dot(level[l].kernel[RXT_F64][k]))
                CU_ASSERT(fabsl(call(level[l].kernel[RXT_F64][k], N, x, y) - sum) <=
                          N * 0x1p-53L * magnitude);
}

/* One element is so large that every addition of another element to it has the largest rounding
 * error. The result must still be within the bound that follows from the loop's `sums`. */
static int beyond_the_bound(const rxt_kernel *kernel, ptrdiff_t n, ptrdiff_t large, double *x,
                            double *y)
{
    double facts[64];
    rxt_share share = { .n = n, .total = n, .v = { x, y } };
    rxt_case of = rxt_case_of(kernel, n, 1, kernel->run ? 2 : 1);
    rxt_value result;

    for (ptrdiff_t i = 0; i < n; i++) {
        x[i] = i == large ? 0x1p53 : 1.0;
        y[i] = 1.0;
    }
    result.value = call(kernel, n, x, y);
    kernel->proof->facts->zero(facts);
    kernel->proof->gather(&share, NULL, facts);
    return !(kernel->proof->judge(facts, &of, result) <= 1);
}

/* All lengths up to MOST, so with every remainder, and one length that is large compared with
 * `sums`. */
static void keeps_its_promise(const rxt_kernel *kernel)
{
    double *x = malloc(LONG * sizeof *x), *y = malloc(LONG * sizeof *y);
    int wrong = 0;

    CU_ASSERT_FATAL(x && y);
    for (ptrdiff_t n = 1; n <= MOST; n++)
        for (ptrdiff_t large = 0; large < n; large += n < 20 ? 1 : 1 + n / 12)
            wrong += beyond_the_bound(kernel, n, large, x, y);
    for (ptrdiff_t large = 0; large < LONG; large += LONG / 5 - 1)
        wrong += beyond_the_bound(kernel, LONG, large, x, y);
    CU_ASSERT_EQUAL(wrong, 0);
    free(x);
    free(y);
}

static void no_chain_is_longer_than_promised_at_every_level(void)
{
    int levels;
    const rxt_level *level = rxt_kernel_levels(&levels);

    for (int l = 0; l < levels; l++)
        for (int k = 0; level[l].runs() && k < level[l].count[RXT_F64]; k++)
            if (is_dot(level[l].kernel[RXT_F64][k]))
                keeps_its_promise(level[l].kernel[RXT_F64][k]);
}

static void blas_pieces_make_up_the_share(void)
{
    double x[MOST] = { 0 }, y[MOST] = { 0 };
    dot_function *dot = (dot_function *)levels_blas(&rxt_kernel_dot_blas);

    for (ptrdiff_t n = 0; n <= MOST; n++) {
        double sum = (double)plant(n, x, y);

        for (ptrdiff_t piece = 1; piece <= n + 1; piece++)
            CU_ASSERT_EQUAL(pieces(dot, n, x, y, piece), sum);
    }
    CU_ASSERT(RXT_BLAS_PIECE <= INT_MAX && RXT_BLAS_PIECE > INT_MAX - 16);
}

static void blas_starts_no_threads_of_its_own(void)
{
    typedef void set(int count);
    typedef int get(void);
    rxt_blas *blas = NULL;

    CU_ASSERT_PTR_NULL_FATAL(rxt_blas_open(NULL, &blas));
    ((set *)rxt_blas_find(blas, "openblas_set_num_threads"))(2);
    CU_ASSERT_TRUE(rxt_blas_alone(blas));
    CU_ASSERT_EQUAL(((get *)rxt_blas_find(blas, "openblas_get_num_threads"))(), 1);
    rxt_blas_close(blas);
}

static void the_table_is_in_order_and_finds_every_kernel(void)
{
    int count;
    const rxt_kernel *const *kernel = rxt_kernels(RXT_F64, &count);

    for (int k = 0; k < count; k++) {
        CU_ASSERT_PTR_EQUAL(rxt_kernel_find(kernel[k]->name, RXT_F64), kernel[k]);
        if (k > 0)
            CU_ASSERT(strcmp(kernel[k - 1]->name, kernel[k]->name) < 0);
    }
    CU_ASSERT_PTR_NOT_NULL(rxt_kernel_find("dot", RXT_F64));
    CU_ASSERT_PTR_NULL(rxt_kernel_find("do", RXT_F64));
    CU_ASSERT_PTR_NULL(rxt_kernel_find("", RXT_F64));
}

static void every_kernel_can_be_called_priced_and_proved(void)
{
    int count;
    const rxt_kernel *const *kernel = rxt_kernels(RXT_F64, &count);

    for (int k = 0; k < count; k++) {
        CU_ASSERT((kernel[k]->loop != NULL) != (kernel[k]->run != NULL));
        CU_ASSERT(kernel[k]->arrays >= 1 && kernel[k]->arrays <= RXT_ARRAYS);
        CU_ASSERT(kernel[k]->loads + kernel[k]->stores > 0 &&
                  (!kernel[k]->merge || kernel[k]->factors >= 1));
        CU_ASSERT_PTR_NOT_NULL(kernel[k]->formula);
        CU_ASSERT_PTR_NOT_NULL(kernel[k]->proof);
    }
}

static void the_highest_level_that_runs_is_picked(void)
{
    int levels, count, best = 0;
    const rxt_level *level = rxt_kernel_levels(&levels);

    CU_ASSERT(level[0].runs());
    for (int l = 1; l < levels; l++)
        if (level[l].runs())
            best = l;
    CU_ASSERT_STRING_EQUAL(rxt_kernel_level(), level[best].name);
    CU_ASSERT_PTR_EQUAL(rxt_kernels(RXT_F64, &count), level[best].kernel[RXT_F64]);
    CU_ASSERT_EQUAL(count, level[best].count[RXT_F64]);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "every length is exact and stays inside, at every level",
          every_length_is_exact_and_stays_inside_at_every_level },
        { "reals are within the bound at every level", reals_are_within_the_bound_at_every_level },
        { "no chain is longer than promised, at every level",
          no_chain_is_longer_than_promised_at_every_level },
        { "BLAS pieces make up the share", blas_pieces_make_up_the_share },
        { "BLAS starts no threads of its own", blas_starts_no_threads_of_its_own },
        { "the table is in order and finds every kernel",
          the_table_is_in_order_and_finds_every_kernel },
        { "every kernel can be called, priced and proved",
          every_kernel_can_be_called_priced_and_proved },
        { "the highest level that runs is picked", the_highest_level_that_runs_is_picked },
        CU_TEST_INFO_NULL,
    };

    return suite_run("dot", tests);
}
