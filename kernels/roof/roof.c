/* roof.c - the loops of roofs: loads and stores with hardly any arithmetic, and arithmetic without
 * operands. Compiled once per level and type, like a kernel.
 *
 * Near loops are for operands in the caches. Far loops are for operands in memory: they prefetch
 * 1 KiB ahead into the second cache level, and they store past the caches if they do not read the
 * operand that they store. For operands in memory both make the loops faster, for operands in the
 * caches both make them slower (measured: from memory, loads are 1.05-1.1 and copies 1.3-1.6 times
 * as fast; copies to L1 are a fifth as fast). */
#include "support/roof.h"
#include <rxt/vector.h>

#if defined __SSE2__
#include <immintrin.h>
#elif defined __ARM_NEON
#include <arm_neon.h>
#endif

#define INLINE static inline __attribute__((always_inline))

enum {
    LINE = 64,
    AHEAD = 1024,
    UNROLL = RXT_VECTOR_BYTES < 32 ? 4 : 2, /* vectors of a stream in one step, 64 bytes or more */
    STEP = UNROLL * RXT_VECTOR_BYTES,
    SUMS = 8,
    CHAINS = 12, /* independent chains of arithmetic: more than latency times rate, fewer than
                    registers */
};

typedef uint32_t words __attribute__((vector_size(RXT_VECTOR_BYTES), aligned(4), may_alias));
typedef uint32_t word __attribute__((may_alias));

/* A compiler barrier: the compiler must not merge the loads or stores of two passes. */
INLINE void again(void)
{
    __asm__ volatile("" ::: "memory");
}

INLINE void fetch(const char *at)
{
    for (int b = 0; b < STEP; b += LINE)
        __builtin_prefetch(at + AHEAD + b, 0, 2);
}

/* ---- loads ---- */

/* The operands of a worker as parallel streams. A stream starts at `at` and has `bytes` bytes, a
 * whole number of steps. The last `left` bytes of an operand start at `rest`. */
typedef struct streams {
    const char *at[RXT_ARRAYS], *rest[RXT_ARRAYS];
    ptrdiff_t bytes, left;
} streams;

/* A single operand is read as two halves, because two streams are faster than one. */
INLINE streams lay(const rxt_share *share, int arrays)
{
    ptrdiff_t bytes = share->n * (ptrdiff_t)sizeof(rxt_real), split = arrays == 1 ? 2 : 1;
    streams s = { .bytes = bytes / (split * STEP) * STEP };

    s.left = bytes - split * s.bytes;
    for (int a = 0; a < arrays; a++) {
        s.at[a] = share->v[a];
        s.rest[a] = s.at[a] + split * s.bytes;
    }
    if (split == 2)
        s.at[1] = s.at[0] + s.bytes;
    return s;
}

INLINE uint32_t load_rest(const char *at, ptrdiff_t bytes, words *sum)
{
    uint32_t rest = 0;

    for (; bytes >= RXT_VECTOR_BYTES; bytes -= RXT_VECTOR_BYTES, at += RXT_VECTOR_BYTES)
        *sum += *(const words *)at;
    for (; bytes > 0; bytes -= (ptrdiff_t)sizeof(word), at += sizeof(word))
        rest += *(const word *)at;
    return rest;
}

/* Loads all whole steps of all streams. Several partial sums hide the latency of the addition. */
INLINE words load_steps(const streams *s, int count, bool far)
{
    words sum[SUMS] = { 0 };

    for (ptrdiff_t i = 0; i < s->bytes; i += STEP)
        for (int a = 0; a < count; a++) {
            if (far)
                fetch(s->at[a] + i);
            for (int k = 0; k < UNROLL; k++)
                sum[(a * UNROLL + k) % SUMS] +=
                    *(const words *)(s->at[a] + i + k * RXT_VECTOR_BYTES);
        }
    for (int k = 1; k < SUMS; k++)
        sum[0] += sum[k];
    return sum[0];
}

INLINE void load(const rxt_share *share, int arrays, bool far, void *partial)
{
    streams s = lay(share, arrays);
    ptrdiff_t passes =
        rxt_roof_passes((size_t)arrays * sizeof(rxt_real), share->total, share->workers);
    words sum = { 0 };
    uint32_t all = 0;

    for (ptrdiff_t pass = 0; pass < passes; pass++, again()) {
        sum += load_steps(&s, arrays == 1 ? 2 : arrays, far);
        for (int a = 0; a < arrays; a++)
            all += load_rest(s.rest[a], s.left, &sum);
    }
    for (int lane = 0; lane < RXT_VECTOR_BYTES / (int)sizeof(word); lane++)
        all += sum[lane];
    *(rxt_roof_words *)partial = (rxt_roof_words){ .sum = all, .passes = (uint32_t)passes };
}

