/* trial.h - a first visit to every row, before any is timed. */
#ifndef RXT_TRIAL_H
#define RXT_TRIAL_H

#include "study/study.h"

/* Makes a trial visit to every row that needs one: no time is kept; progress is reported. *late:
 * the user's budget ended before all were done. Rank 0. */
rxt_status rxt_study_try(rxt_study *study, bool *late);

#endif
