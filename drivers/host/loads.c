/* loads.c - memory for the timing of loads: touch it, read it in order, time random loads. */
#include "host/loads.h"

#include <math.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/random.h"
#include "data/arena.h"
#include "support/slab.h"
#include <rxt/status.h>

enum {
    LINE = 64,
    PAGE = 4096,
    BURST = 8,   /* loads in one page */
    LOADS = 512, /* loads between two readings of the clock, if its resolution is fine */
};

rxt_status rxt_loads_open(double bytes, const rxt_ladder_request *request, rxt_loads *loads)
{
    const rxt_arena_request memory = { .type = RXT_F64,
                                       .arrays = 1,
                                       .capacity = (ptrdiff_t)(bytes / sizeof(double)) };
    rxt_status st;

    *loads = (rxt_loads){ .began = rxt_clock_now(),
                          .room = bytes,
                          .resolution = request->resolution,
                          .stop = request->stop };
    st = rxt_arena_open(&memory, &loads->arena);
    if (!st)
        loads->memory = rxt_arena_array(loads->arena, 0);
    return st;
}

void rxt_loads_close(rxt_loads *loads)
{
    rxt_arena_close(loads->arena);
}

static bool in_time(const rxt_loads *loads, double until)
{
    return rxt_clock_now() - loads->began < until && !(loads->stop && atomic_load(loads->stop));
}

/* Writes a random word at the beginning of each cache line. The address of the next load depends on
 * the word that the last load has read, so no processor can prefetch the next line. */
bool rxt_loads_touch(rxt_loads *loads, double bytes, double until)
{
    while (loads->touched < bytes) {
        size_t from = (size_t)loads->touched;

        if (!in_time(loads, until))
            return false;
        for (size_t at = from; at < from + RXT_LOADS_PIECE; at += LINE)
            *(uint64_t *)(void *)(loads->memory + at) = rxt_random_mix(at + 1);
        loads->touched += RXT_LOADS_PIECE;
    }
    return true;
}

bool rxt_loads_pass(const rxt_loads *loads, size_t from, size_t bytes, double until)
{
    size_t all = from + bytes;

    for (; from < all; from += RXT_LOADS_PIECE) {
        size_t end = from + RXT_LOADS_PIECE < all ? from + RXT_LOADS_PIECE : all;
        uint64_t sum = 0;

        if (!in_time(loads, until))
            return false;
        for (size_t at = from; at < end; at += LINE)
            sum += *(const uint64_t *)(const void *)(loads->memory + at);
        __asm__ volatile("" ::"r"(sum));
    }
    return true;
}

/* The random numbers for page and line do not depend on the loaded words. The processor computes
 * them while a load is waiting, so only the loads take time. */
double rxt_loads_time(rxt_loads *loads, size_t bytes)
{
    uint64_t pages = bytes / PAGE, found = 0;
    int count = LOADS * (int)fmin(fmax(ceil(loads->resolution / 20e-9), 1), 100);
    double began = rxt_clock_now();

    for (int i = 0; i < count; i += BURST) {
        uint64_t order = rxt_random_next(&loads->state);
        const char *page = loads->memory + (order >> 32) * pages / ((uint64_t)1 << 32) * PAGE;

        for (int k = 0; k < BURST; k++) {
            uint64_t line = (order + found) % (PAGE / LINE);

            found = *(const volatile uint64_t *)(const volatile void *)(page + line * LINE);
            order = order >> 6 | order << 58;
        }
    }
    return (rxt_clock_now() - began) / count;
}
