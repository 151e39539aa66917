/* memory.h - fits a plan into the memory of a node; for the files of plan/. */
#ifndef RXT_PLAN_MEMORY_H
#define RXT_PLAN_MEMORY_H

#include "plan/plan.h"

/* Leaves out splits until the rest fit into the free memory (see rxt_plan_of); sets bytes_node and
 * bytes_most. Local. */
rxt_status rxt_plan_fit(rxt_plan *plan, const rxt_plan_memory *memory);

#endif
