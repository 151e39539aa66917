/* proof_dot.c - how a dot product is shown to be right.
 *
 * The reference is a sum in twice the working precision (Dot2: Ogita, Rump, Oishi 2005), beside it
 * the sum of |x y|, from which the bound follows. While that sum of integers is below 2^53 every
 * partial sum, in any order, is exact: then plain additions make the reference, eight times as
 * fast, and the result must be equal to it. */
#include <rxt/kernel.h>

#include <float.h>
#include <math.h>

enum {
    CHUNK = 2048, /* elements that are tried with plain additions first; both operands fit L1 */
    SUMS = 4,
    WIDTH = 2,
    STEP = SUMS * WIDTH,
};

/* Sixteen bytes: what every processor with vectors has; this file is compiled for the plainest. */
typedef double vector __attribute__((vector_size(WIDTH * 8), aligned(8), may_alias));
typedef int64_t bits __attribute__((vector_size(WIDTH * 8)));

typedef struct facts {
    double high, low;        /* their unevaluated sum is that of x y          */
    double magnitude;        /* sum of |x y|                                  */
    int64_t broken;          /* not 0: an element was no integer              */
    uint64_t count, indices; /* elements seen, and the sum of their indices modulo 2^64 */
} facts;

/* high + value and its rounding error, which goes to low (Knuth's TwoSum). */
static inline void add(double value, double *high, double *low)
{
    double sum = *high + value, part = sum - *high;

    *low += (*high - (sum - part)) + (value - part);
    *high = sum;
}

static void zero(void *partial)
{
    *(facts *)partial = (facts){ 0 };
}

static void merge(void *left, const void *right)
{
    facts *f = left;
    const facts *more = right;

    add(more->high, &f->high, &f->low);
    f->low += more->low;
    f->magnitude += more->magnitude;
    f->broken |= more->broken;
    f->count += more->count;
    f->indices += more->indices;
}

/* Not 0 in the lanes that hold no integer; numbers beyond 2^51 count as none. Adding this constant
 * leaves no bit behind the point. */
static inline bits fractions(vector x)
{
    const vector large = { 0x1.8p52, 0x1.8p52 };

    return (bits)((x + large) - large != x);
}

static inline vector absolute(vector x)
{
    const bits sign = { INT64_MAX, INT64_MAX };

    return (vector)((bits)x & sign);
}

/* Several sums side by side. */
typedef struct sums {
    vector sum[SUMS], magnitude[SUMS];
    bits broken;
} sums;

static inline void step(const double *restrict x, const double *restrict y, sums *s)
{
    for (int k = 0; k < SUMS; k++) {
        vector a = ((const vector *)x)[k], b = ((const vector *)y)[k], product = a * b;

        s->sum[k] += product;
        s->magnitude[k] += absolute(product);
        s->broken |= fractions(a) | fractions(b);
    }
}

static facts plain(ptrdiff_t n, const double *restrict x, const double *restrict y)
{
    sums s = { 0 };
    facts f = { 0 };
    ptrdiff_t i = 0;

    for (; i + STEP <= n; i += STEP)
        step(x + i, y + i, &s);
    for (; i < n; i++) {
        f.high += x[i] * y[i];
        f.magnitude += fabs(x[i] * y[i]);
        f.broken |= rint(x[i]) != x[i] || rint(y[i]) != y[i];
    }
    for (int k = 0; k < STEP; k++) {
        f.high += s.sum[k / WIDTH][k % WIDTH];
        f.magnitude += s.magnitude[k / WIDTH][k % WIDTH];
        f.broken |= s.broken[k % WIDTH];
    }
    return f;
}

/* fma gives a product's rounding error exactly, unless it underflows; without the instruction it is
 * a slow function, so this is left to chunks that need it. */
