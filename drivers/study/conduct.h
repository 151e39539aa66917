/* conduct.h - what the conductor orders. On rank 0. */
#ifndef RXT_CONDUCT_H
#define RXT_CONDUCT_H

#include "study/study.h"

/* Orders a visit to cell c, takes part in it and enters what it brought back; round < 0 is the
 * trial round, whose times are not kept. RXT_STOPPED when a signal came meanwhile; if a given
 * budget ended, the visit is dropped and no further one is made. */
rxt_status rxt_study_conduct(rxt_study *study, int c, int round);

/* Orders all ranks to be ready for a size, and opens it. */
rxt_status rxt_study_widen(rxt_study *study, int size);

/* Orders the end. */
void rxt_study_end(const rxt_study *study);

#endif
