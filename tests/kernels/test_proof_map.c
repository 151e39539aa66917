/* test_proof_map.c - which results the proofs of element-wise kernels accept, and which they
 * refuse. */
#include <rxt/kernel.h>
#include <rxt/map.h>

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suite.h"

enum { N = 100 };

typedef struct story {
    const rxt_proof *proof;
    rxt_type type;
    int output; /* operand that holds the result */
    double x[N], y[N], result[N];
} story;

static double f32_or_not(rxt_type type, double value)
{
    return type == RXT_F64 ? value : (double)(float)value;
}

static double right(const rxt_proof *proof, rxt_type type, double x, double y)
{
    double s = RXT_MAP_SCALAR, value = proof == &rxt_proof_copy    ? x
                                       : proof == &rxt_proof_fill  ? s
                                       : proof == &rxt_proof_scale ? s * x
                                       : proof == &rxt_proof_add   ? x + y
                                       : proof == &rxt_proof_triad ? x + f32_or_not(type, s * y)
                                       : proof == &rxt_proof_axpy  ? y + f32_or_not(type, s * x)
                                       : proof == &rxt_proof_sqrt  ? sqrt(x)
                                                                   : exp(x);

    return f32_or_not(type, value);
}

/* Operands in [0.5, 3) with all digits in use, so that sums are rounded, and the right results. */
static story story_of(const rxt_proof *proof, rxt_type type)
{
    story s = { .proof = proof, .type = type, .output = 1 };

    if (proof == &rxt_proof_fill)
        s.output = 0;
    if (proof == &rxt_proof_add || proof == &rxt_proof_triad)
        s.output = 2;
    for (int i = 0; i < N; i++) {
        s.x[i] = f32_or_not(type, 0.5 + 1.0 / (i + 1.3));
        s.y[i] = f32_or_not(type, 0.7 + 2.0 / (i + 1.7));
        s.result[i] = right(proof, type, s.x[i], s.y[i]);
    }
    return s;
}

static void add_block(story *s, ptrdiff_t first, ptrdiff_t n, void *facts)
{
    rxt_share made = { .type = s->type,
                       .n = n,
                       .first = first,
                       .total = N,
                       .v = { s->x + first, s->y + first } },
              found = made;

    found.v[s->output] = s->result + first;
    s->proof->gather(&made, &found, facts);
}

static double verdict(const story *s, const void *facts)
{
    rxt_case of = { .type = s->type, .total = N, .chain = 1 };

    return s->proof->judge(facts, &of, (rxt_value){ .value = NAN, .index = -1 });
}

/* The error that the merged facts of two workers give. */
static double error_of(story *s)
{
    _Alignas(64) unsigned char facts[RXT_PARTIAL], more[RXT_PARTIAL];

    s->proof->facts->zero(facts);
    s->proof->facts->zero(more);
    add_block(s, 64, 36, more);
    add_block(s, 0, 50, facts);
    add_block(s, 50, 14, facts);
    s->proof->facts->merge(facts, more);
    return verdict(s, facts);
}

static const rxt_proof *const proofs[] = { &rxt_proof_fill, &rxt_proof_copy,  &rxt_proof_scale,
                                           &rxt_proof_add,  &rxt_proof_triad, &rxt_proof_axpy,
                                           &rxt_proof_sqrt, &rxt_proof_exp };
enum { PROOFS = sizeof proofs / sizeof proofs[0] };

static void each(void (*check)(story *))
{
    for (int p = 0; p < PROOFS; p++)
        for (int type = 0; type < RXT_TYPES; type++) {
            story s = story_of(proofs[p], (rxt_type)type);

            check(&s);
        }
}

static void is_right(story *s)
{
    CU_ASSERT(error_of(s) <= 1);
    if (s->proof != &rxt_proof_exp)
        CU_ASSERT_EQUAL(error_of(s), 0);
}

static void what_is_right_passes(void)
{
    each(is_right);
}

static void catch_at(story *s, int i, double value)
{
    double before = s->result[i], error;

    s->result[i] = value;
    error = error_of(s);
    CU_ASSERT(error > 1 && isfinite(error));
    s->result[i] = before;
}

/* Catches NaN, infinity, zero, the wrong sign, an element of another place, and an error in the
 * last digit but one. */
static void catches(story *s)
{
    double step = s->type == RXT_F64 ? 0x1p-51 : 0x1p-22;
    int at[] = { 0, 49, 50, 63, 64, N - 1 };

    for (int a = 0; a < 6; a++) {
        double value = s->result[at[a]];

        catch_at(s, at[a], NAN);
        catch_at(s, at[a], INFINITY);
        catch_at(s, at[a], 0);
        catch_at(s, at[a], -value);
        catch_at(s, at[a], value * (1 + 2 * step));
        catch_at(s, at[a], value * (1 - 2 * step));
        if (s->proof != &rxt_proof_fill)
            catch_at(s, at[a], s->result[(at[a] + 1) % N]);
    }
}

static void one_wrong_element_is_caught(void)
{
    each(catches);
}

