/* vector_math.h - operations on the vectors of vector.h beyond + - * /, by instructions of the
 * level. */
#ifndef RXT_VECTOR_MATH_H
#define RXT_VECTOR_MATH_H

#include <rxt/vector.h>

#include <tgmath.h>

/* RXT_X86(sqrt) is _mm512_sqrt_pd, or the name for the level and type of this compilation. */
#ifdef RXT_REAL_F32
#define RXT_X86_SUFFIX ps
#else
#define RXT_X86_SUFFIX pd
#endif
#if defined __AVX512F__
#define RXT_X86_PREFIX _mm512_
#elif defined __AVX__
#define RXT_X86_PREFIX _mm256_
#elif defined __SSE2__
#define RXT_X86_PREFIX _mm_
#endif
#ifdef RXT_X86_PREFIX
#include <immintrin.h>
#define RXT_X86_JOIN(prefix, name, suffix) prefix##name##_##suffix
#define RXT_X86_NAME(prefix, name, suffix) RXT_X86_JOIN(prefix, name, suffix)
#define RXT_X86(name) RXT_X86_NAME(RXT_X86_PREFIX, name, RXT_X86_SUFFIX)
#elif defined __aarch64__
#include <arm_neon.h>
#endif

/* Layout of an element's bits: digits after the point, and the bias of the exponent. */
#ifdef RXT_REAL_F32
typedef int32_t rxt_word;
enum { RXT_DIGITS = 23, RXT_BIAS = 127 };
#else
typedef int64_t rxt_word;
enum { RXT_DIGITS = 52, RXT_BIAS = 1023 };
#endif

/* A vector of integers with one lane per lane of rxt_vector: the bits of its elements. */
typedef rxt_word rxt_bits
    __attribute__((vector_size(RXT_VECTOR_BYTES), aligned(sizeof(rxt_real)), may_alias));

/* 1.5 · 2^RXT_DIGITS. If it is added to a much smaller number, the lowest bits of the sum hold the
 * integer nearest to that number. */
static const rxt_real rxt_large = 3 * (rxt_real)((rxt_word)1 << (RXT_DIGITS - 1));

/* The same number in all lanes. */
static inline rxt_vector rxt_all(rxt_real a)
{
    return a - (rxt_vector){ 0 };
}

/* a b + c, rounded once if the level has such an instruction, else twice. */
static inline rxt_vector rxt_fma(rxt_vector a, rxt_vector b, rxt_vector c)
{
#if defined __FMA__
    return RXT_X86(fmadd)(a, b, c);
#elif defined __aarch64__ && defined RXT_REAL_F32
    return vfmaq_f32(c, a, b);
#elif defined __aarch64__
    return vfmaq_f64(c, a, b);
#else
    return a * b + c;
#endif
}

/* The square roots, correctly rounded, by the processor's instruction. */
static inline rxt_vector rxt_sqrt(rxt_vector a)
{
#if defined RXT_X86
    return RXT_X86(sqrt)(a);
#elif defined __aarch64__ && defined RXT_REAL_F32
    return vsqrtq_f32(a);
#elif defined __aarch64__
    return vsqrtq_f64(a);
#else
    for (int lane = 0; lane < RXT_LANES; lane++)
        a[lane] = sqrt(a[lane]);
    return a;
#endif
}

/* Each lane limited to low … high; a NaN stays. */
static inline rxt_vector rxt_clamp(rxt_vector a, rxt_real low, rxt_real high)
{
    rxt_vector least = rxt_all(low), most = rxt_all(high);
#if defined RXT_X86
    return RXT_X86(min)(most, RXT_X86(max)(least, a)); /* both return the second operand, a, if
                                                          it is a NaN */
#else
    rxt_bits under = (rxt_bits)(a < least), over = (rxt_bits)(a > most);

    return (rxt_vector)(((rxt_bits)a & ~(under | over)) | ((rxt_bits)least & under) |
                        ((rxt_bits)most & over));
#endif
}

static inline rxt_vector rxt_power_of_two(rxt_bits k)
{
    return (rxt_vector)((k + RXT_BIAS) << RXT_DIGITS);
}

/* a 2^k for integer k, rounded once. Without an instruction for it, a is multiplied by two powers
 * of two; the first step stays in the type's range for |k| up to 1.9 times its largest exponent. */
static inline rxt_vector rxt_scale(rxt_vector a, rxt_vector k)
{
#if defined __AVX512F__
    return RXT_X86(scalef)(a, k);
#else
    rxt_bits none = (rxt_bits)rxt_all(rxt_large), whole = (rxt_bits)(k + rxt_large) - none,
             half = (rxt_bits)((rxt_real)0.5 * k + rxt_large) - none;

    return a * rxt_power_of_two(half) * rxt_power_of_two(whole - half);
#endif
}

#endif