/* ---- stores ---- */

/* Stores a vector past the caches (non-temporal); `at` must be aligned to the vector. */
INLINE void stream(rxt_real *at, rxt_vector value)
{
#if defined __AVX512F__
    _mm512_stream_ps((float *)at, (__m512)value);
#elif defined __AVX__
    _mm256_stream_ps((float *)at, (__m256)value);
#elif defined __SSE2__
    _mm_stream_ps((float *)at, (__m128)value);
#else
    *(rxt_vector *)at = value;
#endif
}

/* Waits until the non-temporal stores, which are not ordered, are done: other workers may read the
 * share after the call. */
INLINE void settle(void)
{
#if defined __SSE2__
    _mm_sfence();
#endif
}

/* The value to store in the last operand: the sum of the other operands. A loop that works in place
 * subtracts the old value. */
INLINE rxt_vector vector_of(rxt_real *const v[], int arrays, bool in_place, ptrdiff_t i)
{
    rxt_vector sum = { 0 };

    if (arrays > 1)
        sum = *(const rxt_vector *)(v[0] + i);
    else if (!in_place)
        sum += 7;
    for (int a = 1; a < arrays - 1; a++)
        sum += *(const rxt_vector *)(v[a] + i);
    if (in_place)
        sum -= *(const rxt_vector *)(v[arrays - 1] + i);
    return sum;
}

INLINE rxt_real element_of(rxt_real *const v[], int arrays, bool in_place, ptrdiff_t i)
{
    rxt_real sum = arrays > 1 ? v[0][i] : (rxt_real)(in_place ? 0 : 7);

    for (int a = 1; a < arrays - 1; a++)
        sum += v[a][i];
    return in_place ? sum - v[arrays - 1][i] : sum;
}

INLINE void store_step(rxt_real *const v[], int arrays, bool in_place, bool far, ptrdiff_t i)
{
    int read = in_place ? arrays : arrays - 1;

    for (int a = 0; far && a < read; a++)
        fetch((const char *)(v[a] + i));
    for (int k = 0; k < UNROLL; k++) {
        rxt_real *at = v[arrays - 1] + i + k * RXT_LANES;
        rxt_vector value = vector_of(v, arrays, in_place, i + k * RXT_LANES);

        if (far && !in_place)
            stream(at, value);
        else
            *(rxt_vector *)at = value;
    }
}

INLINE void store_pass(rxt_real *const v[], ptrdiff_t n, int arrays, bool in_place, bool far)
{
    rxt_real *to = v[arrays - 1];
    ptrdiff_t i = 0;

    for (; i < n && (uintptr_t)(to + i) % RXT_VECTOR_BYTES; i++)
        to[i] = element_of(v, arrays, in_place, i);
    for (; i + UNROLL * RXT_LANES <= n; i += UNROLL * RXT_LANES)
        store_step(v, arrays, in_place, far, i);
    for (; i + RXT_LANES <= n; i += RXT_LANES)
        *(rxt_vector *)(to + i) = vector_of(v, arrays, in_place, i);
    for (; i < n; i++)
        to[i] = element_of(v, arrays, in_place, i);
}

INLINE void store(const rxt_share *share, int arrays, bool in_place, bool far)
{
    ptrdiff_t passes =
        rxt_roof_passes((size_t)arrays * sizeof(rxt_real), share->total, share->workers);
    rxt_real *v[RXT_ARRAYS];

    for (int a = 0; a < arrays; a++)
        v[a] = share->v[a];
    for (ptrdiff_t pass = 0; pass < passes; pass++, again())
        store_pass(v, share->n, arrays, in_place, far);
    settle();
}

/* ---- arithmetic ---- */

