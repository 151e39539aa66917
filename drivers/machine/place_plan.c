/* place_plan.c - the plan, which gives a seat to each worker; and other functions that need only
 * the seats. Pure. */
#include "machine/place.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#include "base/text.h"

/* Seats, as indices of place->seat. */
typedef struct seats {
    int count, seat[RXT_CPUS];
} seats;

/* A pool sorted by NUMA domain: domain d has seats [first[d], first[d + 1]). */
typedef struct domains {
    int count, first[RXT_CPUS + 1];
    seats sorted;
} domains;

const rxt_seat *rxt_place_seat(const rxt_place *place, int cpu)
{
    for (int s = 0; s < place->seats; s++)
        if (place->seat[s].cpu == cpu)
            return &place->seat[s];
    return NULL;
}

/* If `whole` items are divided evenly into `parts` parts: the first item of part `index`, which is
 * floor(index * whole / parts). */
static int start_of(int index, int whole, int parts)
{
    return (int)((long)index * whole / parts);
}

/* Item i belongs to part floor(i * parts / whole). Returns the first item that belongs to part
 * `part` or to a later part. */
static int first_in(int part, int whole, int parts)
{
    return (int)(((long)part * whole + parts - 1) / parts);
}

/* A class is the set of all seats with the same kind and sibling. Sets *kind and *sibling to the
 * next class: the classes are sorted by kind, then by sibling. False after the last class. */
static bool next_class(const rxt_place *place, int *kind, int *sibling)
{
    int next_kind = INT_MAX, next_sibling = INT_MAX;

    for (int s = 0; s < place->bound; s++) {
        const rxt_seat *seat = &place->seat[s];
        bool later = seat->kind > *kind || (seat->kind == *kind && seat->sibling > *sibling);
        bool nearer =
            seat->kind < next_kind || (seat->kind == next_kind && seat->sibling < next_sibling);

        if (later && nearer) {
            next_kind = seat->kind;
            next_sibling = seat->sibling;
        }
    }
    *kind = next_kind;
    *sibling = next_sibling;
    return next_kind < INT_MAX;
}

/* Marks `wanted` seats of a class in `taken`, evenly spread over the class, or all seats if the
 * class has fewer. Returns the number of seats of the class. */
static int take_class(const rxt_place *place, int kind, int sibling, int wanted, bool taken[])
{
    int size = 0, seen = 0, next = 0;

    for (int s = 0; s < place->bound; s++)
        size += place->seat[s].kind == kind && place->seat[s].sibling == sibling;
    for (int s = 0; s < place->bound; s++) {
        if (place->seat[s].kind != kind || place->seat[s].sibling != sibling)
            continue;
        if (wanted >= size || (next < wanted && seen == start_of(next, size, wanted))) {
            taken[s] = true;
            next++;
        }
        seen++;
    }
    return size;
}

/* Fills the pool class by class, the best class first, until the pool has a seat for each worker,
 * or has all bound seats. From the last class, if it is not also the first, only as many seats are
 * taken as are needed. With more seats the workers, which spread over the pool, would in some
 * splits use slow seats while fast seats are idle. */
static void fill_pool(const rxt_place *place, int workers, seats *pool)
{
    bool taken[RXT_CPUS] = { false };
    int kind = -1, sibling = -1, had = 0;

    while (had < workers && next_class(place, &kind, &sibling))
        had += take_class(place, kind, sibling, had > 0 ? workers - had : RXT_CPUS, taken);
    pool->count = 0;
    for (int s = 0; s < place->bound; s++)
        if (taken[s])
            pool->seat[pool->count++] = s;
}

static void sort_domains(const rxt_place *place, const seats *pool, domains *by)
{
    by->count = 0;
    by->sorted.count = 0;
    for (int numa = 0; numa < place->numas; numa++) {
        by->first[by->count] = by->sorted.count;
        for (int i = 0; i < pool->count; i++)
            if (place->seat[pool->seat[i]].numa == numa)
                by->sorted.seat[by->sorted.count++] = pool->seat[i];
        if (by->sorted.count > by->first[by->count])
            by->count++;
    }
    by->first[by->count] = by->sorted.count;
}

/* If the ranks are divided evenly over the domains, does each domain have enough seats for the
 * threads of its ranks? */
static bool domains_hold(const domains *d, int ranks, int threads)
{
    for (int i = 0; i < d->count; i++) {
        int here = first_in(i + 1, ranks, d->count) - first_in(i, ranks, d->count);

        if ((long)here * threads > d->first[i + 1] - d->first[i])
            return false;
    }
    return true;
}

/* Of R ranks and D domains, rank r is in domain floor(r D / R). The first seats of the ranks are
 * evenly spread over the domain. The threads of a rank are on consecutive seats. */
