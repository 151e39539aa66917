/* map.h - loops of element-wise kernels: element i of the output from elements i of the inputs.
 *
 * A kernel gives the formula as a function of vectors. This file has the loop, the elements left
 * over at its ends, and the stores that bypass the caches. All of it is inlined into the kernel. */
#ifndef RXT_MAP_H
#define RXT_MAP_H

#include <rxt/vector.h>

#if defined __SSE2__
#include <immintrin.h>
#endif

/* The scalar s of scale, triad and axpy, and the value that fill writes: 3, as in STREAM. */
enum { RXT_MAP_SCALAR = 3 };

enum {
    RXT_MAP_UNROLL = 4,                          /* vectors per iteration of the loop     */
    RXT_MAP_LINE = 64 / (int)sizeof(rxt_real),   /* elements of a cache line              */
    RXT_MAP_AHEAD = 1024 / (int)sizeof(rxt_real) /* prefetch distance in elements (1 KiB) */
};

#define RXT_MAP_INLINE static inline __attribute__((always_inline))

/* One vector of the result from one vector of each operand. A kernel with fewer than two inputs
 * must ignore the other arguments. Lanes beyond the last element hold 0. */
typedef rxt_vector rxt_map_of(rxt_vector x, rxt_vector y);

/* The operands of a loop. z may be y. */
typedef struct rxt_map_loop {
    const rxt_real *x, *y;
    rxt_real *z;
    ptrdiff_t n;
} rxt_map_loop;

RXT_MAP_INLINE rxt_vector rxt_map_at(rxt_map_loop m, ptrdiff_t i, rxt_map_of *of)
{
    return of(*(const rxt_vector *)(m.x + i), *(const rxt_vector *)(m.y + i));
}

/* Elements [i, n): fewer than the lanes of a vector. */
RXT_MAP_INLINE void rxt_map_few(rxt_map_loop m, ptrdiff_t i, rxt_map_of *of)
{
    rxt_vector x = { 0 }, y = { 0 };
    int count = (int)(m.n - i);

    for (int k = 0; k < count; k++) {
        x[k] = m.x[i + k];
        y[k] = m.y[i + k];
    }
    x = of(x, y);
    for (int k = 0; k < count; k++)
        m.z[i + k] = x[k];
}

/* Whole vectors from i on. Returns the index of the first element left over. */
RXT_MAP_INLINE ptrdiff_t rxt_map_whole(rxt_map_loop m, ptrdiff_t i, rxt_map_of *of)
{
    for (; i + RXT_MAP_UNROLL * RXT_LANES <= m.n; i += RXT_MAP_UNROLL * RXT_LANES)
        for (int k = 0; k < RXT_MAP_UNROLL * RXT_LANES; k += RXT_LANES)
            *(rxt_vector *)(m.z + i + k) = rxt_map_at(m, i + k, of);
    for (; i + RXT_LANES <= m.n; i += RXT_LANES)
        *(rxt_vector *)(m.z + i) = rxt_map_at(m, i, of);
    return i;
}

/* From i on, with ordinary stores. The last vector overlaps the one before it, so that no elements
 * are left over: x and y are not changed, so computing an element twice gives the same value. */
RXT_MAP_INLINE void rxt_map_kept(rxt_map_loop m, ptrdiff_t i, rxt_map_of *of)
{
    i = rxt_map_whole(m, i, of);
    if (i < m.n && m.n >= RXT_LANES)
        *(rxt_vector *)(m.z + m.n - RXT_LANES) = rxt_map_at(m, m.n - RXT_LANES, of);
    else if (i < m.n)
        rxt_map_few(m, i, of);
}

/* Stores a vector past the caches (non-temporal): its line is not read first, which saves a third
 * to a quarter of the traffic. Two stores of 32 bytes were faster than one of 64 (Zen 4: 1.15 times
 * as fast). Requires p aligned to the vector; on processors other than x86 it is an ordinary
 * store. */
