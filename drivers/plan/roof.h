/* roof.h - the roofs that the rows of a plan are compared with. */
#ifndef RXT_PLAN_ROOF_H
#define RXT_PLAN_ROOF_H

#include "plan/plan.h"

/* Adds the roofs to the plan, and their cells after the rows' cells. RXT_ENVIRONMENT without
 * memory. Local. */
rxt_status rxt_plan_roofs(rxt_plan *plan);

#endif
