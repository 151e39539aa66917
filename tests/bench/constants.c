/* constants.c - compares several builds of the kit that differ in the value of one constant: the
 * same calls are made with each build in turn. constants.sh makes the builds and runs this program:
 *
 *     build/tests/bench_constants ROUNDS KERNEL N THREADS USUAL.so OTHER.so…
 *
 * Prints one line "MEDIAN LOW HIGH" per OTHER: (its time) / (time of USUAL). THREADS 1 measures the
 * bare loop, 2 or more a resident team, 0 an auto team of two. KERNEL hand_off compares the
 * hand-off that the team itself measures. A sample is the smaller time of two windows, as in
 * bench_peers. */
#include "base/clock.h"
#include "data/arena.h"
#include "machine/place.h"
#include "stats/sample.h"
#include "support/slab.h"
#include "team/team.h"
#include <rxt/status.h>

#include <dlfcn.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 8, ROUNDS = 1000, THREADS = 64 };
static const double window = 300e-6;

/* One build: the functions that are called. */
typedef struct build {
    const rxt_kernel *kernel; /* NULL: measure the hand-off */
    rxt_status (*with)(rxt_team_kind, int, rxt_status (*)(rxt_team *, void *), void *);
    rxt_status (*take)(rxt_team *, const rxt_kernel *, const rxt_slab *);
    void (*call)(rxt_team *, void *);
    void (*each)(rxt_team *, void (*)(int, void *), void *);
    double (*hand_off)(rxt_team *);
    ptrdiff_t calls;
    double seconds[ROUNDS];
} build;

typedef struct bench {
    rxt_place *place;
    int cpu[THREADS], threads, rounds, builds;
    rxt_team_kind kind;
    rxt_slab slab;
    build *now, build[MOST];
    int round;
} bench;

/* ISO C does not allow to convert an object pointer to a function pointer; POSIX does. */
static bool find(void *handle, const char *name, void *found)
{
    void *symbol = dlsym(handle, name);

    memcpy(found, &symbol, sizeof symbol);
    if (!symbol)
        fprintf(stderr, "bench_constants: %s\n", dlerror());
    return symbol;
}

static bool load(build *b, const char *path, const char *kernel)
{
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    char name[80];

    snprintf(name, sizeof name, "rxt_kernel_%s", kernel);
    if (!handle)
        fprintf(stderr, "bench_constants: %s\n", dlerror());
    return handle && (!strcmp(kernel, "hand_off") || find(handle, name, &b->kernel)) &&
           find(handle, "rxt_team_with", &b->with) && find(handle, "rxt_team_take", &b->take) &&
           find(handle, "rxt_team_call", &b->call) && find(handle, "rxt_team_each", &b->each) &&
           find(handle, "rxt_team_hand_off", &b->hand_off);
}

static void bind(int thread, void *arg)
{
    bench *b = arg;

    rxt_place_bind(b->cpu[thread]);
}

/* Seconds of `calls` calls. */
static double timed(const build *one, rxt_team *team, ptrdiff_t calls)
{
    _Alignas(128) unsigned char partial[RXT_PARTIAL];
    double begin = rxt_clock_now();

    for (ptrdiff_t c = 0; c < calls; c++)
        one->call(team, one->kernel->merge ? partial : NULL);
    return rxt_clock_now() - begin;
}

static double sample(build *one, rxt_team *team)
{
    double least = INFINITY;

    timed(one, team, (one->calls + 3) / 4);
    for (int w = 0; w < 2; w++) {
        double spent = timed(one, team, one->calls);

        while (spent < window) {
            one->calls = (ptrdiff_t)ceil((double)one->calls * fmin(1.3 * window / spent, 10));
            spent = timed(one, team, one->calls);
        }
        least = fmin(least, spent / (double)one->calls);
    }
    return least;
}

static rxt_status in_team(rxt_team *team, void *arg)
{
    bench *b = arg;
    build *one = b->now;
    rxt_status st = RXT_OK;

    one->each(team, bind, b);
    if (!one->kernel) {
        one->seconds[b->round] = one->hand_off(team);
        return RXT_OK;
    }
    st = one->take(team, one->kernel, &b->slab);
    if (!st)
        one->seconds[b->round] = sample(one, team);
    return st;
}