static void compensate(ptrdiff_t n, const double *restrict x, const double *restrict y, facts *f)
{
    double high[SUMS] = { 0 }, low[SUMS] = { 0 };

    for (ptrdiff_t i = 0; i < n; i++) {
        double product = x[i] * y[i];

        low[i % SUMS] += fma(x[i], y[i], -product);
        add(product, &high[i % SUMS], &low[i % SUMS]);
    }
    f->high = f->low = 0.0;
    for (int k = 0; k < SUMS; k++) {
        add(high[k], &f->high, &f->low);
        f->low += low[k];
    }
}

/* Sums of integers round up to 2^53 (in f32, 2^24) when they first leave what is exact, and never
 * come back. */
static bool exact(const facts *f, rxt_type type)
{
    return !f->broken && f->magnitude < (type == RXT_F64 ? 0x1p53 : 0x1p24);
}

/* first + (first + 1) + … of n indices, modulo 2^64; the even factor is halved. */
static uint64_t index_sum(uint64_t first, uint64_t n)
{
    uint64_t pairs = n % 2 ? n * ((n - 1) / 2) : n / 2 * (n - 1);

    return first * n + pairs;
}

static void gather(const rxt_share *made, const rxt_share *found, void *partial)
{
    const double *x = made->v[0], *y = made->v[1];

    (void)found;
    for (ptrdiff_t i = 0; i < made->n; i += CHUNK) {
        ptrdiff_t n = made->n - i < CHUNK ? made->n - i : CHUNK;
        facts chunk = plain(n, x + i, y + i);

        if (!exact(&chunk, RXT_F64))
            compensate(n, x + i, y + i, &chunk);
        merge(partial, &chunk);
    }
    ((facts *)partial)->count += (uint64_t)made->n;
    ((facts *)partial)->indices += index_sum((uint64_t)made->first, (uint64_t)made->n);
}

/* A product that passes through c roundings, and n of them summed so, err by at most g S with
 * g = c u / (1 - c u), u the type's unit roundoff, S = sum |x y| (Higham 2002, sec. 3.1 and 4.2);
 * and in any order by at most n u S, however large n u is (Jeannerod & Rump 2013). S itself was
 * summed in double, v = 2^-53, and may be short by n v. The reference errs by v |r|, when it is
 * rounded to be compared, and by at most (2 n v)^2 S: twice the figure of Ogita, Rump & Oishi
 * (Prop. 5.5), because blocks and ranks are merged. Products may have underflowed, both here and
 * there, by half of the smallest number each. While S is that far from overflow, no partial sum
 * overflows. */
static double bound(const void *partial, const rxt_case *of)
{
    const facts *f = partial;
    bool wide = of->type == RXT_F64;
    double n = (double)f->count, v = DBL_EPSILON / 2, u = wide ? v : (double)FLT_EPSILON / 2;
    double cu = (double)of->chain * u, gamma = cu < 0.5 ? cu / (1.0 - cu) : (n + 1.0) * u;
    double sum = f->magnitude / (1.0 - 2.0 * n * v);

    if (exact(f, of->type))
        return 0.0;
    if (!(f->magnitude <= (wide ? DBL_MAX : (double)FLT_MAX) / 4))
        return INFINITY;
    return (gamma + 4.0 * n * v * n * v) * sum + v * fabs(f->high + f->low) +
           n * (wide ? DBL_TRUE_MIN : (double)FLT_TRUE_MIN);
}

static double mean(const void *partial)
{
    const facts *f = partial;

    return f->magnitude / (double)f->count;
}

static double judge(const void *partial, const rxt_case *of, rxt_value result)
{
    const facts *f = partial;
    double distance = fabs((result.value - f->high) - f->low), most = bound(partial, of);
    uint64_t total = (uint64_t)of->total;

    if (f->count != total || f->indices != index_sum(0, total) || isinf(most))
        return INFINITY;
    if (distance == 0.0)
        return 0.0;
    return most > 0.0 ? distance / most : fmax(2.0, distance / 0.5);
}

static const rxt_merge merge_facts = {
    .size = sizeof(facts),
    .commutes = true,
    .zero = zero,
    .merge = merge,
};

const rxt_proof rxt_proof_dot = {
    .facts = &merge_facts,
    .gather = gather,
    .bound = bound,
    .mean = mean,
    .judge = judge,
};
