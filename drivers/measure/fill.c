/* fill.c - fills a visit's operands: each thread fills the share that it will read. Operands that
 * are already in memory are not filled again. */
#include "measure/visit_state.h"

#include <string.h>

#include "base/clock.h"
#include "base/random.h"
#include "base/text.h"
#include "data/arena.h"
#include "support/poison.h"

enum {
    FILL_BLOCK = 1 << 12, /* elements filled between two checks of `stop` */
    SPARE = 512           /* at most so many spare pages for each share: 2 MiB */
};

/* Prints the NUMA nodes of this rank's threads in the order of the threads: "0" if all threads are
 * on node 0, else for example "0x2 1x2" for two threads on node 0 and then two on node 1. */
static void homes_of(const rxt_visit *visit, char *text, size_t size)
{
    int run = 0, before = -2;

    text[0] = '\0';
    for (int t = 0; t <= visit->threads; t++) {
        const rxt_seat *seat =
            t < visit->threads ? rxt_place_seat(visit->place, visit->cpu[t]) : NULL;
        int numa = t == visit->threads ? -3 : seat ? seat->numa : -1;

        if (numa != before && run > 0)
            rxt_text_append(text, size, run == visit->threads ? "%d" : "%dx%d ", before, run);
        run = numa == before ? run + 1 : 1;
        before = numa;
    }
}

/* Keeps the error of the first thread that fails; later errors are dropped. */
static void keep_problem(visit_state *s, rxt_status st)
{
    rxt_status none = RXT_OK;

    if (!atomic_compare_exchange_strong(&s->unfilled, &none, st))
        rxt_status_free(st);
}

static rxt_status fill_block(const rxt_visit *visit, const rxt_share *share, int operand,
                             ptrdiff_t at)
{
    double block[FILL_BLOCK];
    bool wide = visit->kernel->type == RXT_F64;
    double *into = wide ? (double *)share->v[operand] + at : block;
    ptrdiff_t n = share->n - at < FILL_BLOCK ? share->n - at : FILL_BLOCK;
    rxt_status st = rxt_operands_fill(visit->kernel, visit->operands, operand, share->first + at, n,
                                      share->total, into);

    for (ptrdiff_t i = 0; i < n && !wide; i++)
        ((float *)share->v[operand] + at)[i] = (float)block[i];
    return st;
}

/* Spare pages for a share of that many bytes: about twice its own. */
static int spare_of(double bytes)
{
    double pages = 2 * bytes / RXT_PAGE_SMALL + 16;

    return pages < SPARE ? (int)pages : SPARE;
}

/* Each thread touches the pages of its own share, so that they lie on its NUMA node. */
static void touch_share(int thread, void *arg)
{
    const visit_state *s = arg;
    const rxt_visit *visit = s->visit;
    rxt_share share = rxt_share_of(&s->slab, thread, s->grain);
    int worker = s->slab.rank * visit->threads + thread;
    double bytes =
        (double)share.n * visit->kernel->arrays * (double)rxt_type_size(visit->kernel->type);

    rxt_arena_touch(visit->arena, share.first - s->slab.first, share.n, spare_of(bytes),
                    rxt_random_at((uint64_t)visit->epoch, (uint64_t)worker));
}

static void fill_share(int thread, void *arg)
{
    visit_state *s = arg;
    const rxt_visit *visit = s->visit;
    rxt_share share = rxt_share_of(&s->slab, thread, s->grain);
    rxt_status st = RXT_OK;

    for (int a = 0; a < rxt_inputs_of(visit->kernel); a++)
        for (ptrdiff_t i = 0; i < share.n && !st && !atomic_load(visit->stop); i += FILL_BLOCK)
            st = fill_block(visit, &share, a, i);
    if (st)
        keep_problem(s, st);
}

static void poison_share(int thread, void *arg)
{
    visit_state *s = arg;
    const rxt_kernel *kernel = s->visit->kernel;
    rxt_share share = rxt_share_of(&s->slab, thread, s->grain);

    for (int a = rxt_inputs_of(kernel); a < kernel->arrays; a++)
        memset(share.v[a], RXT_POISON, (size_t)share.n * rxt_type_size(kernel->type));
}

void rxt_measure_poison(visit_state *s)
{
    rxt_team_each(s->team, poison_share, s);
}

/* Gives every array its place in pages of the visit's epoch; true if these pages are drawn now. */
static bool place_arrays(visit_state *s)
{
    const rxt_visit *visit = s->visit;
    bool drawn = rxt_arena_draw(visit->arena, visit->epoch);

    for (int a = 0; a < visit->kernel->arrays; a++)
        s->slab.v[a] = rxt_arena_array(visit->arena, a);
    return drawn;
}

/* Fills the operands. Returns the time when their pages were touched. */
static double fill_all(visit_state *s, const rxt_contents *wanted)
{
    const rxt_visit *visit = s->visit;
    double touched;
    rxt_status st;

    rxt_team_each(s->team, touch_share, s);
    touched = rxt_clock_now();
    rxt_team_each(s->team, fill_share, s);
    st = atomic_load(&s->unfilled);
    rxt_arena_holds(visit->arena, st || atomic_load(visit->stop) ? NULL : wanted);
    return touched;
}

/* Drawing pages takes the time of giving them back and of touching them, and also of the fill, if
 * it would not have been necessary with the pages from before. */
rxt_status rxt_measure_fill(visit_state *s)
{
    const rxt_visit *visit = s->visit;
    rxt_contents wanted = { .kernel = visit->kernel,
                            .seed = visit->operands->seed,
                            .first = s->slab.first,
                            .n = s->slab.n,
                            .total = visit->total };
    double began = rxt_clock_now(), touched;
    rxt_refill before, needs;
    bool drawn;

    homes_of(visit, wanted.homes, sizeof wanted.homes);
    before = rxt_arena_needs(visit->arena, &wanted);
    drawn = place_arrays(s);
    needs = rxt_arena_needs(visit->arena, &wanted);
    if (needs == RXT_KEEP) {
        rxt_arena_written(visit->arena, visit->kernel);
        return RXT_OK;
    }
    if (needs == RXT_TOUCH_AND_FILL && !drawn)
        rxt_arena_release(visit->arena);
    touched = fill_all(s, &wanted);
    if (drawn)
        s->outcome->drawing = (before == RXT_KEEP ? rxt_clock_now() : touched) - began;
    return atomic_load(&s->unfilled);
}
