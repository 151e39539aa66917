/* sqrt.c - y[i] = the square root of x[i], correctly rounded.
 *
 * The processor's instruction is correctly rounded, but the AVX-512 instruction for f64 is slow: 16
 * cycles or more for eight elements. With AVX-512 and f64 the loop computes g = sqrt x and
 * h = 1 / (2 sqrt x) itself: it starts from an approximation of 14 bits, and two steps of
 * Goldschmidt's iteration improve it to 28 and then 53 bits. The last step adds h (x - g g) to g;
 * fma computes x - g g exactly. The result is correctly rounded (Markstein 1990) unless sqrt x is
 * so near to the middle between two numbers that an error of h matters: tests/kernels/test_sqrt.c
 * tries all such x. The loop uses the instruction if x - g g might underflow, and for negative
 * numbers, 0, infinity and NaN. */
#include <rxt/map.h>
#include <rxt/vector_math.h>

#if defined __AVX512F__ && !defined RXT_REAL_F32
static inline rxt_vector of(rxt_vector x, rxt_vector none)
{
    const rxt_vector least = rxt_all(0x1p-900), most = rxt_all(0x1p1000), half = rxt_all(0.5);
    rxt_vector g, h = _mm512_rsqrt14_pd(x), off;

    (void)none;
    if (_mm512_cmp_pd_mask(x, least, _CMP_NGE_UQ) | _mm512_cmp_pd_mask(x, most, _CMP_NLE_UQ))
        return rxt_sqrt(x);
    g = x * h;
    h *= half;
    for (int step = 0; step < 2; step++) {
        off = _mm512_fnmadd_pd(g, h, half);
        g = rxt_fma(g, off, g);
        h = rxt_fma(h, off, h);
    }
    return rxt_fma(_mm512_fnmadd_pd(g, g, x), h, g);
}
#else
static inline rxt_vector of(rxt_vector x, rxt_vector none)
{
    (void)none;
    return rxt_sqrt(x);
}
#endif

static void loop(const rxt_share *share, void *partial)
{
    (void)partial;
    rxt_map(share, 1, of);
}

const rxt_kernel rxt_kernel_sqrt = {
    .name = "sqrt",
    .type = RXT_TYPE,
    .formula = "y[i] = sqrt x[i]",
    .arrays = 2,
    .outputs = 1,
    .loads = 1,
    .stores = 1,
    .flops = 1,
    .proof = &rxt_proof_sqrt,
    .fill = rxt_fill_positive,
    .loop = loop,
};
