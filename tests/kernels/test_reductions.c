/* test_reductions.c - the reductions of one operand, of every level and type, compared with MPFR on
 * random and special numbers; whole and cut in two, as for two workers.
 *
 * MPFR adds with so many bits that nothing is rounded. The bounds are computed here independently,
 * so that those of the proofs are checked, too. */
#include "support/slab.h"
#include <rxt/norm.h>

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include <mpfr.h>

#include "reduced.h"
#include "suite.h"

enum { BITS = 4500, ONES = 1 << 25, EQUAL = 100003 };

static double judged(const rxt_kernel *kernel, input *in, rxt_value result)
{
    double facts[64];
    rxt_share made = { .n = in->n, .total = in->n, .workers = 1, .v = { in->x } };
    rxt_case of = rxt_case_of(kernel, in->n, 2, 1);

    CU_ASSERT_FATAL(kernel->proof->facts->size <= sizeof facts);
    kernel->proof->facts->zero(facts);
    kernel->proof->gather(&made, NULL, facts);
    return kernel->proof->judge(facts, &of, result);
}

/* |found - wanted| in units of the bound; sets `wanted` to the sum of the terms (norms: its
 * root). */
static double distance(const rxt_kernel *kernel, const input *in, double found, double *wanted)
{
    bool norm = kernel->factors == 2, magnitudes = kernel->name[0] == 'a';
    mpfr_t sum, all, term;
    double u = (in->type == RXT_F64 ? DBL_EPSILON : (double)FLT_EPSILON) / 2, away, bound;
    double sums = kernel->sums > 0 ? kernel->sums : 1;
    double chain = ceil((double)in->n / sums) + sums + 1;

    mpfr_inits2(BITS, sum, all, term, (mpfr_ptr)0);
    mpfr_set_zero(sum, 1);
    mpfr_set_zero(all, 1);
    for (ptrdiff_t i = 0; i < in->n; i++) {
        mpfr_set_d(term, magnitudes ? fabs(in->x[i]) : in->x[i], MPFR_RNDN);
        if (norm)
            mpfr_sqr(term, term, MPFR_RNDN);
        mpfr_add(sum, sum, term, MPFR_RNDN);
        mpfr_abs(term, term, MPFR_RNDN);
        mpfr_add(all, all, term, MPFR_RNDN);
    }
    if (norm) {
        mpfr_sqrt(sum, sum, MPFR_RNDN);
        mpfr_set(all, sum, MPFR_RNDN);
        chain = (chain + 8) / 2 + 2;
    }
    mpfr_mul_d(all, all, 1.01 * chain * u, MPFR_RNDN);
    bound =
        mpfr_get_d(all, MPFR_RNDU) + (in->type == RXT_F64 ? DBL_TRUE_MIN : (double)FLT_TRUE_MIN);
    *wanted = mpfr_get_d(sum, MPFR_RNDN);
    mpfr_d_sub(term, found, sum, MPFR_RNDN);
    away = fabs(mpfr_get_d(term, MPFR_RNDN));
    mpfr_clears(sum, all, term, (mpfr_ptr)0);
    return away == 0 ? 0 : away / bound;
}

/* nrm2_openmp is the textbook's loop: it squares without scaling, so squares may overflow or
 * underflow. */
static bool is_in_range(const rxt_kernel *kernel, int kind)
{
    return strcmp(kernel->name, "nrm2_openmp") != 0 || kind <= WIDE;
}

static void sums_on(const char *level, const rxt_kernel *kernel)
{
    uint64_t state = 88172645463325252;
    input in;

    for (int s = 0; s < SIZES; s++)
        for (int kind = 0; kind < KINDS; kind++) {
            ptrdiff_t n = sizes[s];

            if (!is_in_range(kernel, kind))
                continue;
            fill(&in, kernel->type, n, kind, &state);
            for (ptrdiff_t cut = 0; cut <= n; cut += 1 + n / 3) {
                rxt_value r = reduce(kernel, &in, cut);
                double wanted, away = distance(kernel, &in, r.value, &wanted);

                if (!(away <= 1) || r.index != -1 || !(judged(kernel, &in, r) <= 1))
                    note(level, kernel, &in, r.value, wanted);
                checked++;
            }
        }
}

static void sums_are_within_their_bounds(void)
{
    each((const char *const[]){ "sum", "asum", "nrm2", "sum_blas", "asum_blas", "nrm2_blas",
                                "sum_openmp", "asum_openmp", "nrm2_openmp", NULL },
         sums_on);
}

/* If all elements are equal, all roundings have the same direction. The bound must cover all of
 * them. */
