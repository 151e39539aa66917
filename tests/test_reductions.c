/* test_reductions.c - the reductions of one operand, of every level and type, against MPFR on
 * random and special numbers; whole and cut in two, as workers share them.
 *
 * MPFR adds with so many bits that nothing is rounded. The bounds are written out here once more,
 * so that the proofs are held to them, too. */
#include <rxt/slab.h>

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include <mpfr.h>

#include "levels.h"
#include "suite.h"

enum { BITS = 4500, MOST = 1031, ONES = 1 << 25 };

static const ptrdiff_t sizes[] = { 0, 1, 2, 7, 31, 64, 127, 128, 509, 512, 1021, MOST };
enum { SIZES = sizeof sizes / sizeof sizes[0] };

typedef struct input {
    rxt_type type;
    ptrdiff_t n;
    double x[MOST];  /* what the kernel sees, in double */
    double as[MOST]; /* the same in its type            */
} input;

static void put(input *in, ptrdiff_t i, double value)
{
    levels_set(in->type, in->as, i, value);
    in->x[i] = levels_get(in->type, in->as, i);
}

/* The result of shares [0, cut) and [cut, n), merged in either order where that is allowed. */
static rxt_value reduce(const rxt_kernel *kernel, input *in, ptrdiff_t cut)
{
    _Alignas(64) unsigned char left[256], right[256];
    size_t size = rxt_type_size(in->type);
    rxt_share low = { .type = in->type, .n = cut, .total = in->n, .workers = 2, .v = { in->as } };
    rxt_share high = low;

    high.n = in->n - cut;
    high.first = cut;
    high.worker = 1;
    high.v[0] = (char *)in->as + (size_t)cut * size;
    kernel->loop(&low, left);
    kernel->loop(&high, right);
    if (kernel->merge->commutes && cut % 2) {
        kernel->merge->merge(right, left);
        return kernel->merge->finish(right);
    }
    kernel->merge->merge(left, right);
    return kernel->merge->finish(left);
}

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

enum { UNIT, WHOLE, WIDE, HUGE_ONES, TINY, MIXED, KINDS };

static double any(rxt_type type, int kind, uint64_t *state)
{
    int range = type == RXT_F64 ? 1000 : 112; /* of exponents: no sum overflows, most squares do */
    double a = 2 * levels_random(state) - 1, b = levels_random(state);

    switch (kind) {
    case UNIT:
        return a;
    case WHOLE:
        return rint(a * 1000);
    case WIDE:
        return ldexp(a, (int)(40 * b) - 20);
    case HUGE_ONES:
        return ldexp(a, range - (int)(8 * b));
    case TINY:
        return ldexp(a, -(type == RXT_F64 ? 1022 : 126) - (int)(20 * b));
    default:
        return ldexp(a, (int)(2 * range * b) - range);
    }
}

static void fill(input *in, rxt_type type, ptrdiff_t n, int kind, uint64_t *state)
{
    in->type = type;
    in->n = n;
    for (ptrdiff_t i = 0; i < n; i++)
        put(in, i, any(type, kind, state));
}

static int failures, checked; /* of the check under way */
static void note(const char *level, const rxt_kernel *kernel, const input *in, double found,
                 double wanted)
{
    if (failures++ == 0)
        printf("\n    %s, %s, %s, n = %td: %a, not %a", kernel->name, level,
               rxt_type_name(kernel->type), in->n, found, wanted);
}

/* |found - wanted| in units of the bound, wanted being the sum (its root: norm) of the terms. */
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

