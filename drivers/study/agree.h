/* agree.h - checks that all ranks measure the same study. Collective over the world. */
#ifndef RXT_AGREE_H
#define RXT_AGREE_H

#include "comm/comm.h"
#include "plan/plan.h"

/* rxt_agree_build checks that all ranks run the same build; call it first. rxt_agree_plan checks
 * that they have the same program, plan and settings, and that the ranks of each node have the same
 * seats. RXT_USAGE or RXT_ENVIRONMENT, with one line that says what differs. `program` gets the
 * CRC-32 of this rank's program file as text, "" if it cannot be read. */
rxt_status rxt_agree_build(const rxt_comm *world);
rxt_status rxt_agree_plan(const rxt_comm *world, const rxt_plan *plan, char program[9]);

#endif
