/* roof.h - what judges the rows of a plan. */
#ifndef RXT_PLAN_ROOF_H
#define RXT_PLAN_ROOF_H

#include "plan/plan.h"

/* Adds the roofs, and their cells behind the rows'. RXT_ENVIRONMENT without memory. */
rxt_status rxt_plan_roofs(rxt_plan *plan);

#endif
