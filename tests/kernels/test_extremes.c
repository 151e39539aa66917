/* test_extremes.c - the largest and smallest elements, of every level and type, on random and
 * special numbers; whole and cut in two, as for two workers. Results must be equal to those of a
 * plain search; NaN and equal elements are treated as documented. */
#include "random.h"
#include "reduced.h"
#include "suite.h"

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

/* First random numbers of each kind; then numbers with only three magnitudes, so that many are
 * equal and zeros have either sign. */
static void extremes_on(const char *level, const rxt_kernel *kernel)
{
    uint64_t state = 362436069362436069;
    input in;

    for (int s = 0; s < SIZES; s++)
        for (int kind = 0; kind <= KINDS; kind++) {
            fill(&in, kernel->type, sizes[s], kind % KINDS, &state);
            for (ptrdiff_t i = 0; i < in.n && kind == KINDS; i++)
                put(&in, i, copysign(floor(3 * random_uniform(&state)), in.x[i]));
            extremes_equal(level, kernel, &in, 1 + in.n / 3);
        }
}

static void extremes_are_equal_and_at_the_first_place(void)
{
    each((const char *const[]){ "max", "min", "iamax", "iamax_blas", "max_openmp", "min_openmp",
                                "iamax_openmp", NULL },
         extremes_on);
}

/* Puts the extreme at every place in turn. A loop that skips an element is noticed. */
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

/* Puts the values a and b among ones, at many places; the operand is cut at many places. */
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
    extremes_with(level, kernel, NAN, nan("0x4000000000000")); /* a NaN with larger bits */
    for (int sign = 0; sign < 3; sign++) {
        for (ptrdiff_t i = 0; i < in.n; i++)
            put(&in, i, sign == 0 || (sign == 2 && i % 2) ? -0.0 : 0.0);
        extremes_equal(level, kernel, &in, 7);
    }
    for (ptrdiff_t i = 0; i < in.n; i++)
        put(&in, i, NAN);
    extremes_equal(level, kernel, &in, 7);
}

/* OpenMP's own min and max start from the smallest finite number with clang, from -inf with gcc. */
static void extremes_of_nan_and_infinities_are_as_documented(void)
{
    each((const char *const[]){ "max", "min", "iamax", NULL }, special_extremes_on);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "extremes are equal, and at the first place", extremes_are_equal_and_at_the_first_place },
        { "the extreme is found at every place", the_extreme_is_found_at_every_place },
        { "extremes of NaN and infinities are as documented",
          extremes_of_nan_and_infinities_are_as_documented },
        CU_TEST_INFO_NULL,
    };

    return suite_run("extremes", tests);
}