static void sums_on(const char *level, const rxt_kernel *kernel)
{
    uint64_t state = 88172645463325252;
    input in;

    for (int s = 0; s < SIZES; s++)
        for (int kind = 0; kind < KINDS; kind++) {
            ptrdiff_t n = sizes[s];

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

static void each(const char *const *names, void (*check)(const char *, const rxt_kernel *))
{
    failures = checked = 0;
    for (; *names; names++)
        CU_ASSERT(levels_each(*names, check) >= 1);
    CU_ASSERT_EQUAL(failures, 0);
    CU_ASSERT(checked > 100);
}

static void sums_are_within_their_bounds(void)
{
    each((const char *const[]){ "sum", "asum", "nrm2", "sum_blas", "asum_blas", "nrm2_blas", NULL },
         sums_on);
}

/* ---- one element of all, equal ---- */

static rxt_value extreme(const char *name, const input *in)
{
    bool most = !strncmp(name, "max", 3), at = name[0] == 'i';
    rxt_value best = { .value = at ? 0 : most ? -INFINITY : INFINITY, .index = -1 };

    for (ptrdiff_t i = 0; i < in->n; i++) {
        double x = at ? fabs(in->x[i]) : in->x[i];

        if (at && (best.index < 0 || (!isnan(best.value) && (isnan(x) || x > best.value))))
            best = (rxt_value){ .value = x, .index = i };
        else if (!at)
            best.value = most ? fmax(best.value, x) : fmin(best.value, x);
    }
    return best;
}

static bool same(rxt_value a, rxt_value b)
{
    return a.index == b.index && (a.value == b.value || (isnan(a.value) && isnan(b.value))) &&
           (a.value != 0 || !signbit(a.value));
}

static void extremes_equal(const char *level, const rxt_kernel *kernel, input *in, ptrdiff_t step)
{
    rxt_value wanted = extreme(kernel->name, in);

    for (ptrdiff_t cut = 0; cut <= in->n; cut += step) {
        rxt_value r = reduce(kernel, in, cut);

        if (!same(r, wanted))
            note(level, kernel, in, r.value, wanted.value);
        checked++;
    }
}

/* Random numbers; then few of them, so that many are equal, zeros of either sign among them. */
static void extremes_on(const char *level, const rxt_kernel *kernel)
{
    uint64_t state = 362436069362436069;
    input in;

    for (int s = 0; s < SIZES; s++)
        for (int kind = 0; kind <= KINDS; kind++) {
            fill(&in, kernel->type, sizes[s], kind % KINDS, &state);
            for (ptrdiff_t i = 0; i < in.n && kind == KINDS; i++)
                put(&in, i, copysign(floor(3 * levels_random(&state)), in.x[i]));
            extremes_equal(level, kernel, &in, 1 + in.n / 3);
        }
}

static void extremes_are_equal_and_at_the_first_place(void)
{
    each((const char *const[]){ "max", "min", "iamax", "iamax_blas", NULL }, extremes_on);
}

/* The one element that counts, at every place: none is passed over. */
static void placed_on(const char *level, const rxt_kernel *kernel)
{
    input in = { .type = kernel->type };

    for (in.n = 1; in.n <= 150; in.n++)
        for (ptrdiff_t at = 0; at < in.n; at++) {
            for (ptrdiff_t i = 0; i < in.n; i++)
                put(&in, i, i % 2 ? 1 : -1);
            put(&in, at, kernel->proof == &rxt_proof_min ? -7 : 7);
            extremes_equal(level, kernel, &in, in.n);
        }
}

static void the_extreme_is_found_at_every_place(void)
{
    each((const char *const[]){ "max", "min", "iamax", "iamax_blas", NULL }, placed_on);
}

/* ---- NaN, infinities, zeros ---- */

/* One value among ones, or two, at many places and cut at many. */
static void extremes_with(const char *level, const rxt_kernel *kernel, double a, double b)
{
    input in = { .type = kernel->type, .n = 600 };

    for (ptrdiff_t at = 0; at < in.n; at += 37)
        for (ptrdiff_t also = 3; also < in.n; also += 131) {
            for (ptrdiff_t i = 0; i < in.n; i++)
                put(&in, i, i % 3 ? 1 : -1);
            put(&in, at, a);
            put(&in, also, b);
            extremes_equal(level, kernel, &in, 97);
        }
}

static void special_extremes_on(const char *level, const rxt_kernel *kernel)
{
    input in = { .type = kernel->type, .n = 100 };

    extremes_with(level, kernel, NAN, 2);
    extremes_with(level, kernel, -NAN, INFINITY);
    extremes_with(level, kernel, INFINITY, -INFINITY);
    extremes_with(level, kernel, NAN, NAN);
    for (int sign = 0; sign < 3; sign++) {
        for (ptrdiff_t i = 0; i < in.n; i++)
            put(&in, i, sign == 0 || (sign == 2 && i % 2) ? -0.0 : 0.0);
        extremes_equal(level, kernel, &in, 7);
    }
    for (ptrdiff_t i = 0; i < in.n; i++)
        put(&in, i, NAN);
    extremes_equal(level, kernel, &in, 7);
}

static void extremes_of_nan_and_infinities_are_as_documented(void)
{
    each((const char *const[]){ "max", "min", "iamax", NULL }, special_extremes_on);
}

/* Sums: as one addition of the two values would have it. */
static void special_sums_on(const char *level, const rxt_kernel *kernel)
{
    static const double pair[][2] = {
        { NAN, 1 }, { INFINITY, 1 }, { -INFINITY, 1 }, { INFINITY, NAN }, { INFINITY, -INFINITY }
    };
    input in = { .type = kernel->type, .n = 200 };
    bool magnitudes = strcmp(kernel->name, "sum") != 0;

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
    each((const char *const[]){ "sum", "asum", "nrm2", NULL }, special_sums_on);
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

/* Operands that end where a page begins that must not be read. */
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
        { "extremes are equal, and at the first place", extremes_are_equal_and_at_the_first_place },
        { "the extreme is found at every place", the_extreme_is_found_at_every_place },
        { "extremes of NaN and infinities are as documented",
          extremes_of_nan_and_infinities_are_as_documented },
        { "sums of NaN and infinities are as documented",
          sums_of_nan_and_infinities_are_as_documented },
        { "more float ones than a float counts are summed rightly",
          more_float_ones_than_a_float_counts_are_summed_rightly },
        { "nothing is read behind the last element", nothing_is_read_behind_the_last_element },
        CU_TEST_INFO_NULL,
    };

    return suite_run("reductions", tests);
}
