/* left_out.h - what a plan has no cells for: for plan.c. */
#ifndef RXT_PLAN_LEFT_OUT_H
#define RXT_PLAN_LEFT_OUT_H

#include "plan/plan.h"

/* Kernels that some team does not drive are told. */
void rxt_plan_say_undriven(rxt_plan *plan);

/* Splits that no task is about are told; RXT_USAGE where the user named splits, and none is left.
 */
rxt_status rxt_plan_check_unfit(rxt_plan *plan);

#endif
