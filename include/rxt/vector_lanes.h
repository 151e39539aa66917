/* vector_lanes.h - the operations that reductions need at their start and end: loads of part of a
 * vector, comparisons, and the reduction of all lanes to one value. */
#ifndef RXT_VECTOR_LANES_H
#define RXT_VECTOR_LANES_H

#include <rxt/vector_math.h>

/* The first n elements of x, n < RXT_LANES; `rest` in the other lanes. Reads no memory beyond them.
 */
static inline rxt_vector rxt_first(ptrdiff_t n, const rxt_real *x, rxt_real rest)
{
    rxt_vector v = rxt_all(rest);
#if defined __AVX512F__ && defined RXT_REAL_F32
    v = _mm512_mask_loadu_ps(v, (__mmask16)((1U << n) - 1U), x);
#elif defined __AVX512F__
    v = _mm512_mask_loadu_pd(v, (__mmask8)((1U << n) - 1U), x);
#elif defined __AVX__
    rxt_bits lane = { 0 };

    for (rxt_word l = 0; l < RXT_LANES; l++)
        lane[l] = l < (rxt_word)n ? -1 : 0;
    v = RXT_X86(blendv)(v, RXT_X86(maskload)(x, (__m256i)lane), (rxt_vector)lane);
#else
    for (int lane = 0; lane < RXT_LANES; lane++)
        if (lane < n)
            v[lane] = x[lane];
#endif
    return v;
}

/* The magnitudes: clears the highest bits, which are the signs. */
static inline rxt_vector rxt_abs(rxt_vector x)
{
    return (rxt_vector)((rxt_bits)x & ~(rxt_bits)rxt_all(-(rxt_real)0));
}

/* a > b ? a : b in every lane: b if either is a NaN. */
static inline rxt_vector rxt_larger(rxt_vector a, rxt_vector b)
{
#if defined RXT_X86
    return RXT_X86(max)(a, b);
#else
    rxt_bits above = (rxt_bits)(a > b);

    return (rxt_vector)(((rxt_bits)a & above) | ((rxt_bits)b & ~above));
#endif
}

/* a < b ? a : b in every lane: b if either is a NaN. */
static inline rxt_vector rxt_smaller(rxt_vector a, rxt_vector b)
{
#if defined RXT_X86
    return RXT_X86(min)(a, b);
#else
    rxt_bits below = (rxt_bits)(a < b);

    return (rxt_vector)(((rxt_bits)a & below) | ((rxt_bits)b & ~below));
#endif
}

static inline rxt_bits rxt_larger_bits(rxt_bits a, rxt_bits b)
{
#if defined __AVX512F__ && defined RXT_REAL_F32
    return (rxt_bits)_mm512_max_epi32((__m512i)a, (__m512i)b);
#elif defined __AVX512F__
    return (rxt_bits)_mm512_max_epi64((__m512i)a, (__m512i)b);
#else
    rxt_bits above = (rxt_bits)(a > b);

    return (a & above) | (b & ~above);
#endif
}

/* ---- all lanes reduced to one value, in halves ---- */

/* The sum of the lanes, in double. */
static inline double rxt_sum_lanes(rxt_vector x)
{
#if defined __AVX512F__ && defined RXT_REAL_F32
    __m256 low = _mm512_castps512_ps256(x), high = _mm512_extractf32x8_ps(x, 1);

    return _mm512_reduce_add_pd(_mm512_cvtps_pd(low) + _mm512_cvtps_pd(high));
#elif defined __AVX512F__
    return _mm512_reduce_add_pd(x);
#else
    double sum[RXT_LANES];

    for (int lane = 0; lane < RXT_LANES; lane++)
        sum[lane] = x[lane];
    for (int half = RXT_LANES / 2; half > 0; half /= 2)
        for (int lane = 0; lane < half; lane++)
            sum[lane] += sum[lane + half];
    return sum[0];
#endif
}

/* The largest lane; no lane may be a NaN. */
static inline rxt_real rxt_largest_lane(rxt_vector x)
{
#if defined __AVX512F__ && defined RXT_REAL_F32
    return _mm512_reduce_max_ps(x);
#elif defined __AVX512F__
    return _mm512_reduce_max_pd(x);
#else
    for (int half = RXT_LANES / 2; half > 0; half /= 2)
        for (int lane = 0; lane < half; lane++)
            x[lane] = x[lane + half] > x[lane] ? x[lane + half] : x[lane];
    return x[0];
#endif
}

/* The largest word, in every lane. It stays in vector registers: a move to a scalar and back would
 * double the time. */
static inline rxt_bits rxt_largest_bits(rxt_bits x)
{
#if defined __AVX512F__
    x = rxt_larger_bits(x, (rxt_bits)_mm512_shuffle_i64x2((__m512i)x, (__m512i)x, 0x4e));
    x = rxt_larger_bits(x, (rxt_bits)_mm512_shuffle_i64x2((__m512i)x, (__m512i)x, 0xb1));
    x = rxt_larger_bits(x, (rxt_bits)_mm512_shuffle_epi32((__m512i)x, _MM_PERM_BADC));
#if defined RXT_REAL_F32
    x = rxt_larger_bits(x, (rxt_bits)_mm512_shuffle_epi32((__m512i)x, _MM_PERM_CDAB));
#endif
    return x;
#else
    for (int half = RXT_LANES / 2; half > 0; half /= 2)
        for (int lane = 0; lane < half; lane++)
            x[lane] = x[lane + half] > x[lane] ? x[lane + half] : x[lane];
    return x[0] - (rxt_bits){ 0 };
#endif
}

/* Is any lane not 0? */
static inline bool rxt_any_lane(rxt_bits x)
{
#if defined __AVX512F__
    return _mm512_test_epi64_mask((__m512i)x, (__m512i)x) != 0;
#elif defined __AVX__
    return !_mm256_testz_si256((__m256i)x, (__m256i)x);
#else
    rxt_word any = 0;

    for (int lane = 0; lane < RXT_LANES; lane++)
        any |= x[lane];
    return any != 0;
#endif
}

/* A bit mask of the lanes that are equal; bit 0 is the first lane. */
static inline unsigned rxt_equal_lanes(rxt_bits x, rxt_bits value)
{
#if defined __AVX512F__ && defined RXT_REAL_F32
    return _mm512_cmpeq_epi32_mask((__m512i)x, (__m512i)value);
#elif defined __AVX512F__
    return _mm512_cmpeq_epi64_mask((__m512i)x, (__m512i)value);
#else
    rxt_bits same = (rxt_bits)(x == value);
    unsigned mask = 0;

    if (!rxt_any_lane(same))
        return 0;
    for (int lane = 0; lane < RXT_LANES; lane++)
        mask |= (same[lane] != 0 ? 1U : 0U) << lane;
    return mask;
#endif
}

#endif
