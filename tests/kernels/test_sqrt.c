/* test_sqrt.c - square roots of every level and type, equal bit for bit to MPFR's.
 *
 * A root of 53 digits is hard to round if it is near the middle m of two numbers; m is an odd M
 * times 2^-53. Then m^2 = M^2 2^-106 is near an operand A 2^-52 or A 2^-51, and M^2 leaves a small
 * remainder c modulo 2^54 or 2^55. For each c there are four such M, which are found digit by
 * digit. So this test can try all hard operands; the roots of all others are far from a middle
 * (kernels/sqrt.c). */
#include <math.h>
#include <stdint.h>
#include <stdio.h>

#define MPFR_USE_INTMAX_T
#include <mpfr.h>

#include "levels.h"
#include "random.h"
#include "suite.h"

enum { N = 4096, ROUNDS = 16, REMAINDERS = 2000 };

static double root(rxt_type type, double x)
{
    mpfr_t r;
    double result;

    mpfr_init2(r, type == RXT_F64 ? 53 : 24);
    mpfr_set_d(r, x, MPFR_RNDN);
    mpfr_sqrt(r, r, MPFR_RNDN);
    result = mpfr_get_d(r, MPFR_RNDN);
    mpfr_clear(r);
    return result;
}

static bool same(double a, double b)
{
    return !memcmp(&a, &b, sizeof a) || (isnan(a) && isnan(b));
}

/* Takes the roots of n numbers of the kernel's type; returns how many are wrong. */
static int wrong(const char *level, const rxt_kernel *kernel, ptrdiff_t n, void *x)
{
    double *y = malloc((size_t)n * sizeof *y);
    int count = 0;

    levels_call(kernel, n, x, y);
    for (ptrdiff_t i = 0; i < n; i++) {
        double a = levels_get(kernel->type, x, i), found = levels_get(kernel->type, y, i);

        if (same(found, root(kernel->type, a)))
            continue;
        if (count++ == 0)
            printf("\n    sqrt, %s, %s: of %a is %a, not %a", level, rxt_type_name(kernel->type), a,
                   found, root(kernel->type, a));
    }
    free(y);
    return count;
}

/* Kinds of numbers: anywhere; between 1 and 4; near squares; near powers of two. */
static double any(int kind, uint64_t *state)
{
    double a = random_uniform(state), b = random_uniform(state);

    switch (kind) {
    case 0:
        return ldexp(1.0 + a, (int)(b * 2096) - 1074);
    case 1:
        return 1.0 + 3.0 * a;
    case 2:
        a = (double)(float)(1.0 + a);
        return a * a + (b < 0.3 ? 0x1p-52 : b < 0.6 ? -0x1p-52 : 0);
    default:
        return ldexp(1.0 + (double)(int)(b * 9 - 4) * 0x1p-52, (int)(a * 200) - 100);
    }
}

static void check_random(const char *level, const rxt_kernel *kernel)
{
    double x[N];
    uint64_t state = 88172645463325252;

    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < N; i++)
            levels_set(kernel->type, x, i, any(round % 4, &state));
        CU_ASSERT_EQUAL(wrong(level, kernel, N, x), 0);
    }
}

static void roots_are_correctly_rounded(void)
{
    CU_ASSERT(levels_each("sqrt", check_random) >= RXT_TYPES);
}

/* An M with M^2 = c modulo 2^digits, for c = 1 modulo 8. Each step finds one more digit. */
static uint64_t odd_root(int64_t c, int digits)
{
    uint64_t m = 1;

    for (int d = 3; d < digits; d++)
        if ((m * m - (uint64_t)c) >> d & 1)
            m += UINT64_C(1) << (d - 1);
    return m & ((UINT64_C(1) << digits) - 1);
}

/* The operand whose root is next to M 2^-53. If M 2^-53 is not the middle of two doubles in [1, 2),
 * returns 1. */
