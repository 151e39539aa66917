/* conduct.h - the orders that rank 0 sends to the other ranks. On rank 0. */
#ifndef RXT_CONDUCT_H
#define RXT_CONDUCT_H

#include "study/study.h"

/* Orders a visit to cell c, takes part in it and enters its outcome. round < 0: a trial visit,
 * whose time is not kept. If a task cannot be done, the reason is recorded and RXT_OK returned.
 * RXT_STOPPED if a signal came during the visit. If the user's budget ended during the visit,
 * the result of the visit is dropped and conductor.cut is set; then the study makes no further
 * visit. */
rxt_status rxt_study_conduct(rxt_study *study, int c, int round);

/* Orders all ranks to allocate and fill the operands of a size, then opens the size.
 * RXT_ENVIRONMENT without memory. */
rxt_status rxt_study_widen(rxt_study *study, int size);

/* Orders the other ranks to leave rxt_visit_follow. */
void rxt_study_end(const rxt_study *study);

#endif
