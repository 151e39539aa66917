/* doubts.h - measurements that contradict the host's reports. On rank 0; local. */
#ifndef RXT_DOUBTS_H
#define RXT_DOUBTS_H

#include "host/host.h"
#include "plan/plan.h"
#include "results/observations.h"
#include "study/cell_state.h"

/* For each cache level: the first node where the measured size contradicts the reported size. */
void rxt_doubts_levels(const rxt_host *host, rxt_observation_level level[RXT_LEVELS]);

/* The first node that has fewer last-level caches, by measurement, than its system reports. */
rxt_observation_shared rxt_doubts_shared(const rxt_host *host);

/* The arithmetic rate of two workers relative to one, from the roofs that were visited; of all
 * pairs the one whose interval has the lowest upper end. rate.count is 0 if no pair was
 * measured. */
rxt_observation_pair rxt_doubts_pair(const rxt_plan *plan, const rxt_cell_states *cells);

#endif
