/* loads.h - memory for the timing of loads, on the CPU of the caller: touch it, read it in order,
 * time random loads. For ladder.c and ladder_shared.c. */
#ifndef RXT_LOADS_H
#define RXT_LOADS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/arena.h"
#include "host/ladder.h"
#include "support/slab.h"

enum { RXT_LOADS_PIECE = 1 << 21 }; /* a huge page: bytes between two checks of the time */

typedef struct rxt_loads {
    rxt_arena *arena;
    char *memory;
    double room, touched;     /* bytes of the memory; bytes touched so far */
    double began, resolution; /* in seconds: time of opening; resolution of the clock */
    const atomic_bool *stop;
    uint64_t state;
} rxt_loads;

/* Reserves `bytes` bytes of memory, a multiple of RXT_LOADS_PIECE, without touching the memory.
 * Call rxt_loads_close also after a failure. */
rxt_status rxt_loads_open(double bytes, const rxt_ladder_request *request, rxt_loads *loads);
void rxt_loads_close(rxt_loads *loads);

/* The next two functions stop and return false if `until` seconds have passed since rxt_loads_open,
 * or if *stop is set. */

/* Touches the first `bytes`. */
bool rxt_loads_touch(rxt_loads *loads, double bytes, double until);

/* Reads `bytes` bytes from offset `from` on, once and in order. After that the caches hold as many
 * of these bytes as they have room for. */
bool rxt_loads_pass(const rxt_loads *loads, size_t from, size_t bytes, double until);

/* Seconds of one load at a random place in the first `bytes`; each load depends on the one
 * before. */
double rxt_loads_time(rxt_loads *loads, size_t bytes);

#endif