RXT_MAP_INLINE void rxt_map_store_past(rxt_real *p, rxt_vector v)
{
#if defined __AVX512F__
    _mm256_stream_si256((__m256i *)(void *)p, _mm512_castsi512_si256((__m512i)v));
    _mm256_stream_si256((__m256i *)(void *)p + 1, _mm512_extracti64x4_epi64((__m512i)v, 1));
#elif defined __AVX__
    _mm256_stream_si256((__m256i *)(void *)p, (__m256i)v);
#elif defined __SSE2__
    _mm_stream_si128((__m128i *)(void *)p, (__m128i)v);
#else
    *(rxt_vector *)p = v;
#endif
}

/* Non-temporal stores are not ordered with other stores: this fence must come before any read. */
RXT_MAP_INLINE void rxt_map_settle(void)
{
#if defined __SSE2__
    _mm_sfence();
#endif
}

/* Prefetches the operands 1 KiB ahead: the processor's own prefetchers stop at the ends of pages.
 */
RXT_MAP_INLINE void rxt_map_ask(rxt_map_loop m, ptrdiff_t i, int inputs)
{
    if (inputs > 0)
        __builtin_prefetch(m.x + i + RXT_MAP_AHEAD, 0, 2);
    if (inputs > 1)
        __builtin_prefetch(m.y + i + RXT_MAP_AHEAD, 0, 2);
}

/* All elements, in whole cache lines, with stores that bypass the caches. */
RXT_MAP_INLINE void rxt_map_past(rxt_map_loop m, int inputs, rxt_map_of *of)
{
    ptrdiff_t i, unaligned = (ptrdiff_t)(-(uintptr_t)m.z % 64 / sizeof *m.z);
    rxt_map_loop head = m;

    head.n = unaligned < m.n ? unaligned : m.n;
    rxt_map_kept(head, 0, of);
    for (i = head.n; i + RXT_MAP_LINE <= m.n; i += RXT_MAP_LINE) {
        rxt_map_ask(m, i, inputs);
        for (int k = 0; k < RXT_MAP_LINE; k += RXT_LANES)
            rxt_map_store_past(m.z + i + k, rxt_map_at(m, i + k, of));
    }
    rxt_map_settle();
    rxt_map_kept(m, i, of);
}

/* Are the share's operands larger than the worker's part of the last-level cache? */
RXT_MAP_INLINE bool rxt_map_exceeds(const rxt_share *share, int arrays)
{
    double bytes = (double)arrays * (double)share->n * (double)sizeof(rxt_real);

    return share->cache > 0 && bytes > share->cache;
}

/* z = of(x, y): x and y are the share's first `inputs` operands, 0 to 2, and z is the next one.
 * Stores bypass the caches if the share's operands are larger than the worker's part of the
 * last-level cache. */
RXT_MAP_INLINE void rxt_map(const rxt_share *share, int inputs, rxt_map_of *of)
{
    rxt_map_loop m = {
        .x = share->v[0], .y = share->v[inputs > 1], .z = share->v[inputs], .n = share->n
    };

    if (rxt_map_exceeds(share, inputs + 1))
        rxt_map_past(m, inputs, of);
    else
        rxt_map_kept(m, 0, of);
}

/* y = of(x, y), in place. Stores are ordinary, because reading y has brought its lines into the
 * caches. No element may be computed twice, so the last vector does not overlap the one before. */
RXT_MAP_INLINE void rxt_map_in_place(const rxt_share *share, rxt_map_of *of)
{
    rxt_map_loop m = { .x = share->v[0], .y = share->v[1], .z = share->v[1], .n = share->n };
    ptrdiff_t i = 0;

    for (; i + RXT_MAP_LINE <= m.n && rxt_map_exceeds(share, 2); i += RXT_MAP_LINE) {
        rxt_map_ask(m, i, 2);
        for (int k = 0; k < RXT_MAP_LINE; k += RXT_LANES)
            *(rxt_vector *)(m.z + i + k) = rxt_map_at(m, i + k, of);
    }
    i = rxt_map_whole(m, i, of);
    if (i < m.n)
        rxt_map_few(m, i, of);
}

#endif
