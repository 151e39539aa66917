/* restore.h - enters the visits of earlier jobs as if this job had made them. */
#ifndef RXT_RESTORE_H
#define RXT_RESTORE_H

#include "study/cell_state.h"

/* Enters the visits of a journal. RXT_USAGE if a visit does not belong to the plan, or appears
 * twice; RXT_ENVIRONMENT without memory. Rank 0; local. */
rxt_status rxt_restore_visits(const rxt_journal_contents *contents, const rxt_plan *plan,
                              rxt_cell_states *cells);

#endif
