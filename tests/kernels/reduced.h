/* reduced.h - calls reductions of one operand, of every level and type, on a test's own numbers. */
#ifndef REDUCED_H
#define REDUCED_H

#include "support/slab.h"

#include <math.h>
#include <stdio.h>

#include <CUnit/CUnit.h>

#include "levels.h"
#include "random.h"

enum { MOST = 1031 };

static const ptrdiff_t sizes[] = { 0, 1, 2, 7, 31, 64, 127, 128, 509, 512, 1021, MOST };
enum { SIZES = sizeof sizes / sizeof sizes[0] };

typedef struct input {
    rxt_type type;
    ptrdiff_t n;
    double x[MOST];  /* the operand, in double */
    double as[MOST]; /* the operand in the kernel's type */
} input;

static inline void put(input *in, ptrdiff_t i, double value)
{
    levels_set(in->type, in->as, i, value);
    in->x[i] = levels_get(in->type, in->as, i);
}

/* A kernel with `run` divides the elements among its threads itself. */
static inline rxt_value run(const rxt_kernel *kernel, input *in)
{
    _Alignas(64) unsigned char partial[256];
    rxt_slab slab = {
        .type = in->type, .n = in->n, .total = in->n, .ranks = 1, .threads = 2, .v = { in->as }
    };

    kernel->run(&slab, partial);
    return kernel->merge->finish(partial);
}

/* The merged result of shares [0, cut) and [cut, n). If the merge commutes and cut is odd, the
 * right share is the first one of the merge. */
static inline rxt_value cut_in_two(const rxt_kernel *kernel, input *in, ptrdiff_t cut)
{
    _Alignas(64) unsigned char left[256], right[256];
    size_t size = rxt_type_size(in->type);
    rxt_share low = { .type = in->type,
                      .n = cut,
                      .total = in->n,
                      .workers = 2,
                      .v = { in->as },
                      .blas = levels_blas(kernel) };
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

static inline rxt_value reduce(const rxt_kernel *kernel, input *in, ptrdiff_t cut)
{
    return kernel->run ? run(kernel, in) : cut_in_two(kernel, in, cut);
}

enum { UNIT, WHOLE, WIDE, HUGE_ONES, TINY, SMALL_AND_MEDIUM, MIXED, KINDS };

static inline double any(rxt_type type, int kind, uint64_t *state)
{
    int range = type == RXT_F64 ? 1000 : 112; /* of exponents: no sum overflows, but most squares
                                                 do */
    double a = 2 * random_uniform(state) - 1, b = random_uniform(state);

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
    case SMALL_AND_MEDIUM: /* ranges of norm.h, at magnitudes where both matter */
        return ldexp(a, type == RXT_F64 ? -509 : -62);
    default:
        return ldexp(a, (int)(2 * range * b) - range);
    }
}

static inline void fill(input *in, rxt_type type, ptrdiff_t n, int kind, uint64_t *state)
{
    in->type = type;
    in->n = n;
    for (ptrdiff_t i = 0; i < n; i++)
        put(in, i, any(type, kind, state));
}

static int failures, checked; /* counts of the current check */
static inline void note(const char *level, const rxt_kernel *kernel, const input *in, double found,
                        double wanted)
{
    if (failures++ == 0)
        printf("\n    %s, %s, %s, n = %td: %a, not %a", kernel->name, level,
               rxt_type_name(kernel->type), in->n, found, wanted);
}

static inline void each(const char *const *names, void (*check)(const char *, const rxt_kernel *))
{
    failures = checked = 0;
    for (; *names; names++)
        CU_ASSERT(levels_each(*names, check) >= 1);
    CU_ASSERT_EQUAL(failures, 0);
    CU_ASSERT(checked > 100);
}

#endif
