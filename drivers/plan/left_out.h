/* left_out.h - combinations that a plan leaves out; for plan.c. */
#ifndef RXT_PLAN_LEFT_OUT_H
#define RXT_PLAN_LEFT_OUT_H

#include "plan/plan.h"

/* Appends the kernels that a team cannot call to the line splits.left_out. */
void rxt_plan_say_undriven(rxt_plan *plan);

/* Appends the splits that no task uses to the same line. RXT_USAGE if the user named splits and no
 * task uses any of them. */
rxt_status rxt_plan_check_unfit(rxt_plan *plan);

#endif