/* x factor + term, with one rounding for both operations if the level has such an instruction. */
INLINE rxt_vector link(rxt_vector x, rxt_vector factor, rxt_vector term)
{
#if defined __AVX512F__ && defined RXT_REAL_F32
    return (rxt_vector)_mm512_fmadd_ps((__m512)x, (__m512)factor, (__m512)term);
#elif defined __AVX512F__
    return (rxt_vector)_mm512_fmadd_pd((__m512d)x, (__m512d)factor, (__m512d)term);
#elif defined __FMA__ && defined RXT_REAL_F32
    return (rxt_vector)_mm256_fmadd_ps((__m256)x, (__m256)factor, (__m256)term);
#elif defined __FMA__
    return (rxt_vector)_mm256_fmadd_pd((__m256d)x, (__m256d)factor, (__m256d)term);
#elif defined __ARM_NEON && defined RXT_REAL_F32
    return (rxt_vector)vfmaq_f32((float32x4_t)term, (float32x4_t)x, (float32x4_t)factor);
#elif defined __ARM_NEON
    return (rxt_vector)vfmaq_f64((float64x2_t)term, (float64x2_t)x, (float64x2_t)factor);
#else
    return x * factor + term;
#endif
}

/* Each link turns x into 1 x + 1, so x counts the links. The asm hides the values from the
 * compiler; otherwise the compiler could compute the result at build time. */
static void chains(const rxt_share *share, void *partial)
{
    rxt_vector x[CHAINS] = { 0 }, one = { 0 }, term = { 0 };
    double sum = 0;

    (void)share;
    one += 1;
    term += 1;
    for (int c = 0; c < CHAINS; c++)
        __asm__ volatile("" : "+m"(x[c]), "+m"(one), "+m"(term));
    for (int step = 0; step < RXT_ROOF_LINKS; step++)
        for (int c = 0; c < CHAINS; c++)
            x[c] = link(x[c], one, term);
    for (int c = 0; c < CHAINS; c++)
        for (int lane = 0; lane < RXT_LANES; lane++)
            sum += (double)x[c][lane];
    *(rxt_roof_links *)partial = (rxt_roof_links){ .sum = sum, .chains = CHAINS * RXT_LANES };
}

/* ---- the table ---- */

#define LOAD(count, name, far)                              \
    static void name(const rxt_share *share, void *partial) \
    {                                                       \
        load(share, count, far, partial);                   \
    }
#define STORE(count, name, in_place, far)                   \
    static void name(const rxt_share *share, void *partial) \
    {                                                       \
        (void)partial;                                      \
        store(share, count, in_place, far);                 \
    }
#define LOOPS(count)                             \
    LOAD(count, load_##count, false)             \
    LOAD(count, load_far_##count, true)          \
    STORE(count, store_##count, false, false)    \
    STORE(count, store_far_##count, false, true) \
    STORE(count, swap_##count, true, false)      \
    STORE(count, swap_far_##count, true, true)
LOOPS(1)
LOOPS(2)
LOOPS(3)
LOOPS(4)
_Static_assert(RXT_ARRAYS == 4, "a loop for every number of operands");

#define ROOF(function, distance, ...)                                \
    {                                                                \
        .kernel = { .name = "roof_" #function,                       \
                    .formula = "the fastest loop with this traffic", \
                    .type = RXT_TYPE,                                \
                    .loop = function,                                \
                    __VA_ARGS__ },                                   \
        .far = distance,                                             \
    }
#define MOVES(count, far, which)                                                                  \
    ROOF(load##which##count, far, .arrays = count, .loads = count, .factors = 1,                  \
         .merge = &rxt_roof_merge_words, .proof = &rxt_roof_proof_words),                         \
        ROOF(store##which##count, far, .arrays = count, .outputs = 1, .loads = count - 1,         \
             .stores = 1, .factors = 1, .proof = &rxt_roof_proof_store),                          \
        ROOF(swap##which##count, far, .arrays = count, .loads = count, .stores = 1, .factors = 1, \
             .proof = &rxt_roof_proof_swap)
#define BOTH(count) MOVES(count, false, _), MOVES(count, true, _far_)

extern const rxt_roof rxt_roof_list[RXT_ROOFS];
const rxt_roof rxt_roof_list[RXT_ROOFS] = {
    BOTH(1),
    BOTH(2),
    BOTH(3),
    BOTH(4),
    { .kernel = { .name = "roof_flops",
                  .formula = "the fastest loop with this arithmetic",
                  .type = RXT_TYPE,
                  .loop = chains,
                  .merge = &rxt_roof_merge_links,
                  .proof = &rxt_roof_proof_links },
      .flops = 2.0 * CHAINS * RXT_ROOF_LINKS * RXT_LANES },
};
