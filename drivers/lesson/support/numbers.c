/* numbers.c - the numbers that one worker transfers to another.
 *
 * Every call makes the numbers and checks them. Making and checking must take little time, because
 * otherwise all ways of transfer would look equally fast. So each block of 1024 numbers has a key
 * of 20 bits, hashed from call and block (SplitMix64; Steele, Lea, Flood 2014), and number j of the
 * block is 2^20 + (j xor key). Numbers of one block always differ; numbers at the same place of two
 * calls or two blocks are equal with a probability of one in a million. The 20 bits are the leading
 * bits of the double's fraction, so that numbers are made and compared as bits: half a nanosecond
 * each. */
#include "numbers.h"

#include <string.h>

#include "base/random.h"

enum { BLOCK = 1024 };

/* The bits of a block's number 0: sign and exponent of 2^20, followed by the key. */
static uint64_t first_of(uint64_t call, ptrdiff_t block)
{
    const uint64_t sign_and_exponent = 0x413;

    return sign_and_exponent << 52 |
           rxt_random_at(rxt_random_at(0, call), (uint64_t)block) >> 44 << 32;
}

static uint64_t bits_of(uint64_t first, int j)
{
    return first ^ (uint64_t)j << 32;
}

static int length_of(ptrdiff_t n, ptrdiff_t begin)
{
    return n - begin < BLOCK ? (int)(n - begin) : BLOCK;
}

/* ---- make ---- */

/* Makes a block; returns the sum of the numbers' 20 bits, which is below 2^30. */
static uint32_t make_block(uint64_t first, int n, double *restrict x)
{
    uint32_t sum = 0;

    for (int j = 0; j < n; j++) {
        uint64_t bits = bits_of(first, j);

        memcpy(&x[j], &bits, sizeof bits);
        sum += (uint32_t)(bits >> 32) & 0xfffff;
    }
    return sum;
}

double rxt_numbers_make(uint64_t call, ptrdiff_t n, double *x)
{
    uint64_t sum = 0;

    for (ptrdiff_t i = 0; i < n; i += BLOCK)
        sum += make_block(first_of(call, i / BLOCK), length_of(n, i), x + i);
    return (double)sum + 0x1p20 * (double)n;
}

/* ---- check ---- */

static int count_right(uint64_t first, int n, const double *x)
{
    int right = 0;

    for (int j = 0; j < n; j++) {
        uint64_t bits = bits_of(first, j);

        right += memcmp(&x[j], &bits, sizeof bits) == 0;
    }
    return right;
}

/* Counts the right numbers of a block. First a fast check finds out whether any number is wrong;
 * only then the right numbers are counted one by one. */
static int check_block(uint64_t first, int n, const double *x)
{
    uint64_t differ = 0;

    for (int j = 0; j < n; j++) {
        uint64_t found;

        memcpy(&found, &x[j], sizeof found);
        differ |= found ^ bits_of(first, j);
    }
    return differ ? count_right(first, n, x) : n;
}

/* The sum of a block, as four sums of pairs for the SIMD units that all processors have. With a
 * single sum each addition would wait for the addition before. */
static double sum_block(int n, const double *x)
{
    typedef double pair __attribute__((vector_size(2 * sizeof(double))));
    pair sum[4] = { { 0 } }, next[4];
    double rest = 0;
    int j = 0;

    for (; j + 8 <= n; j += 8) {
        memcpy(next, x + j, sizeof next);
        for (int s = 0; s < 4; s++)
            sum[s] += next[s];
    }
    for (; j < n; j++)
        rest += x[j];
    sum[0] += sum[1] + (sum[2] + sum[3]);
    return sum[0][0] + sum[0][1] + rest;
}

ptrdiff_t rxt_numbers_check(uint64_t call, ptrdiff_t n, const double *x, double *sum)
{
    ptrdiff_t right = 0;

    *sum = 0;
    for (ptrdiff_t i = 0; i < n; i += BLOCK) {
        *sum += sum_block(length_of(n, i), x + i);
        right += check_block(first_of(call, i / BLOCK), length_of(n, i), x + i);
    }
    return right;
}
