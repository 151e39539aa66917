/* reduce.h - the loop of all reductions: n elements are reduced to one vector.
 *
 * Four vectors of partial results hide the latency of an addition: one vector would reach only a
 * fraction of L1's speed. The elements left over are taken as two vectors, one vector, and a part
 * of a vector, because a scalar loop over them would take longer than the rest of a short operand.
 *
 * A kernel gives its operation as two functions, which compilers inline into one loop: `step` adds
 * the next elements to a vector of partial results, `join` merges two such vectors. */
#ifndef RXT_REDUCE_H
#define RXT_REDUCE_H

#include <rxt/vector_lanes.h>

enum {
    RXT_SUMS = 4 * RXT_LANES, /* a kernel's promise (kernel.h): a share of n takes n / RXT_SUMS
                                 steps, one step for the rest, two joins, and the joins of the
                                 lanes */
    RXT_ROUND = 4 * RXT_VECTOR_BYTES,
    RXT_LINE = 64,
    RXT_AHEAD = 1024 /* prefetch distance in bytes; 2048 is no faster (measured on Zen 4 and on
                        Intel) */
};

typedef rxt_vector rxt_step(rxt_vector partial, rxt_vector x, rxt_vector y);
typedef rxt_vector rxt_join(rxt_vector a, rxt_vector b);

/* Do the operands come from memory? Then software prefetch helps, because a core's own prefetcher
 * does not reach the full bandwidth. If the operands are in the caches, software prefetch costs a
 * fifth of the speed. */
static inline bool rxt_reduce_far(const rxt_share *share, int operands)
{
    double bytes = (double)share->n * operands * sizeof(rxt_real);

    return bytes > (share->cache > 0 ? share->cache : 0x1p25);
}

static inline void rxt_reduce_ask(const rxt_vector *x)
{
    for (int b = 0; b < RXT_ROUND; b += RXT_LINE)
        __builtin_prefetch((const char *)x + RXT_AHEAD + b, 0, 2);
}

/* Reduces the share's elements of operands x and y (which may be x) to one vector of partial
 * results. These start as `start` in every lane; a step with elements equal to `start` must not
 * change them. */
static inline __attribute__((always_inline)) rxt_vector
rxt_reduce(const rxt_share *share, const rxt_real *x, const rxt_real *y, rxt_real start,
           rxt_step *step, rxt_join *join)
{
    rxt_vector s0 = rxt_all(start), s1 = s0, s2 = s0, s3 = s0;
    const rxt_vector *a = (const rxt_vector *)x, *b = (const rxt_vector *)y;
    ptrdiff_t n = share->n;
    bool far = rxt_reduce_far(share, x == y ? 1 : 2);

    for (; n >= 4 * RXT_LANES; n -= 4 * RXT_LANES, a += 4, b += 4) {
        if (far)
            rxt_reduce_ask(a);
        if (far && a != b)
            rxt_reduce_ask(b);
        s0 = step(s0, a[0], b[0]);
        s1 = step(s1, a[1], b[1]);
        s2 = step(s2, a[2], b[2]);
        s3 = step(s3, a[3], b[3]);
    }
    if (n >= 2 * RXT_LANES) {
        s0 = step(s0, a[0], b[0]);
        s1 = step(s1, a[1], b[1]);
        n -= 2 * RXT_LANES, a += 2, b += 2;
    }
    if (n >= RXT_LANES) {
        s2 = step(s2, a[0], b[0]);
        n -= RXT_LANES, a++, b++;
    }
    if (n > 0)
        s3 = step(s3, rxt_first(n, (const rxt_real *)a, start),
                  rxt_first(n, (const rxt_real *)b, start));
    return join(join(s0, s2), join(s1, s3));
}

/* ---- the join of sums ---- */

static inline rxt_vector rxt_reduce_add(rxt_vector a, rxt_vector b)
{
    return a + b;
}

#endif
