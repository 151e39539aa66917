/* ladder_shared.c - do cores share one cache although the system reports one for each? */
#include "host/ladder.h"

#include <math.h>

#include "base/clock.h"
#include "host/loads.h"
#include "machine/cpus.h"
#include "machine/place.h"

/* Other processes may by chance slow down the same measurement in all eight tries: once in 256. */
enum { TRIES = 8 };

/* If loads are slower by this factor, their data was evicted. A load from memory takes 3 to 10
 * times as long. */
static const double gone = 1.5;

typedef struct asker {
    rxt_loads loads;
    const int *cpu;
    size_t bytes; /* of one cache; half of it is a multiple of 64 */
    double seconds;
} asker;

/* Reads `bytes` bytes of the second CPU's part of the memory on `cpu`: twice, and then again until
 * `seconds` are over. Returns the seconds that it took, or less than 0 if the time was over. */
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

/* The time of a load on the first CPU from data of half a cache, after the other CPU has read
 * `bytes`. Only one CPU works at a time, so they share neither clock nor bandwidth. 0 if the time
 * was over or binding failed. */
static double load_after(asker *a, int cache, size_t bytes, double *seconds)
{
    size_t mine = a->bytes / 2;
    bool done = !rxt_place_bind(a->cpu[0]);

    for (int pass = 0; pass < 2; pass++)
        done = done && rxt_loads_pass(&a->loads, 0, mine, a->seconds);
    *seconds = done ? go_through(a, a->cpu[cache], bytes, *seconds) : -1;
    return *seconds >= 0 && !rxt_place_bind(a->cpu[0]) ? rxt_loads_time(&a->loads, mine) : 0;
}

/* Does `cache` evict data of the first CPU? If both CPUs share a cache, reading as much as it holds
 * evicts all data of the first CPU. Reading 1/16 of it repeatedly evicts nothing, and gives other
 * users of the cache the same time to evict data. */
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
