/* restore.h - the visits of earlier jobs, entered as if they were this one's. */
#ifndef RXT_RESTORE_H
#define RXT_RESTORE_H

#include "study/cell_state.h"

/* RXT_USAGE for visits that are none of the plan's, or there twice. Rank 0; local. */
rxt_status rxt_restore_visits(const rxt_journal_contents *contents, const rxt_plan *plan,
                              rxt_cell_states *cells);

#endif
