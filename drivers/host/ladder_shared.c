/* ladder_shared.c - do cores share one cache although the system reports a cache for each of
 * them? */
#include "host/ladder.h"

#include <math.h>

#include "base/clock.h"
#include "host/loads.h"
#include "machine/cpus.h"
#include "machine/place.h"

/* Each try has two measurements. By chance, other processes slow down the same one of them in all
 * eight tries only once in 256 cases. */
enum { TRIES = 8 };

/* If loads are slower by this factor, their data was evicted. A load from memory takes 3 to 10
 * times as long as a load from a cache. */
static const double gone = 1.5;

typedef struct asker {
    rxt_loads loads;
    const int *cpu;
    size_t bytes; /* size of one cache; half of this size is a multiple of 64 */
    double seconds;
} asker;

/* On `cpu`, reads the first `bytes` bytes of the second CPU's part of the memory: twice, and then
 * again until `seconds` have passed. Returns the seconds that the reading took; -1 if the time was
 * over or binding failed. */
static double go_through(asker *a, int cpu, size_t bytes, double seconds)
{
    double began = rxt_clock_now();

    if (rxt_place_bind(cpu))
        return -1;
    for (int pass = 0; pass < 2 || rxt_clock_now() - began < seconds; pass++)
        if (!rxt_loads_pass(&a->loads, a->bytes / 2, bytes, a->seconds))
            return -1;
    return rxt_clock_now() - began;
}

/* The time of a load on the first CPU, from data that fills half a cache, after the CPU of `cache`
 * has read `bytes` bytes for at least *seconds. *seconds becomes the time that this reading took.
 * Only one CPU works at a time, so neither CPU changes the other's clock frequency or bandwidth. 0
 * if the time was over or binding failed. */
static double load_after(asker *a, int cache, size_t bytes, double *seconds)
{
    size_t mine = a->bytes / 2;
    bool done = !rxt_place_bind(a->cpu[0]);

    for (int pass = 0; pass < 2; pass++)
        done = done && rxt_loads_pass(&a->loads, 0, mine, a->seconds);
    *seconds = done ? go_through(a, a->cpu[cache], bytes, *seconds) : -1;
    return *seconds >= 0 && !rxt_place_bind(a->cpu[0]) ? rxt_loads_time(&a->loads, mine) : 0;
}

/* Does reading through `cache` evict data of the first CPU? If both CPUs share one cache, reading
 * as many bytes as the cache holds evicts all data of the first CPU. Reading 1/16 of these bytes
 * again and again, for the same time, evicts nothing. If other processes use the cache, they have
 * the same time to evict data in both cases. */
static bool pushes_out(void *with, int cache)
{
    asker *a = with;

    for (int t = 0; t < TRIES; t++) {
        double seconds = 0, much = load_after(a, cache, a->bytes, &seconds),
               little = load_after(a, cache, a->bytes / 16, &seconds);

        if (!(little > 0 && much >= gone * little))
            return false;
    }
    return true;
}

int rxt_ladder_count_shared(int caches, bool (*shared)(void *with, int cache), void *with)
{
    int shares = 1, apart = caches - 1;

    if (caches < 2 || !shared(with, 1))
        return 1;
    if (shared(with, caches - 1))
        return caches;
    while (apart - shares > 1) {
        int middle = (shares + apart) / 2;

        if (shared(with, middle))
            shares = middle;
        else
            apart = middle;
    }
    return shares + 1;
}

int rxt_ladder_shared(int caches, const int cpu[], double bytes, const rxt_ladder_request *request)
{
    double room = ceil(1.5 * bytes / RXT_LOADS_PIECE) * RXT_LOADS_PIECE;
    asker a = { .cpu = cpu, .bytes = (size_t)bytes / 128 * 128, .seconds = request->seconds };
    rxt_cpus mine = rxt_cpus_mine();
    int shared = 1;
    rxt_status st;

    if (caches < 2 || room > request->memory)
        return 1;
    st = rxt_loads_open(room, request, &a.loads);
    if (!st && rxt_loads_touch(&a.loads, room, a.seconds))
        shared = rxt_ladder_count_shared(caches, pushes_out, &a);
    rxt_status_free(st);
    rxt_loads_close(&a.loads);
    rxt_cpus_bind(&mine);
    return shared;
}
