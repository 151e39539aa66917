/* test_maps.c - element-wise loops of every level and type, checked by their proofs: at every
 * length and alignment, with ordinary stores and with those that bypass the caches. */
#include "data/operands.h"
#include "random.h"
#include "support/slab.h"
#include <rxt/kernel.h>

#include <math.h>
#include <stdio.h>

#include "levels.h"
#include "suite.h"

/* Only some lengths, but up to one that exceeds an unrolled loop, a cache line and a page. */
static const ptrdiff_t lengths[] = { 0,  1,  2,  3,  5,  7,   8,   9,   15,  16,   17,
                                     31, 33, 63, 64, 65, 100, 127, 129, 509, 1009, 2053 };
enum { LENGTHS = sizeof lengths / sizeof lengths[0], MOST = 2053, GUARD = 64, PAGE = 4096 };

/* Memory of one operand: elements [GUARD + off, GUARD + off + n) belong to it, all others are
 * NaN. */
typedef struct plot {
    unsigned char *memory;
    ptrdiff_t off;
} plot;

static size_t bytes_of(const rxt_kernel *kernel)
{
    return (size_t)(MOST + 2 * GUARD + 16) * rxt_type_size(kernel->type);
}

static void *at(const rxt_kernel *kernel, const plot *p, ptrdiff_t i)
{
    return p->memory + (size_t)(GUARD + p->off + i) * rxt_type_size(kernel->type);
}

/* Is everything except the n elements still NaN? */
static bool stayed_inside(const rxt_kernel *kernel, const plot *p, ptrdiff_t n)
{
    size_t from = (size_t)((unsigned char *)at(kernel, p, 0) - p->memory),
           to = from + (size_t)n * rxt_type_size(kernel->type);

    for (size_t i = 0; i < bytes_of(kernel); i++)
        if ((i < from || i >= to) && p->memory[i] != 0xff)
            return false;
    return true;
}

/* Integers, or reals of every magnitude and sign, including zeros. */
static void make(const rxt_kernel *kernel, int operand, ptrdiff_t n, bool real, double *made)
{
    static const rxt_operands operands = { .seed = 3 };
    uint64_t state = 88172645463325252 + (uint64_t)operand;
    bool narrow = kernel->type == RXT_F32;

    if (!real) {
        CU_ASSERT_PTR_NULL(rxt_operands_fill(kernel, &operands, operand, 0, n, n, made));
        return;
    }
    for (ptrdiff_t i = 0; i < n; i++) {
        double exponent = (random_uniform(&state) - 0.5) * (narrow ? 250 : 2000);

        made[i] = ldexp(random_uniform(&state) - 0.5, (int)exponent);
        made[i] = i % 13 == 5 ? -0.0 : narrow ? (double)(float)made[i] : made[i];
    }
}

/* Calls the kernel once on fresh operands; returns the error that its proof finds. */
static double error_of(const rxt_kernel *kernel, const plot p[RXT_ARRAYS], ptrdiff_t n, bool real,
                       double cache)
{
    static double made[RXT_ARRAYS][MOST], stands[RXT_ARRAYS][MOST];
    rxt_share share = { .type = kernel->type,
                        .n = n,
                        .total = n,
                        .workers = 1,
                        .cache = cache,
                        .blas = levels_blas(kernel) },
              anew = share, found = share;
    rxt_case of = rxt_case_of(kernel, n, 1, 1);
    _Alignas(64) unsigned char facts[RXT_PARTIAL];

    for (int a = 0; a < kernel->arrays; a++) {
        memset(p[a].memory, 0xff, bytes_of(kernel));
        share.v[a] = at(kernel, &p[a], 0);
        anew.v[a] = made[a];
        found.v[a] = stands[a];
        if (a >= rxt_inputs_of(kernel))
            continue;
        make(kernel, a, n, real, made[a]);
        for (ptrdiff_t i = 0; i < n; i++)
            levels_set(kernel->type, share.v[a], i, made[a][i]);
    }
    kernel->loop(&share, NULL);
    for (int a = 0; a < kernel->arrays; a++)
        for (ptrdiff_t i = 0; i < n; i++)
            stands[a][i] = levels_get(kernel->type, share.v[a], i);
    kernel->proof->facts->zero(facts);
    kernel->proof->gather(&anew, &found, facts);
    return kernel->proof->judge(facts, &of, (rxt_value){ .value = NAN, .index = -1 });
}

static void check(const char *level, const rxt_kernel *kernel, const plot p[RXT_ARRAYS],
                  ptrdiff_t n, double cache)
{
    for (int real = 0; real < 2; real++) {
        double error = error_of(kernel, p, n, real, cache);

        CU_ASSERT(error <= 1);
        if (!(error <= 1))
            printf("\n    %s, %s, %s, n = %td, off by %td %td: error %g", kernel->name, level,
                   rxt_type_name(kernel->type), n, p[0].off, p[1].off, error);
    }
    for (int a = 0; a < kernel->arrays; a++)
        CU_ASSERT(stayed_inside(kernel, &p[a], n));
}

/* Operands of a share usually start on cache lines. With another allocator, or in a part of a
 * share, they need not. */
static void check_lengths(const char *level, const rxt_kernel *kernel, double cache)
{
    static const ptrdiff_t off[][RXT_ARRAYS] = {
        { 0, 0, 0, 0 }, { 1, 2, 3, 4 }, { 7, 0, 5, 1 }, { 15, 13, 8, 0 }
    };
    plot p[RXT_ARRAYS];

    for (int a = 0; a < kernel->arrays; a++)
        p[a].memory = aligned_alloc(PAGE, (bytes_of(kernel) / PAGE + 1) * PAGE);
    for (size_t o = 0; o < sizeof off / sizeof off[0]; o++) {
        for (int a = 0; a < kernel->arrays; a++)
            p[a].off = off[o][a];
        for (int l = 0; l < LENGTHS; l++)
            check(level, kernel, p, lengths[l], cache);
    }
    for (int a = 0; a < kernel->arrays; a++)
        free(p[a].memory);
}

static void check_kept(const char *level, const rxt_kernel *kernel)
{
    check_lengths(level, kernel, 0);
}

static void check_past(const char *level, const rxt_kernel *kernel)
{
    check_lengths(level, kernel, 1);
}

static void loops_are_right_at_every_length_and_alignment(void)
{
    CU_ASSERT(levels_each(NULL, check_kept) >= 9 * RXT_TYPES);
}

static void they_are_when_a_cache_of_one_byte_sends_stores_past_it(void)
{
    CU_ASSERT(levels_each(NULL, check_past) >= 9 * RXT_TYPES);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "loops are right at every length and alignment",
          loops_are_right_at_every_length_and_alignment },
        { "they are when a cache of one byte sends stores past it",
          they_are_when_a_cache_of_one_byte_sends_stores_past_it },
        CU_TEST_INFO_NULL,
    };

    return suite_run("maps", tests);
}
