/* histogram.c - your own merge: how many elements lie in each of 64 bins.
 *
 * A partial result is the counts of all bins of one worker. The merge adds the counts bin by bin.
 * The result in a row is the entropy of the bins. The entropy changes if an element is lost or
 * counted twice, and nearly always if an element is put into a wrong bin. */
#include <rxt/kernel.h>

#include <math.h>

enum { BINS = 64, LARGEST = 1000 }; /* rxt_fill_positive makes numbers up to LARGEST */

typedef struct bins {
    int64_t count[BINS];
} bins;

/* The first and the last bin also take all elements outside of the range; a NaN goes to the first.
 */
static int bin_of(double x)
{
    double bin = x * ((double)BINS / LARGEST);

    if (!(bin > 0))
        return 0;
    return bin < BINS ? (int)bin : BINS - 1;
}

static void zero(void *partial)
{
    *(bins *)partial = (bins){ .count = { 0 } };
}

static void add(void *left, const void *right)
{
    bins *sum = left;
    const bins *more = right;

    for (int b = 0; b < BINS; b++)
        sum->count[b] += more->count[b];
}

static int64_t total_of(const bins *of)
{
    int64_t total = 0;

    for (int b = 0; b < BINS; b++)
        total += of->count[b];
    return total;
}

static rxt_value entropy(const void *partial)
{
    const bins *of = partial;
    double total = (double)total_of(of), bits = 0;

    for (int b = 0; b < BINS; b++) {
        double part = (double)of->count[b] / total;

        if (part > 0)
            bits -= part * log2(part);
    }
    return (rxt_value){ .value = bits, .index = -1 };
}

static const rxt_merge merge = {
    .size = sizeof(bins), .commutes = true, .zero = zero, .merge = add, .finish = entropy
};

static void loop(const rxt_share *share, void *partial)
{
    const rxt_real *x = share->v[0];
    bins mine;

    zero(&mine);
    for (ptrdiff_t i = 0; i < share->n; i++)
        mine.count[bin_of((double)x[i])]++;
    *(bins *)partial = mine;
}

/* ---- the proof: it counts again, and the entropy must be equal ---- */

static void gather(const rxt_share *made, const rxt_share *found, void *facts)
{
    const double *x = made->v[0]; /* double, also with --type=f32 */
    bins *all = facts;

    (void)found;
    for (ptrdiff_t i = 0; i < made->n; i++)
        all->count[bin_of(x[i])]++;
}

static double bound(const void *facts, const rxt_case *of)
{
    (void)facts, (void)of;
    return 0;
}

static double mean(const void *facts)
{
    (void)facts;
    return 1;
}

static double judge(const void *facts, const rxt_case *of, rxt_value result)
{
    bool covered = total_of(facts) == of->total;

    return covered && result.value == entropy(facts).value ? 0.0 : (double)INFINITY;
}

static const rxt_proof proof = {
    .facts = &merge, .gather = gather, .bound = bound, .mean = mean, .judge = judge
};

const rxt_kernel rxt_kernel_histogram = {
    .name = "histogram",
    .type = RXT_TYPE,
    .formula = "r = the entropy of x in 64 bins",
    .arrays = 1,
    .loads = 1,
    .flops = 1,
    .merge = &merge,
    .proof = &proof,
    .fill = rxt_fill_positive,
    .loop = loop,
};