/* Each round starts with another build; every second round is in reverse order. */
static rxt_status run(bench *b)
{
    rxt_status st = RXT_OK;

    for (b->round = 0; b->round < b->rounds; b->round++)
        for (int i = 0; i < b->builds && !st; i++) {
            int turn = (b->round + i) % b->builds;

            b->now = &b->build[b->round % 2 ? b->builds - 1 - turn : turn];
            st = b->now->with(b->kind, b->threads, in_team, b);
        }
    return st;
}

static rxt_status lay(bench *b, ptrdiff_t n, rxt_arena **arena)
{
    rxt_status st = rxt_arena_open(
        &(rxt_arena_request){ .type = RXT_F64, .arrays = 3, .capacity = n > 1 << 18 ? n : 1 << 18 },
        arena);

    b->slab = (rxt_slab){ .n = n, .total = n, .ranks = 1, .threads = b->threads };
    b->slab.cache = rxt_place_cache(b->place, b->threads, b->cpu);
    for (int a = 0; a < 3 && !st; a++) {
        double *x = b->slab.v[a] = rxt_arena_array(*arena, a);

        for (ptrdiff_t i = 0; i < n; i++)
            x[i] = 0.5 + (double)(i * 7919 % 1021) / 1021;
    }
    return st;
}

static void tell(bench *b)
{
    for (int i = 1; i < b->builds; i++) {
        rxt_sample ratio = rxt_sample_ratio(b->rounds, b->build[i].seconds, b->build[0].seconds);

        printf("%.4g %.4g %.4g\n", ratio.median, ratio.low, ratio.high);
    }
}

static rxt_status open_bench(bench *b, const char *threads)
{
    rxt_status st = rxt_place_open(&(rxt_place_request){ 0 }, &b->place);

    b->threads = atoi(threads);
    b->kind = b->threads ? RXT_TEAM_RESIDENT : RXT_TEAM_AUTO;
    b->threads = b->threads ? b->threads : 2;
    if (st || b->threads < 1 || b->threads > THREADS)
        return st ? st : rxt_status_of(RXT_USAGE, "%s threads: 0 to %d", threads, THREADS);
    rxt_place_plan(b->place, RXT_BIND_HYBRID, 1,
                   b->threads < b->place->seats ? b->threads : b->place->seats, b->cpu);
    for (int t = b->place->seats; t < b->threads; t++) /* more threads than cores: CPUs are used
                                                          again in turn */
        b->cpu[t] = b->cpu[t % b->place->seats];
    return RXT_OK;
}

static rxt_status measure(bench *b, int argc, char *argv[])
{
    rxt_arena *arena = NULL;
    rxt_status st = open_bench(b, argv[4]);
    bool loaded = true;

    for (b->builds = 0; b->builds < argc - 5 && b->builds < MOST && loaded; b->builds++) {
        b->build[b->builds].calls = 1;
        loaded = load(&b->build[b->builds], argv[5 + b->builds], argv[2]);
    }
    b->rounds = atoi(argv[1]);
    if (!st && (!loaded || b->rounds < 1 || b->rounds > ROUNDS))
        st = rxt_status_of(RXT_USAGE, "%s rounds of %s: not these", argv[1], argv[2]);
    if (!st)
        st = lay(b, atoll(argv[3]), &arena);
    if (!st)
        st = run(b);
    if (!st)
        tell(b);
    rxt_arena_close(arena);
    rxt_place_close(b->place);
    return st;
}

int main(int argc, char *argv[])
{
    bench *b = calloc(1, sizeof *b);
    rxt_status st = argc > 6 && b
                        ? measure(b, argc, argv)
                        : rxt_status_of(RXT_USAGE, "ROUNDS KERNEL N THREADS USUAL OTHER…");
    int code = (int)rxt_status_code(st);

    if (st)
        fprintf(stderr, "bench_constants: %s\n", st->text);
    rxt_status_free(st);
    free(b);
    return code;
}