static void equal_on(const char *level, const rxt_kernel *kernel)
{
    static const double value[RXT_TYPES][3] = { { 1.1, 1.1e200, 1.1e-170 },
                                                { 1.1, 1.1e30, 1.1e-30 } };
    static double x[EQUAL], as[EQUAL];
    double facts[64];

    for (int v = 0; v < 3; v++) {
        rxt_share made = { .n = EQUAL, .total = EQUAL, .workers = 1, .v = { x } }, share = made;
        rxt_case of = rxt_case_of(kernel, EQUAL, 1, 1);
        rxt_norm norm;

        share.type = kernel->type;
        share.v[0] = as;
        share.blas = levels_blas(kernel);
        for (ptrdiff_t i = 0; i < EQUAL; i++) {
            levels_set(kernel->type, as, i, value[kernel->type][v]);
            x[i] = levels_get(kernel->type, as, i);
        }
        kernel->loop(&share, &norm);
        kernel->proof->facts->zero(facts);
        kernel->proof->gather(&made, NULL, facts);
        if (!(kernel->proof->judge(facts, &of, kernel->merge->finish(&norm)) <= 1))
            note(level, kernel, &(input){ .n = EQUAL }, kernel->merge->finish(&norm).value, x[0]);
        checked++;
    }
}

static void norms_of_many_equal_elements_are_within_their_bounds(void)
{
    failures = 0;
    CU_ASSERT(levels_each("nrm2", equal_on) >= 2);
    CU_ASSERT(levels_each("nrm2_blas", equal_on) >= 2);
    CU_ASSERT_EQUAL(failures, 0);
}

/* If two elements are special values, the result must be the sum of these two values. */
static void special_sums_on(const char *level, const rxt_kernel *kernel)
{
    static const double pair[][2] = {
        { NAN, 1 }, { INFINITY, 1 }, { -INFINITY, 1 }, { INFINITY, NAN }, { INFINITY, -INFINITY }
    };
    input in = { .type = kernel->type, .n = 200 };
    bool magnitudes = kernel->name[0] != 's';

    for (int p = 0; p < 5; p++)
        for (ptrdiff_t at = 0; at < in.n; at += 7) {
            double a = magnitudes ? fabs(pair[p][0]) : pair[p][0];
            double wanted = a + (magnitudes ? fabs(pair[p][1]) : pair[p][1]);

            for (ptrdiff_t i = 0; i < in.n; i++)
                put(&in, i, 0.5);
            put(&in, at, pair[p][0]);
            put(&in, (at + 101) % in.n, pair[p][1]);
            for (ptrdiff_t cut = 0; cut <= in.n; cut += 33) {
                rxt_value r = reduce(kernel, &in, cut);

                if (!(r.value == wanted || (isnan(r.value) && isnan(wanted))))
                    note(level, kernel, &in, r.value, wanted);
                checked++;
            }
        }
}

static void sums_of_nan_and_infinities_are_as_documented(void)
{
    each((const char *const[]){ "sum", "asum", "nrm2", "sum_openmp", "asum_openmp", "nrm2_openmp",
                                NULL },
         special_sums_on);
}

static void ones_on(const char *level, const rxt_kernel *kernel)
{
    static const ptrdiff_t n[] = { ONES, ONES + 3, ONES - 1 };
    float *x = malloc((ONES + 3) * sizeof *x);

    CU_ASSERT_FATAL(x != NULL);
    for (ptrdiff_t i = 0; i < ONES + 3; i++)
        x[i] = 1;
    for (int k = 0; k < 3 && kernel->type == RXT_F32; k++) {
        rxt_share share = { .type = RXT_F32, .n = n[k], .total = n[k], .workers = 1, .v = { x } };
        double sum;

        kernel->loop(&share, &sum);
        if (sum != (double)n[k])
            note(level, kernel, &(input){ .n = n[k] }, sum, (double)n[k]);
    }
    free(x);
}

static void more_float_ones_than_a_float_counts_are_summed_rightly(void)
{
    failures = 0;
    CU_ASSERT(levels_each("sum", ones_on) >= 2);
    CU_ASSERT_EQUAL(failures, 0);
}

/* Behind the last element of an operand a page begins that must not be read. */
static void guarded_on(const char *level, const rxt_kernel *kernel)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), size = rxt_type_size(kernel->type);
    char *memory = mmap(NULL, 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    (void)level;
    CU_ASSERT_FATAL(memory != MAP_FAILED && !mprotect(memory, page, PROT_READ | PROT_WRITE));
    for (ptrdiff_t n = 0; n <= 200; n++) {
        _Alignas(64) unsigned char partial[256];
        void *x = memory + page - (size_t)n * size;
        rxt_share share = { .type = kernel->type, .n = n, .total = n, .workers = 1, .v = { x } };

        for (ptrdiff_t i = 0; i < n; i++)
            levels_set(kernel->type, x, i, i == n - 1 ? 300 : 1);
        kernel->loop(&share, partial);
        checked += isfinite(kernel->merge->finish(partial).value) || n == 0;
    }
    munmap(memory, 2 * page);
}

static void nothing_is_read_behind_the_last_element(void)
{
    each((const char *const[]){ "sum", "asum", "nrm2", "max", "min", "iamax", NULL }, guarded_on);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "sums are within their bounds", sums_are_within_their_bounds },
        { "norms of many equal elements are within their bounds",
          norms_of_many_equal_elements_are_within_their_bounds },
        { "sums of NaN and infinities are as documented",
          sums_of_nan_and_infinities_are_as_documented },
        { "more float ones than a float counts are summed rightly",
          more_float_ones_than_a_float_counts_are_summed_rightly },
        { "nothing is read behind the last element", nothing_is_read_behind_the_last_element },
        CU_TEST_INFO_NULL,
    };

    return suite_run("reductions", tests);
}
