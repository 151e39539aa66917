/* slab.c - how n elements are divided among ranks and threads. */
#include "support/slab.h"

enum { CACHE_LINE = 64 };

/* Number of elements in `grains` grains, but at most n: the last grain may be incomplete, and
 * grains * grain might overflow a ptrdiff_t. */
static ptrdiff_t elements_of(ptrdiff_t grains, ptrdiff_t grain, ptrdiff_t n)
{
    return grains > n / grain ? n : grains * grain;
}

rxt_range rxt_range_part(rxt_range whole, int part, int parts, ptrdiff_t grain)
{
    ptrdiff_t grains = whole.n / grain + (whole.n % grain != 0);
    ptrdiff_t each = grains / parts, more = grains % parts;
    ptrdiff_t begin = each * part + (part < more ? part : more);
    ptrdiff_t first = elements_of(begin, grain, whole.n);
    ptrdiff_t end = elements_of(begin + each + (part < more), grain, whole.n);

    return (rxt_range){ .first = whole.first + first, .n = end - first };
}

ptrdiff_t rxt_grain_of(const rxt_kernel *kernel)
{
    return kernel->grain > 0 ? kernel->grain : CACHE_LINE / (ptrdiff_t)rxt_type_size(kernel->type);
}

int rxt_inputs_of(const rxt_kernel *kernel)
{
    return kernel->arrays - kernel->outputs;
}

rxt_share rxt_share_of(const rxt_slab *slab, int thread, ptrdiff_t grain)
{
    rxt_range whole = { .first = slab->first, .n = slab->n };
    rxt_range mine = rxt_range_part(whole, thread, slab->threads, grain);
    rxt_share share = {
        .type = slab->type,
        .n = mine.n,
        .first = mine.first,
        .total = slab->total,
        .worker = slab->rank * slab->threads + thread,
        .workers = slab->ranks * slab->threads,
        .cache = slab->cache,
        .state = slab->state,
        .blas = slab->blas,
    };
    ptrdiff_t bytes = (mine.first - slab->first) * (ptrdiff_t)rxt_type_size(slab->type);

    for (int a = 0; a < RXT_ARRAYS; a++)
        share.v[a] = slab->v[a] ? (char *)slab->v[a] + bytes : NULL;
    return share;
}

/* The longest chain starts in the largest share, which is the first one. The partial sum of this
 * share is then merged with at most one partial sum of every other thread and of every other rank,
 * in any order. An empty share adds 0, which rounds nothing; so `total` terms take at most total -
 * 1 additions in any order. */
ptrdiff_t rxt_chain_of(const rxt_kernel *kernel, ptrdiff_t total, int ranks, int threads)
{
    ptrdiff_t grain = rxt_grain_of(kernel), sums = kernel->sums > 0 ? kernel->sums : 1, additions;
    rxt_range share = rxt_range_part((rxt_range){ .n = total }, 0, ranks, grain);

    if (kernel->loop)
        share = rxt_range_part(share, 0, threads, grain);
    additions = share.n / sums + (share.n % sums != 0) + sums + (threads - 1) + (ranks - 1);
    return additions < total - 1 ? 1 + additions : total;
}

rxt_case rxt_case_of(const rxt_kernel *kernel, ptrdiff_t total, int ranks, int threads)
{
    return (rxt_case){ .type = kernel->type,
                       .total = total,
                       .chain = rxt_chain_of(kernel, total, ranks, threads),
                       .workers = ranks * threads,
                       .kernel = kernel };
}
