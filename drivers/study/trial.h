/* trial.h - the trial visits: one to every row, before any row is timed. */
#ifndef RXT_TRIAL_H
#define RXT_TRIAL_H

#include "study/study.h"

/* Makes a trial visit to every row that needs one. Times are not kept; progress is reported. *late
 * is set if the user's budget ended before all trials were done. Rank 0. */
rxt_status rxt_study_try(rxt_study *study, bool *late);

#endif
