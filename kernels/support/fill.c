/* fill.c - generated operands: integers hashed from (seed, operand, index).
 *
 * Each element can be made independently, so every worker makes its own, and all splits of n get
 * the same numbers. The bits of a hash are turned into a double by setting its exponent: no branch,
 * no conversion from unsigned integers. */
#include "support/fill.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/random.h"

static inline double double_of(uint64_t bits)
{
    double value;

    memcpy(&value, &bits, sizeof value);
    return value;
}

static inline uint64_t bits_of(double value)
{
    uint64_t bits;

    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* A non-zero integer of magnitude 1 … span + 1; span is the limit minus 1. The hash's upper bits
 * give a fraction in [0, 1). Adding 2^52 to fraction times span rounds it to an integer in [0,
 * span]. The lowest bit of the hash becomes the sign. */
static inline double element(uint64_t hash, double span)
{
    const uint64_t one = 0x3ff0000000000000;
    const double large = 0x1p52;
    double fraction = double_of(one | hash >> 12) - 1.0;
    double magnitude = fraction * span + large - large + 1.0;

    return double_of(bits_of(magnitude) | hash << 63);
}

/* The start value of a random sequence. Number 0 of this sequence makes element `first`. */
static uint64_t seed_of(uint64_t seed, int operand, ptrdiff_t first)
{
    return rxt_random_at(rxt_random_at(seed, 1), (uint64_t)operand) +
           (uint64_t)first * rxt_random_golden;
}

static void fill(uint64_t seed, int operand, double limit, ptrdiff_t first, ptrdiff_t n,
                 double *restrict block)
{
    uint64_t start = seed_of(seed, operand, first);
    double span = limit <= 0x1p52 ? limit - 1.0 : 0x1p52;

    for (ptrdiff_t i = 0; i < n; i++)
        block[i] = element(rxt_random_at(start, (uint64_t)i), span);
}

/* low + fraction (high - low), with the fraction in [0, 1). */
static void spread(uint64_t seed, int operand, double low, double high, ptrdiff_t first,
                   ptrdiff_t n, double *block)
{
    const uint64_t one = 0x3ff0000000000000;
    uint64_t start = seed_of(seed, operand, first);

    for (ptrdiff_t i = 0; i < n; i++)
        block[i] =
            low + (double_of(one | rxt_random_at(start, (uint64_t)i) >> 12) - 1.0) * (high - low);
}

void rxt_fill_positive(uint64_t seed, int operand, ptrdiff_t first, ptrdiff_t n, ptrdiff_t total,
                       double *block)
{
    (void)total;
    spread(seed, operand, 1000, 0, first, n, block);
}

/* From ln 2^-1022 to ln 2^1024. */
void rxt_fill_exp_f64(uint64_t seed, int operand, ptrdiff_t first, ptrdiff_t n, ptrdiff_t total,
                      double *block)
{
    (void)total;
    spread(seed, operand, -708.39, 709.78, first, n, block);
}

/* From ln 2^-126 to ln 2^128. */
void rxt_fill_exp_f32(uint64_t seed, int operand, ptrdiff_t first, ptrdiff_t n, ptrdiff_t total,
                      double *block)
{
    (void)total;
    spread(seed, operand, -87.33, 88.72, first, n, block);
}

/* Is limit^factors at most `most`? */
static bool fits(uint64_t limit, int factors, uint64_t most)
{
    for (int f = 0; f < factors; f++)
        most /= limit;
    return most > 0;
}

/* The root computed in double can be off by one, so it is corrected in integers. */
double rxt_fill_limit(rxt_type type, int factors, ptrdiff_t total)
{
    uint64_t whole = UINT64_C(1) << (type == RXT_F64 ? DBL_MANT_DIG : FLT_MANT_DIG);
    uint64_t most = whole / (total > 0 ? (uint64_t)total : 1);
    int power = factors > 0 ? factors : 1;
    uint64_t root = (uint64_t)pow((double)most, 1.0 / power);

    while (root > 1 && !fits(root, power, most))
        root--;
    while (fits(root + 1, power, most))
        root++;
    return root > 1 ? (double)root : 1.0;
}

/* If a kernel adds its elements up, they must be smaller at larger sizes, so that the sum stays
 * exact. A kernel without factors adds nothing up. Its limit is an eighth of the type's range of
 * exact integers, so that a + 3 b stays exact. */
static double limit_of(const rxt_kernel *kernel, ptrdiff_t total)
{
    if (kernel->factors == 0)
        return kernel->type == RXT_F64 ? 0x1p50 : 0x1p21;
    return rxt_fill_limit(kernel->type, kernel->factors, total);
}

void rxt_fill_of(const rxt_kernel *kernel, uint64_t seed, int operand, ptrdiff_t first, ptrdiff_t n,
                 ptrdiff_t total, double *block)
{
    if (kernel->fill)
        kernel->fill(seed, operand, first, n, total, block);
    else
        fill(seed, operand, limit_of(kernel, total), first, n, block);
}
