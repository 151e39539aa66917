/* contest.c - measures contenders that do the same work, in turns within one process. */
#include "contest.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "support/slab.h"

/* ---- ways of calling; each contender costs one call through a pointer ---- */

static rxt_value finish(const peers_contender *self, const void *partial)
{
    return self->kernel->merge->finish(partial);
}

/* The result as a number: for iamax the index, else the value. */
static double number(rxt_value value)
{
    return value.index >= 0 ? (double)value.index : value.value;
}

void peers_calls_kernel(peers_contender *self, ptrdiff_t count)
{
    _Alignas(128) unsigned char partial[RXT_PARTIAL];
    void *into = self->kernel->merge ? partial : NULL;

    for (ptrdiff_t c = 0; c < count && self->team; c++)
        rxt_team_call(self->team, into);
    for (ptrdiff_t c = 0; c < count && !self->team; c++)
        self->kernel->loop(&self->share, into);
    if (into && count > 0)
        self->result = number(finish(self, partial));
}

void peers_calls_library_dot(peers_contender *self, ptrdiff_t count)
{
    for (ptrdiff_t c = 0; c < count; c++)
        self->result = self->library->dot((int)self->n, self->v[0], 1, self->v[1], 1);
}

void peers_calls_library_reduce(peers_contender *self, ptrdiff_t count)
{
    for (ptrdiff_t c = 0; c < count; c++)
        self->result = self->reduce((int)self->n, self->v[0], 1);
}

void peers_calls_library_iamax(peers_contender *self, ptrdiff_t count)
{
    for (ptrdiff_t c = 0; c < count; c++)
        self->result = (double)self->library->iamax((int)self->n, self->v[0], 1);
}

void peers_calls_plain_reduce(peers_contender *self, ptrdiff_t count)
{
    for (ptrdiff_t c = 0; c < count; c++)
        self->result = self->plain_reduce(self->v[0], self->v[1], self->n, self->threads);
}

void peers_calls_plain_map(peers_contender *self, ptrdiff_t count)
{
    double *out = self->v[1], *y = self->v[0];

    if (self->v[2]) {
        y = self->v[1];
        out = self->v[2];
    }
    for (ptrdiff_t c = 0; c < count; c++)
        self->plain_map(out, self->v[0], y, self->n, self->threads);
}

void peers_calls_region(peers_contender *self, ptrdiff_t count)
{
    for (ptrdiff_t c = 0; c < count; c++)
        self->plain->region(self->threads);
}

/* ---- one sample ---- */

typedef struct sample {
    const peers_bench *bench;
    peers_contender *contender;
    int round;
    double length; /* of a window */
    int windows;
    atomic_int refused;
} sample;

static double timed(peers_contender *contender)
{
    double begin = rxt_clock_now();

    contender->calls(contender, contender->count);
    return rxt_clock_now() - begin;
}

/* Seconds per call in one window. A window shorter than s->length is repeated with more calls. */
static double window(const sample *s)
{
    peers_contender *contender = s->contender;
    double spent = timed(contender);

    while (spent < s->length) {
        double times = spent > 0 ? 1.3 * s->length / spent : 10;

        contender->count = (ptrdiff_t)ceil((double)contender->count * fmin(times, 10));
        spent = timed(contender);
    }
    return spent / (double)contender->count;
}

static void take(const sample *s)
{
    peers_contender *contender = s->contender;
    double best = INFINITY;

    contender->calls(contender, (contender->count + 3) / 4);
    for (int w = 0; w < s->windows; w++)
        best = fmin(best, window(s));
    contender->seconds[s->round] = best;
}

/* ---- binding and setup of a contender ---- */

static void bind(int thread, void *arg)
{
    sample *s = arg;
    int error = rxt_place_bind(s->bench->cpu[thread]);

    if (error)
        atomic_store(&s->refused, error);
}

static void lay(const peers_bench *bench, peers_contender *contender)
{
    rxt_slab *slab = &contender->slab;

    *slab = (rxt_slab){ .n = contender->n,
                        .total = contender->n,
                        .ranks = 1,
                        .threads = contender->threads,
                        .cache = rxt_place_cache(bench->place, contender->threads, bench->cpu) };
    memcpy(slab->v, contender->v, sizeof slab->v);
}

/* Makes the slab, calls the kernel's make, and gives the kernel to the team if there is one. */
static rxt_status enter(sample *s, rxt_team *team)
{
    peers_contender *contender = s->contender;
    const rxt_kernel *kernel = contender->kernel;
    rxt_status st = RXT_OK;

    if (!kernel)
        return RXT_OK;
    lay(s->bench, contender);
    if (kernel->make)
        st = kernel->make(&contender->slab);
    contender->share = rxt_share_of(&contender->slab, 0, rxt_grain_of(kernel));
    contender->team = team;
    return st || !team ? st : rxt_team_take(team, kernel, &contender->slab);
}

