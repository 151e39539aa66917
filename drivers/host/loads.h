/* loads.h - between the files that time loads: memory that is touched, passed through and loaded
 * from, on the CPU where the caller is. */
#ifndef RXT_LOADS_H
#define RXT_LOADS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/arena.h"
#include "host/ladder.h"
#include "support/slab.h"

enum { RXT_LOADS_PIECE = 1 << 21 }; /* bytes between two looks at the time: a huge page */

typedef struct rxt_loads {
    rxt_arena *arena;
    char *memory;
    double room, touched;     /* bytes: that may be, and that were touched */
    double began, resolution; /* seconds                                   */
    const atomic_bool *stop;
    uint64_t state;
} rxt_loads;

/* Reserves memory in whole pieces, without touching it. Close it also after a failure. */
rxt_status rxt_loads_open(double bytes, const rxt_ladder_request *request, rxt_loads *loads);
void rxt_loads_close(rxt_loads *loads);

/* The next two end, and are false, when `until` seconds are over since the opening, or at a stop.
 */

/* Touches the first `bytes`. */
bool rxt_loads_touch(rxt_loads *loads, double bytes, double until);

/* Reads the bytes once, in order; then the caches hold as many of them as they can. */
bool rxt_loads_pass(const rxt_loads *loads, size_t from, size_t bytes, double until);

/* Seconds of one load at a random place in the first `bytes`; each load depends on the one
 * before. */
double rxt_loads_time(rxt_loads *loads, size_t bytes);

#endif
