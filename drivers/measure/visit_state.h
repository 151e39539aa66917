/* visit_state.h - declarations that the files of measure share; no other file includes this
 * header. */
#ifndef MEASURE_VISIT_STATE_H
#define MEASURE_VISIT_STATE_H

#include "measure/measure.h"

/* The state of one visit on this rank. */
typedef struct visit_state {
    const rxt_visit *visit;
    rxt_outcome *outcome;
    rxt_team *team;
    rxt_slab slab;
    rxt_task_slab task; /* slab.task points here if the kernel is a task */
    rxt_cpus cpus;      /* CPUs of the task */
    ptrdiff_t grain;
    bool entered; /* the team was opened */
    bool made;    /* the kernel's make was called */
    double first; /* seconds of the first call, on the slowest rank */
    double each;  /* estimated seconds of one call */
    atomic_int refused;
    _Atomic(rxt_status) unfilled; /* why a thread could not fill its share; RXT_OK: none failed */
    _Alignas(64) unsigned char partial[RXT_PARTIAL];
} visit_state;

/* Fills this rank's operands, unless the arena holds them already. Each thread fills its own share,
 * so that first touch places it on the thread's NUMA node. Local. */
rxt_status rxt_measure_fill(visit_state *s);

/* Writes NaN into the operands that the kernel writes but does not read. So the proof detects an
 * element that the kernel did not write. Local. */
void rxt_measure_poison(visit_state *s);

/* One function for each figure: returns its value after the last timed call, whose result is
 * `partial`; NAN if the kernel does not have this figure. The value must be the same on all ranks
 * of the visit. */
#define DECLARE(constant, name, ...) \
    double rxt_figure_##name(const rxt_visit *visit, const void *partial);
RXT_VISIT_FIGURE_LIST(DECLARE)
#undef DECLARE

#endif
