/* iamax.c - the first element of the largest magnitude: its index, and |x[i]|.
 *
 * Magnitudes in IEEE 754 have the order of their bits read as integers, with NaN above all numbers.
 * So an integer maximum finds the largest magnitude, and any NaN. The loop does not keep the index.
 * It remembers the last block that raised the maximum. Then the maximum is searched in this block,
 * from its first element; a block is so small that this takes little time. If the maximum is a NaN,
 * the first NaN of the share is searched.
 *
 * (More than 80 lines: it has a search in addition to the reduction.)
 *
 * The first NaN counts as the largest, as Demmel et al. propose (Proposed consistent exception
 * handling for the BLAS and LAPACK, 2022). Without elements the value is 0 and there is no index.
 */
#include <rxt/reduce.h>

#include <math.h>
#include <string.h>

enum {
    BLOCK = 256 /* elements; with 128 or 512 a call takes 1.1 times as long at n = 300 to 3000, and
                   the same time from 10,000 on (Zen 4) */
};

static inline rxt_vector larger(rxt_vector a, rxt_vector b)
{
    return (rxt_vector)rxt_larger_bits((rxt_bits)a, (rxt_bits)b);
}

static inline rxt_vector step(rxt_vector most, rxt_vector x, rxt_vector y)
{
    (void)y;
    return larger(most, rxt_abs(x));
}

static inline rxt_word key_of(rxt_real x)
{
    rxt_word key;

    x = (rxt_real)fabs(x);
    memcpy(&key, &x, sizeof key);
    return key;
}

/* The largest magnitudes of four vectors, lane by lane. */
static inline rxt_vector largest_of(const rxt_vector *x)
{
    return larger(larger(rxt_abs(x[0]), rxt_abs(x[1])), larger(rxt_abs(x[2]), rxt_abs(x[3])));
}

/* The index of the first element from i on that has this key. Such an element exists before n, and
 * no element has a larger key. */
static ptrdiff_t find(const rxt_real *x, ptrdiff_t i, ptrdiff_t n, rxt_bits key)
{
    unsigned same = 0;

    while (i + RXT_SUMS <= n &&
           !rxt_equal_lanes((rxt_bits)largest_of((const rxt_vector *)(x + i)), key))
        i += RXT_SUMS;
    for (; !same; i += RXT_LANES) {
        bool whole = n - i >= RXT_LANES;
        rxt_vector v = whole ? *(const rxt_vector *)(x + i) : rxt_first(n - i, x + i, 0);

        same = rxt_equal_lanes((rxt_bits)rxt_abs(v), key);
    }
    return i - RXT_LANES + __builtin_ctz(same);
}

static ptrdiff_t find_nan(const rxt_real *x)
{
    ptrdiff_t i = 0;

    while (!isnan(x[i]))
        i++;
    return i;
}

static void loop(const rxt_share *share, void *partial)
{
    const rxt_real *x = share->v[0];
    rxt_bits most = ~(rxt_bits){ 0 };
    ptrdiff_t block = 0, at;

    for (ptrdiff_t i = 0; i < share->n; i += BLOCK) {
        rxt_share part = { .n = share->n - i < BLOCK ? share->n - i : BLOCK };
        rxt_bits top = (rxt_bits)rxt_reduce(&part, x + i, x + i, 0, step, larger);

        if (rxt_any_lane(top > most)) {
            most = rxt_largest_bits(top);
            block = i;
        }
    }
    if (share->n == 0) {
        *(rxt_value *)partial = (rxt_value){ .index = -1 };
        return;
    }
    at = most[0] > key_of((rxt_real)INFINITY) ? find_nan(x) : find(x, block, share->n, most);
    *(rxt_value *)partial =
        (rxt_value){ .value = ((rxt_vector)most)[0], .index = share->first + at };
}

const rxt_kernel rxt_kernel_iamax = {
    .name = "iamax",
    .type = RXT_TYPE,
    .formula = "r = first i of max |x[i]|",
    .arrays = 1,
    .loads = 1,
    .flops = 1,
    .factors = 1,
    .merge = &rxt_max_at,
    .proof = &rxt_proof_iamax,
    .loop = loop,
};
