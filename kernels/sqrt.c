/* sqrt.c - y[i] = the square root of x[i], correctly rounded.
 *
 * The processor's instruction is that, but AVX-512's for f64 is slow: 16 cycles and more for eight.
 * There g = sqrt x and h = 1 / (2 sqrt x) start from an approximation of 14 bits, and two steps of
 * Goldschmidt's iteration make 28 and 53 of them. The last step adds h (x - g g), whose bracket fma
 * gives exactly; it rounds correctly (Markstein 1990) but where sqrt x is so near to the middle of
 * two numbers that an error of h would show: tests/kernels/test_sqrt.c tries all of those. Where
 * the bracket might underflow, and for what has no root or is its own, the instruction steps in. */
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
