/* stencil.c - a kernel that communicates in its calls: y[i] = x[i-1] - 2 x[i] + x[i+1]; elements
 * outside of x count as 0.
 *
 * In every call a rank first needs one element from each neighbour rank, the halo. So the kernel
 * has `run` instead of `loop`: in a call `run` is called once on each rank, and starts the threads
 * itself. */
#include <rxt/mpi.h>

#include <math.h>

static double second_difference(double below, double x, double above)
{
    return (below + above) - 2 * x;
}

/* Gets the element below this slab and the element above it from the neighbour ranks. If there is
 * no neighbour, the value stays 0. */
static void exchange(const rxt_slab *slab, double *below, double *above)
{
    const double *x = slab->v[0];
    MPI_Comm comm = rxt_mpi_comm(slab);
    int down = rxt_mpi_below(slab), up = rxt_mpi_above(slab);

    RXT_MPI_MUST(slab, MPI_Sendrecv(&x[slab->n - 1], 1, MPI_DOUBLE, up, 0, below, 1, MPI_DOUBLE,
                                    down, 0, comm, MPI_STATUS_IGNORE));
    RXT_MPI_MUST(slab, MPI_Sendrecv(&x[0], 1, MPI_DOUBLE, down, 0, above, 1, MPI_DOUBLE, up, 0,
                                    comm, MPI_STATUS_IGNORE));
}

static void run(const rxt_slab *slab, void *partial)
{
    const double *x = slab->v[0];
    double *y = slab->v[1], below = 0, above = 0;
    ptrdiff_t last = slab->n - 1;

    (void)partial; /* nothing to merge: the whole result is in y */
    if (slab->n == 0)
        return;
    if (slab->ranks > 1)
        exchange(slab, &below, &above);
#pragma omp parallel for num_threads(slab->threads) if (slab->threads > 1)
    for (ptrdiff_t i = 1; i < last; i++)
        y[i] = second_difference(x[i - 1], x[i], x[i + 1]);
    y[0] = second_difference(below, x[0], last > 0 ? x[1] : above);
    y[last] = second_difference(last > 0 ? x[last - 1] : below, x[last], above);
}

/* ---- the proof: every y, from x generated again ----
 *
 * The kit gives the elements in pieces, in order. To check the first or the last element of a
 * piece, the proof needs an element of the neighbouring piece. So the facts of a range keep its two
 * end elements unchecked. `join` checks the ends at which two ranges meet; `judge` checks the two
 * ends of the whole vector. */

typedef struct element {
    double below, x, above, y;
} element;

typedef struct range {
    double first, n, wrong;
    element low, high; /* the end elements, not checked yet; equal in a range of one element */
} range;

static double is_wrong(element e)
{
    return e.y != second_difference(e.below, e.x, e.above);
}

static void zero(void *facts)
{
    *(range *)facts = (range){ .n = 0 };
}

static void join(void *left, const void *right)
{
    range *l = left, r = *(const range *)right;

    if (l->n == 0 || r.n == 0) {
        *l = l->n == 0 ? r : *l;
        return;
    }
    l->wrong += r.wrong + (l->first + l->n != r.first);
    l->high.above = r.low.x;
    r.low.below = l->high.x;
    if (l->n > 1)
        l->wrong += is_wrong(l->high);
    else
        l->low.above = r.low.x;
    if (r.n > 1)
        l->wrong += is_wrong(r.low);
    else
        r.high.below = l->high.x;
    l->high = r.high;
    l->n += r.n;
}

static void gather(const rxt_share *made, const rxt_share *found, void *facts)
{
    const double *x = made->v[0], *y = found ? found->v[1] : NULL;

    for (ptrdiff_t i = 0; i < made->n && found; i++) {
        element e = { .x = x[i], .y = y[i] };

        join(facts, &(range){ .first = (double)(made->first + i), .n = 1, .low = e, .high = e });
    }
}

static double judge(const void *facts, const rxt_case *of, rxt_value result)
{
    const range *all = facts;
    bool whole = all->first == 0 && all->n == (double)of->total;

    (void)result;
    return whole && all->wrong + is_wrong(all->low) + is_wrong(all->high) == 0 ? 0.0
                                                                               : (double)INFINITY;
}

static const rxt_merge facts = { .size = sizeof(range), .zero = zero, .merge = join };
static const rxt_proof proof = { .facts = &facts, .gather = gather, .judge = judge };

const rxt_kernel rxt_kernel_stencil = {
    .name = "stencil",
    .formula = "y[i] = x[i-1] - 2 x[i] + x[i+1]",
    .arrays = 2,
    .outputs = 1,
    .loads = 1,
    .stores = 1,
    .flops = 3,
    .proof = &proof,
    .run = run,
};
