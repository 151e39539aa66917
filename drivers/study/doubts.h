/* doubts.h - what a study saw that the host says otherwise. On rank 0; local. */
#ifndef RXT_DOUBTS_H
#define RXT_DOUBTS_H

#include "host/host.h"
#include "plan/plan.h"
#include "results/observations.h"
#include "study/cell_state.h"

/* Of each level, the first node where its size is contradicted. */
void rxt_doubts_levels(const rxt_host *host, rxt_observation_level level[RXT_LEVELS]);

/* The first node whose last-level caches are fewer than it says. */
rxt_observation_shared rxt_doubts_shared(const rxt_host *host);

/* Two workers' arithmetic against one's, from the roofs that were visited. */
rxt_observation_pair rxt_doubts_pair(const rxt_plan *plan, const rxt_cell_states *cells);

#endif