static double beside(uint64_t m, int64_t c)
{
    mpfr_t square;
    double operand;

    mpfr_init2(square, 128);
    mpfr_set_uj(square, m, MPFR_RNDN);
    mpfr_sqr(square, square, MPFR_RNDN);
    mpfr_sub_si(square, square, c, MPFR_RNDN);
    operand = mpfr_get_d(square, MPFR_RNDN);
    mpfr_clear(square);
    return m >> 53 == 1 ? ldexp(operand, -106) : 1.0;
}

/* In [1, 2) operands are multiples of 2^-52, in [2, 4) of 2^-51. */
static void check_hard(const char *level, const rxt_kernel *kernel)
{
    double *x = malloc(sizeof *x * 16 * REMAINDERS);
    int n = 0;

    for (int r = -REMAINDERS; r < REMAINDERS; r++) {
        int64_t c = 8 * (int64_t)r + 1;

        for (int digits = 54; digits <= 55; digits++) {
            uint64_t m = odd_root(c, digits), half = UINT64_C(1) << (digits - 1), whole = 2 * half;
            uint64_t all[4] = { m, whole - m, (m + half) % whole, (whole - m + half) % whole };

            for (int i = 0; i < 4 && n < 16 * REMAINDERS; i++) {
                double a = beside(all[i], c);

                if ((digits == 54) == (a < 2.0))
                    levels_set(kernel->type, x, n++, a);
            }
        }
    }
    CU_ASSERT(n > 2 * REMAINDERS);
    CU_ASSERT_EQUAL(wrong(level, kernel, n, x), 0);
    free(x);
}

static void roots_next_to_the_middle_of_two_numbers_are_correctly_rounded(void)
{
    CU_ASSERT_EQUAL(beside((UINT64_C(1) << 53) + 1, 1), 0x1.0000000000001p0);
    CU_ASSERT_EQUAL(beside((UINT64_C(1) << 54) - 1, 1), 0x1.fffffffffffffp1);
    CU_ASSERT(levels_each("sqrt", check_hard) >= RXT_TYPES);
}

static void check_special(const char *level, const rxt_kernel *kernel)
{
    double x[32], special[] = { 0,
                                -0.0,
                                INFINITY,
                                -INFINITY,
                                NAN,
                                -NAN,
                                -1,
                                -1e-320,
                                0x1p-1074,
                                0x1p-1022,
                                0x1p-149,
                                0x1p-126,
                                0x1p-900,
                                0x1p1000,
                                0x1p-901,
                                0x1.fffffffffffffp1000,
                                0x1.fffffffffffffp1023,
                                0x1.fffffep127,
                                4,
                                2,
                                1e-310 };
    int n = sizeof special / sizeof special[0];

    for (int shift = 0; shift < n; shift++) {
        for (int i = 0; i < n; i++)
            levels_set(kernel->type, x, i, special[(i + shift) % n]);
        CU_ASSERT_EQUAL(wrong(level, kernel, n, x), 0);
    }
    for (int s = 0; s < n; s++) { /* among other numbers: then a vector may take another path */
        for (int i = 0; i < 32; i++)
            levels_set(kernel->type, x, i, i % 7 == 3 ? special[s] : i + 1);
        CU_ASSERT_EQUAL(wrong(level, kernel, 32, x), 0);
    }
}

static void zeros_infinities_nan_negative_and_subnormal_numbers_are_right(void)
{
    CU_ASSERT(levels_each("sqrt", check_special) >= RXT_TYPES);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "roots are correctly rounded", roots_are_correctly_rounded },
        { "roots next to the middle of two numbers are correctly rounded",
          roots_next_to_the_middle_of_two_numbers_are_correctly_rounded },
        { "zeros, infinities, NaN, negative and subnormal numbers are right",
          zeros_infinities_nan_negative_and_subnormal_numbers_are_right },
        CU_TEST_INFO_NULL,
    };

    return suite_run("sqrt", tests);
}
