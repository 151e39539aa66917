/* left_out.h - combinations that a plan leaves out; for plan.c. */
#ifndef RXT_PLAN_LEFT_OUT_H
#define RXT_PLAN_LEFT_OUT_H

#include "plan/plan.h"

/* Names kernels that a team cannot call. */
void rxt_plan_say_undriven(rxt_plan *plan);

/* Names splits that no task uses; RXT_USAGE if the user named splits and none is left. */
rxt_status rxt_plan_check_unfit(rxt_plan *plan);

#endif