/* Counts the rounds in which an auto team called on one thread, and keeps the hand-off by which the
 * team decided. */
static void ask(peers_contender *contender, int round)
{
    if (!contender->team || !contender->kernel)
        return;
    contender->alone = (round > 0 ? contender->alone : 0) + rxt_team_alone(contender->team);
    contender->hand_off = rxt_team_hand_off(contender->team);
}

/* Threads are bound first, because the team measures its hand-off when it takes the kernel. */
static rxt_status in_team(rxt_team *team, void *arg)
{
    sample *s = arg;
    const rxt_kernel *kernel = s->contender->kernel;
    rxt_status st;

    if (team)
        rxt_team_each(team, bind, s);
    else
        bind(0, s);
    st = enter(s, team);
    if (!st && atomic_load(&s->refused))
        st = rxt_status_of(RXT_ENVIRONMENT, "binding to CPU %d or %d was refused", s->bench->cpu[0],
                           s->bench->cpu[PEERS_THREADS - 1]);
    if (!st) {
        take(s);
        ask(s->contender, s->round);
    }
    if (kernel && kernel->free)
        kernel->free(&s->contender->slab);
    s->contender->team = NULL;
    return st;
}

static rxt_status in_library(sample *s)
{
    const peers_contender *contender = s->contender;
    rxt_status st = peers_library_ready(contender->library, contender->threads, s->bench->cpu);

    if (!st)
        take(s);
    peers_library_rest(contender->library, contender->threads);
    return st;
}

static rxt_status measure(sample *s)
{
    switch (s->contender->home) {
    case PEERS_FORKJOIN:
        return rxt_team_with(RXT_TEAM_FORKJOIN, s->contender->threads, in_team, s);
    case PEERS_RESIDENT:
        return rxt_team_with(RXT_TEAM_RESIDENT, s->contender->threads, in_team, s);
    case PEERS_AUTO:
        return rxt_team_with(RXT_TEAM_AUTO, s->contender->threads, in_team, s);
    case PEERS_PRIVATE:
        return in_library(s);
    default:
        return in_team(NULL, s);
    }
}

/* ---- check: do all contenders compute the same? ---- */

static double *out_of(const peers_contender *contender)
{
    return contender->v[contender->v[2] ? 2 : 1];
}

/* A number that depends on all elements of `out`, also on NaN and infinities. The weight of an
 * element depends on its index, so that a misplaced element changes the number. */
static double digest(const double *out, ptrdiff_t n)
{
    double sum = 0.0;

    for (ptrdiff_t i = 0; i < n; i++) {
        double weight = 1.0 + (double)(i % 1021) / 1021;

        sum += weight * (isnan(out[i]) ? 0.25 : isinf(out[i]) ? copysign(0.5, out[i]) : out[i]);
    }
    return sum;
}

static rxt_status compare(const peers_contender *a, const peers_contender *b)
{
    double most = fmax(fabs(a->result), fabs(b->result));

    if (fabs(a->result - b->result) <= 1e-9 * most)
        return RXT_OK;
    return rxt_status_of(RXT_WRONG, "n = %td: %s gives %.17g, %s %.17g", a->n, a->name, a->result,
                         b->name, b->result);
}

/* ---- rounds ---- */

static rxt_status one(const peers_bench *bench, int round, peers_contender *contender)
{
    sample s = { .bench = bench,
                 .contender = contender,
                 .round = round,
                 .length = bench->window,
                 .windows = 2 };
    bool proves = contender->stores && round == 0;
    rxt_status st;

    if (round == 0)
        contender->count = 1;
    if (proves)
        memset(out_of(contender), 0xff, (size_t)contender->n * sizeof(double));
    st = measure(&s);
    if (!st && proves)
        contender->result = digest(out_of(contender), contender->n);
    return st;
}

/* The order of every second round is reversed. Otherwise a contender would always follow the same
 * other contender, and find the caches as that one left them. */
static int next(int round, int c, int contenders)
{
    int turn = round + c;

    return round % 2 == 0 ? turn % contenders : contenders - 1 - turn % contenders;
}

rxt_status peers_contest(const peers_bench *bench, int contenders, peers_contender *contender[])
{
    rxt_status st = RXT_OK;

    for (int round = 0; round < bench->rounds && !st; round++)
        for (int c = 0; c < contenders && !st; c++)
            st = one(bench, round, contender[next(round, c, contenders)]);
    for (int c = 1; c < contenders && !st; c++)
        st = compare(contender[0], contender[c]);
    return st;
}

rxt_status peers_average(const peers_bench *bench, peers_contender *contender, double seconds,
                         double *each)
{
    sample s = { .bench = bench, .contender = contender, .length = seconds, .windows = 1 };
    rxt_status st;

    contender->count = 1;
    st = measure(&s);
    *each = contender->seconds[0];
    return st;
}