static void catches_coverage(story *s)
{
    _Alignas(64) unsigned char facts[RXT_PARTIAL];

    s->proof->facts->zero(facts);
    CU_ASSERT(!(verdict(s, facts) <= 1));
    add_block(s, 0, 50, facts);
    CU_ASSERT(!(verdict(s, facts) <= 1));
    add_block(s, 0, 50, facts);
    CU_ASSERT(!(verdict(s, facts) <= 1));
}

static void elements_left_out_or_looked_at_twice_are_caught(void)
{
    each(catches_coverage);
}

/* Results that are rounded once (fma) instead of twice (product, then sum) must pass, too. */
static void triad_and_axpy_may_round_once_or_twice(void)
{
    const rxt_proof *both[] = { &rxt_proof_triad, &rxt_proof_axpy };
    int differ = 0;

    for (int p = 0; p < 2; p++)
        for (int type = 0; type < RXT_TYPES; type++) {
            story s = story_of(both[p], (rxt_type)type);

            for (int i = 0; i < N; i++) {
                double a = p == 0 ? s.x[i] : s.y[i], b = p == 0 ? s.y[i] : s.x[i],
                       was = s.result[i];

                s.result[i] = type == RXT_F64 ? fma(RXT_MAP_SCALAR, b, a)
                                              : (double)fmaf(RXT_MAP_SCALAR, (float)b, (float)a);
                differ += s.result[i] != was;
            }
            CU_ASSERT_EQUAL(error_of(&s), 0);
        }
    CU_ASSERT(differ > 10);
}

static void exp_may_be_off_by_one_unit_and_not_by_two(void)
{
    for (int type = 0; type < RXT_TYPES; type++) {
        story s = story_of(&rxt_proof_exp, (rxt_type)type);
        int passed = 0;

        for (int i = 0; i < N; i++) {
            double was = s.result[i];

            s.result[i] = type == RXT_F64 ? nextafter(was, 9) : (double)nextafterf((float)was, 9);
            passed += error_of(&s) <= 1; /* about half of them err by less than one unit */
            s.result[i] = type == RXT_F64 ? nextafter(s.result[i], 9)
                                          : (double)nextafterf((float)s.result[i], 9);
            CU_ASSERT(error_of(&s) > 1);
            s.result[i] = was;
        }
        CU_ASSERT(passed > N / 4 && passed < 3 * N / 4);
    }
}

static void exp_is_judged_at_the_ends_of_the_type(void)
{
    double end[] = { 709.782712893384, 88.722831726074219 }, most[] = { DBL_MAX, (double)FLT_MAX },
           least[] = { 0x1p-1074, 0x1p-149 };

    for (int type = 0; type < RXT_TYPES; type++) {
        story s = story_of(&rxt_proof_exp, (rxt_type)type);

        s.x[0] = 2 * end[type];
        s.result[0] = INFINITY;
        CU_ASSERT_EQUAL(error_of(&s), 0);
        catch_at(&s, 0, most[type] / 2);
        catch_at(&s, 0, NAN);
        s.x[0] = -2 * end[type];
        s.result[0] = 0;
        CU_ASSERT_EQUAL(error_of(&s), 0);
        catch_at(&s, 0, 2 * least[type]);
        s.x[0] = end[type];
        s.result[0] = f32_or_not((rxt_type)type, exp(end[type]));
        CU_ASSERT_EQUAL(error_of(&s), 0);
        catch_at(&s, 0, INFINITY);
        s.x[0] = NAN;
        s.result[0] = NAN;
        CU_ASSERT_EQUAL(error_of(&s), 0);
        catch_at(&s, 0, 0);
    }
}

static void zeros_differ_by_their_sign(void)
{
    story s = story_of(&rxt_proof_copy, RXT_F64);

    s.x[3] = -0.0;
    s.result[3] = -0.0;
    CU_ASSERT_EQUAL(error_of(&s), 0);
    catch_at(&s, 3, 0.0);
}

/* ---- special operands: a wrong number must not pass for the right one ---- */

static double largest(rxt_type type)
{
    return type == RXT_F64 ? DBL_MAX : (double)FLT_MAX;
}

static double smallest(rxt_type type)
{
    return type == RXT_F64 ? 0x1p-1074 : 0x1p-149;
}

static double normal(rxt_type type)
{
    return type == RXT_F64 ? DBL_MIN : (double)FLT_MIN;
}

/* Infinities, NaN, zeros, subnormal numbers, both ends of the type, and ends of the range of
 * e^x. */
enum { SPECIALS = 22 };
static void specials(rxt_type type, double value[SPECIALS])
{
    double some[] = { INFINITY,         NAN, 0.0,  smallest(type), 5 * smallest(type),
                      normal(type),     1.0, 10.0, largest(type),  largest(type) / 2,
                      largest(type) / 4 };

    for (int i = 0; i < SPECIALS / 2; i++) {
        value[2 * i] = some[i];
        value[2 * i + 1] = -some[i];
    }
}

