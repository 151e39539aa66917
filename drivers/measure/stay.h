/* stay.h - shared by the files of measure; no other file includes it. */
#ifndef MEASURE_STAY_H
#define MEASURE_STAY_H

#include "measure/measure.h"

/* One visit as this rank sees it. */
typedef struct stay {
    const rxt_visit *visit;
    rxt_outcome *outcome;
    rxt_team *team;
    rxt_slab slab;
    rxt_task_slab task; /* the slab's, where the kernel is a task's */
    rxt_cpus cpus;      /* the task's */
    ptrdiff_t grain;
    bool entered; /* the team was had             */
    bool made;    /* the kernel's make was called */
    double first; /* seconds of the first call, the slowest rank's */
    double each;  /* seconds that a call takes, as far as is known  */
    atomic_int refused;
    _Atomic(rxt_status) unfilled; /* why some thread could not fill its share */
    _Alignas(64) unsigned char partial[RXT_PARTIAL];
} stay;

/* Fills this rank's operands by the threads that will read them, unless they are there already. */
rxt_status rxt_measure_fill(stay *s);

/* Fills the operands that the kernel will write with NaN, so that an element that it does not
 * write is found. */
void rxt_measure_poison(stay *s);

/* The value of each figure after the last timed call, whose result is `partial`; NAN: the kernel
 * has none. It must be the same on all ranks of the visit. */
#define DECLARE(constant, name, ...) \
    double rxt_figure_##name(const rxt_visit *visit, const void *partial);
RXT_VISIT_FIGURE_LIST(DECLARE)
#undef DECLARE

#endif