static void deal_domains(const rxt_place *place, const domains *d, int ranks, int threads,
                         int cpu[])
{
    for (int r = 0; r < ranks; r++) {
        int at = start_of(r, d->count, ranks);
        int first = first_in(at, ranks, d->count), here = first_in(at + 1, ranks, d->count) - first;
        int start = d->first[at] + start_of(r - first, d->first[at + 1] - d->first[at], here);

        for (int t = 0; t < threads; t++)
            cpu[r * threads + t] = place->seat[d->sorted.seat[start + t]].cpu;
    }
}

/* Of R ranks and C seats, rank r begins at seat floor(r C / R), in any domain. C / R >= threads, so
 * no two ranks have the same seat. */
static void deal_pool(const rxt_place *place, const seats *pool, int ranks, int threads, int cpu[])
{
    for (int r = 0; r < ranks; r++)
        for (int t = 0; t < threads; t++) {
            int seat = pool->seat[start_of(r, pool->count, ranks) + t];

            cpu[r * threads + t] = place->seat[seat].cpu;
        }
}

static void deal_spread(const rxt_place *place, int ranks, int threads, int cpu[])
{
    int workers = ranks * threads;
    seats pool;

    fill_pool(place, workers, &pool);
    for (int w = 0; w < workers; w++)
        cpu[w] = place->seat[pool.seat[start_of(w, pool.count, workers)]].cpu;
}

static void deal_hybrid(const rxt_place *place, int ranks, int threads, int cpu[])
{
    seats pool;
    domains by;

    fill_pool(place, ranks * threads, &pool);
    sort_domains(place, &pool, &by);
    if (domains_hold(&by, ranks, threads))
        deal_domains(place, &by, ranks, threads, cpu);
    else
        deal_pool(place, &pool, ranks, threads, cpu);
}

static void deal_close(const rxt_place *place, int ranks, int threads, int cpu[])
{
    for (int w = 0; w < ranks * threads; w++)
        cpu[w] = place->seat[w].cpu;
}

static void deal_nowhere(const rxt_place *place, int ranks, int threads, int cpu[])
{
    (void)place;
    for (int w = 0; w < ranks * threads; w++)
        cpu[w] = -1;
}

/* ---- bindings: one entry each; the first is the default; add a new one at the end ---- */

static const struct binding {
    rxt_word word;
    void (*deal)(const rxt_place *place, int ranks, int threads, int cpu[]); /* if there are enough
                                                                              * seats */
    bool leaves;
} bindings[] = {
    [RXT_BIND_HYBRID] = { .word = { "hybrid", "ranks spread over NUMA domains, the threads of a "
                                              "rank close together" },
                          .deal = deal_hybrid },
    [RXT_BIND_CLOSE] = { .word = { "close", "workers on neighbouring cores" }, .deal = deal_close },
    [RXT_BIND_SPREAD] = { .word = { "spread", "workers spread evenly over the cores" },
                          .deal = deal_spread },
    [RXT_BIND_NONE] = { .word = { "none", "no binding by rxt; the launcher's binding stays" },
                        .deal = deal_nowhere,
                        .leaves = true },
};

static const rxt_word *bind_word(int index)
{
    return &bindings[index].word;
}

const rxt_vocabulary rxt_bind_vocabulary = { .count = sizeof bindings / sizeof bindings[0],
                                             .word = bind_word };

const char *rxt_bind_name(rxt_bind bind)
{
    return bindings[bind].word.name;
}

bool rxt_bind_leaves(rxt_bind bind)
{
    return bindings[bind].leaves;
}

bool rxt_bind_name_leaves(const char *name)
{
    int bind = rxt_vocabulary_find(&rxt_bind_vocabulary, name);

    return bind >= 0 && bindings[bind].leaves;
}

void rxt_place_plan(const rxt_place *place, rxt_bind bind, int ranks, int threads, int cpu[])
{
    const struct binding *binding = &bindings[bind];
    bool shared = ranks * threads > place->bound && !binding->leaves;

    (shared ? deal_spread : binding->deal)(place, ranks, threads, cpu);
}

bool rxt_place_mixes(const rxt_place *place, int workers, const int cpu[])
{
    int kind = -1;

    for (int w = 0; w < workers; w++) {
        const rxt_seat *seat = rxt_place_seat(place, cpu[w]);

        if (seat && kind >= 0 && seat->kind != kind)
            return true;
        if (seat)
            kind = seat->kind;
    }
    return false;
}

char *rxt_place_cut(char *text, int size)
{
    static const char more[] = "...";
    int end = (int)strlen(text);

    if (end < size - 1 || size <= (int)sizeof more)
        return text;
    for (end = size - (int)sizeof more; end > 0 && !strchr(",;", text[end - 1]); end--)
        continue;
    memcpy(text + end, more, sizeof more);
    return text;
}

char *rxt_place_text(int ranks, int threads, const int cpu[], char *text, int size)
{
    text[0] = '\0';
    for (int r = 0; r < ranks; r++) {
        rxt_text_append(text, (size_t)size, r ? ";" : "");
        rxt_cpus_append(text, (size_t)size, threads, cpu + r * threads);
    }
    return rxt_place_cut(text, size);
}
