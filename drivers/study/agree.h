/* agree.h - all ranks measure one study. Collective over the world. */
#ifndef RXT_AGREE_H
#define RXT_AGREE_H

#include "comm/comm.h"
#include "plan/plan.h"

/* The same build on all ranks; the same program, plan and settings, and on each node the same
 * seats. RXT_USAGE, or RXT_ENVIRONMENT, in one line that says what differs. `program` becomes the
 * sum of this rank's. */
rxt_status rxt_agree_build(const rxt_comm *world);
rxt_status rxt_agree_plan(const rxt_comm *world, const rxt_plan *plan, char program[9]);

#endif