/* Values that a faulty kernel could leave in place of `right_one`. */
enum { WRONGS = 14 };
static void wrongs(rxt_type type, double x, double right_one, double value[WRONGS])
{
    double up = type == RXT_F64 ? nextafter(nextafter(right_one, 9e9), 9e9)
                                : (double)nextafterf(nextafterf((float)right_one, 9e9f), 9e9f);
    double some[WRONGS] = {
        INFINITY,       -INFINITY, NAN, 0.0,        -0.0,          1.0, largest(type),
        -largest(type), x,         -x,  -right_one, 2 * right_one, up,  smallest(type)
    };

    for (int i = 0; i < WRONGS; i++)
        value[i] = some[i];
}

/* Distance of `found` from e^x in units of the last place; infinity counts as the power of two
 * beyond the largest number. */
static long double units_off(rxt_type type, double x, double found)
{
    int digits = type == RXT_F64 ? DBL_MANT_DIG : FLT_MANT_DIG, exponent;
    long double truth = expl((long double)x), unit = smallest(type);
    long double beyond = ldexpl(1, type == RXT_F64 ? DBL_MAX_EXP : FLT_MAX_EXP);

    frexpl(fminl(truth, largest(type)), &exponent);
    unit = fmaxl(unit, ldexpl(1, exponent - digits));
    return fabsl((isinf(found) ? copysignl(beyond, found) : (long double)found) - truth) / unit;
}

/* May `found` pass where `right_one` is right? As documented, it must have the same bits, or both
 * are NaN. For triad and axpy a result that is rounded once may pass, too. e^x must be within one
 * unit and not negative; between 1 and 2 units this test demands nothing of the proof. */
static bool allowed(const story *s, int i, double right_one, double found)
{
    double a = s->proof == &rxt_proof_triad ? s->x[i] : s->y[i],
           b = s->proof == &rxt_proof_triad ? s->y[i] : s->x[i];
    double once = s->type == RXT_F64 ? fma(RXT_MAP_SCALAR, b, a)
                                     : (double)fmaf(RXT_MAP_SCALAR, (float)b, (float)a);

    if ((isnan(found) && isnan(right_one)) || !memcmp(&found, &right_one, sizeof found))
        return true;
    if (s->proof == &rxt_proof_exp && !isnan(right_one) && !isnan(found) && !signbit(found) &&
        !isinf(s->x[i]))
        return units_off(s->type, s->x[i], found) < 2;
    return (s->proof == &rxt_proof_triad || s->proof == &rxt_proof_axpy) &&
           !memcmp(&found, &once, sizeof found);
}

/* Puts special operands at place i, and each wrong number in turn into the result at this place. */
static void try_specials(story *s, int i, int *tried, int *caught)
{
    double special[SPECIALS], wrong[WRONGS];
    story kept = *s;

    specials(s->type, special);
    for (int k = 0; k < SPECIALS; k++) {
        double right_one;

        s->x[i] = special[k];
        s->y[i] = special[(5 * k + i) % SPECIALS];
        right_one = s->result[i] = right(s->proof, s->type, s->x[i], s->y[i]);
        CU_ASSERT(error_of(s) <= 1);
        wrongs(s->type, s->x[i], right_one, wrong);
        for (int w = 0; w < WRONGS; w++) {
            s->result[i] = f32_or_not(s->type, wrong[w]);
            if (allowed(s, i, right_one, s->result[i]))
                continue;
            ++*tried;
            *caught += error_of(s) > 1;
            if (!(error_of(s) > 1))
                printf("\n    %s: x %g, y %g: %g passes for %g", rxt_type_name(s->type), s->x[i],
                       s->y[i], s->result[i], right_one);
        }
    }
    *s = kept;
}

static void no_wrong_number_stands_for_a_special_one(void)
{
    int tried = 0, caught = 0;

    for (int p = 0; p < PROOFS; p++)
        for (int type = 0; type < RXT_TYPES; type++) {
            story s = story_of(proofs[p], (rxt_type)type);

            try_specials(&s, 0, &tried, &caught);
            try_specials(&s, N - 1, &tried, &caught);
        }
    printf("\n    %d of %d wrong numbers caught", caught, tried);
    CU_ASSERT(tried > 2000);
    CU_ASSERT_EQUAL(caught, tried);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "what is right passes", what_is_right_passes },
        { "one wrong element is caught", one_wrong_element_is_caught },
        { "elements left out or looked at twice are caught",
          elements_left_out_or_looked_at_twice_are_caught },
        { "triad and axpy may round once or twice", triad_and_axpy_may_round_once_or_twice },
        { "exp may be off by one unit and not by two", exp_may_be_off_by_one_unit_and_not_by_two },
        { "exp is judged at the ends of the type", exp_is_judged_at_the_ends_of_the_type },
        { "zeros differ by their sign", zeros_differ_by_their_sign },
        { "no wrong number stands for a special one", no_wrong_number_stands_for_a_special_one },
        CU_TEST_INFO_NULL,
    };

    return suite_run("proof_map", tests);
}
