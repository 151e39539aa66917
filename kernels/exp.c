/* exp.c - y[i] = e^x[i], off by less than one unit in the last place.
 *
 * x = k ln 2 + r with |r| <= (ln 2) / 2, and e^x = 2^k (1 + r + r^2 q(r)). q is the minimax
 * polynomial (Remez); its error is 0.02 units in the last place. ln 2 is split into two parts. The
 * first part has so few digits that its product with k is exact. The rounding errors of r and of
 * 1 + r are added at the end (Tang 1989). An operand beyond the type's range is clamped to a limit
 * whose result is 0 or infinity as well, so the loop needs no branch. */
#include <rxt/map.h>
#include <rxt/vector_math.h>

#ifdef RXT_REAL_F32
enum { LEAST = -110, MOST = 100 };
static const float log2e = 0x1.715476p+0f, ln2_high = 0x1.62e4p-1f, ln2_low = 0x1.7f7d1cp-20f;
static const float q[] = { 0x1.6a23dap-10f, 0x1.123a2p-7f, 0x1.5558f2p-5f, 0x1.555492p-3f,
                           0x1.fffffcp-2f };
#else
enum { LEAST = -1000, MOST = 1000 };
static const double log2e = 0x1.71547652b82fep+0, ln2_high = 0x1.62e42fefa38p-1,
                    ln2_low = 0x1.ef35793c7673p-45;
static const double q[] = { 0x1.ad7f26f5cf672p-26, 0x1.28ad9b3a56088p-22, 0x1.71df25c120b7cp-19,
                            0x1.a01999e2b9c8bp-16, 0x1.a01a012a0985ep-13, 0x1.6c16c184388e9p-10,
                            0x1.1111111127d1dp-7,  0x1.555555555083fp-5,  0x1.55555555554f9p-3,
                            0x1.000000000000ap-1 };
#endif

static inline rxt_vector of(rxt_vector x, rxt_vector none)
{
    rxt_vector k, t, r, lost, sum, p;

    (void)none;
    x = rxt_clamp(x, LEAST, MOST);
    k = rxt_fma(x, rxt_all(log2e), rxt_all(rxt_large)) - rxt_large;
    t = rxt_fma(k, rxt_all(-ln2_high), x);
    r = rxt_fma(k, rxt_all(-ln2_low), t);
    lost = rxt_fma(k, rxt_all(-ln2_low), t - r);
    p = rxt_all(q[0]);
    for (size_t c = 1; c < sizeof q / sizeof q[0]; c++)
        p = rxt_fma(p, r, rxt_all(q[c]));
    sum = 1 + r;
    lost += (1 - sum) + r;
    return rxt_scale(sum + rxt_fma(r * r, p, lost), k);
}

static void loop(const rxt_share *share, void *partial)
{
    (void)partial;
    rxt_map(share, 1, of);
}

const rxt_kernel rxt_kernel_exp = {
    .name = "exp",
    .type = RXT_TYPE,
    .formula = "y[i] = e^x[i]",
    .arrays = 2,
    .outputs = 1,
    .loads = 1,
    .stores = 1,
    .flops = 1,
    .proof = &rxt_proof_exp,
    .fill = RXT_TYPE == RXT_F64 ? rxt_fill_exp_f64 : rxt_fill_exp_f32,
    .loop = loop,
};
