/* test_exp.c - e^x of every level and type compared with MPFR, and operands with exactly one right
 * result. */
#include <float.h>
#include <math.h>
#include <mpfr.h>
#include <stdio.h>

#include "levels.h"
#include "random.h"
#include "suite.h"

enum { N = 4096, ROUNDS = 4, BITS = 128 };

/* Ranges in which e^x is ordinary, near 1, near the ends of either type, and subnormal. */
static const double range[][2] = { { -1, 1 },        { -20, 20 },  { -708, 709.78 },
                                   { -745.2, -708 }, { 700, 710 }, { -87.3, 88.72 },
                                   { -104, -87 },    { 80, 89 },   { -1e-6, 1e-6 } };
enum { RANGES = sizeof range / sizeof range[0] };

/* |found - e^x| in units of the last place that e^x has in the type. An infinity stands for the
 * power of two beyond the type's largest number. */
static double units(rxt_type type, double x, double found, mpfr_t right, mpfr_t error)
{
    bool wide = type == RXT_F64;
    long digits = wide ? DBL_MANT_DIG : FLT_MANT_DIG, most = wide ? DBL_MAX_EXP : FLT_MAX_EXP,
         least = (wide ? DBL_MIN_EXP : FLT_MIN_EXP) - digits, exponent;

    mpfr_set_d(right, x, MPFR_RNDN);
    mpfr_exp(right, right, MPFR_RNDN);
    exponent = mpfr_get_exp(right);
    if (exponent > most) {
        mpfr_set_ui_2exp(right, 1, most, MPFR_RNDN);
        exponent = most;
    }
    if (isinf(found))
        mpfr_set_ui_2exp(error, 1, most, MPFR_RNDN);
    else
        mpfr_set_d(error, found, MPFR_RNDN);
    mpfr_sub(error, error, right, MPFR_RNDN);
    mpfr_mul_2si(error, error, -(exponent - digits > least ? exponent - digits : least), MPFR_RNDN);
    return fabs(mpfr_get_d(error, MPFR_RNDU));
}

static double worst_on(const rxt_kernel *kernel, const double ends[2], double *x, double *y)
{
    uint64_t state = 88172645463325252;
    double worst = 0.0;
    mpfr_t right, error;

    mpfr_inits2(BITS, right, error, (mpfr_ptr)0);
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < N; i++)
            levels_set(kernel->type, x, i, ends[0] + (ends[1] - ends[0]) * random_uniform(&state));
        levels_call(kernel, N, x, y);
        for (int i = 0; i < N; i++) {
            double e = units(kernel->type, levels_get(kernel->type, x, i),
                             levels_get(kernel->type, y, i), right, error);

            worst = e > worst || isnan(e) ? e : worst;
        }
    }
    mpfr_clears(right, error, (mpfr_ptr)0);
    return worst;
}

static void check_units(const char *level, const rxt_kernel *kernel)
{
    double *x = malloc(N * sizeof *x), *y = malloc(N * sizeof *y), worst = 0.0;

    for (int r = 0; r < RANGES; r++)
        worst = fmax(worst, worst_on(kernel, range[r], x, y));
    printf("\n    exp, %s, %s: off by at most %.3f units in the last place", level,
           rxt_type_name(kernel->type), worst);
    CU_ASSERT(worst <= 1.0);
    free(x);
    free(y);
}

static void it_is_off_by_at_most_one_unit_in_the_last_place(void)
{
    CU_ASSERT(levels_each("exp", check_units) >= RXT_TYPES);
}

static void check_special(const char *level, const rxt_kernel *kernel)
{
    const double wide[][2] = { { 709.782712893384, 0x1.fffffffffff2ap+1023 },
                               { 709.7827128933841, INFINITY },
                               { -745.1332191019411, 0x1p-1074 },
                               { -745.1332191019412, 0 } },
                 narrow[][2] = { { 0x1.62e42ep+6, 0x1.ffff08p+127 },
                                 { 0x1.62e43p+6, INFINITY },
                                 { -0x1.9fe368p+6, 0x1p-149 },
                                 { -0x1.9fe36ap+6, 0 } },
                 both[][2] = { { 0, 1 },
                               { -0.0, 1 },
                               { 1e-320, 1 },
                               { -1e-320, 1 },
                               { INFINITY, INFINITY },
                               { -INFINITY, 0 },
                               { 1e30, INFINITY },
                               { -1e30, 0 },
                               { 0x1p-60, 1 } };
    double x[16], y[16], quiet = NAN;
    int n = 0;

    for (size_t i = 0; i < sizeof both / sizeof both[0]; i++)
        levels_set(kernel->type, x, n++, both[i][0]);
    for (int i = 0; i < 4; i++)
        levels_set(kernel->type, x, n++, (kernel->type == RXT_F64 ? wide : narrow)[i][0]);
    levels_set(kernel->type, x, n, quiet);
    levels_set(kernel->type, x, n + 1, -quiet);
    memset((char *)x + (size_t)(n + 2) * rxt_type_size(kernel->type), 0xff,
           rxt_type_size(kernel->type));
    levels_call(kernel, n + 3, x, y);
    for (int i = 0; i < n; i++) {
        double right = i < n - 4                 ? both[i][1]
                       : kernel->type == RXT_F64 ? wide[i - n + 4][1]
                                                 : narrow[i - n + 4][1];

        CU_ASSERT_EQUAL(levels_get(kernel->type, y, i), right);
        if (levels_get(kernel->type, y, i) != right)
            printf("\n    exp, %s, %s: e^%a = %a, not %a", level, rxt_type_name(kernel->type),
                   levels_get(kernel->type, x, i), levels_get(kernel->type, y, i), right);
    }
    for (int i = n; i < n + 3; i++)
        CU_ASSERT(isnan(levels_get(kernel->type, y, i)));
}

static void ends_zeros_infinities_and_nan_are_as_in_libm(void)
{
    CU_ASSERT(levels_each("exp", check_special) >= RXT_TYPES);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "off by at most one unit in the last place",
          it_is_off_by_at_most_one_unit_in_the_last_place },
        { "ends, zeros, infinities and NaN are as in libm",
          ends_zeros_infinities_and_nan_are_as_in_libm },
        CU_TEST_INFO_NULL,
    };

    return suite_run("exp", tests);
}
