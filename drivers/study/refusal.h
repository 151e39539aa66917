/* refusal.h - what could not be measured on this host, and wrong results. On rank 0. */
#ifndef RXT_REFUSAL_H
#define RXT_REFUSAL_H

#include "study/conductor.h"

/* rxt_refusal_say_left_out reports the tasks that cannot be done here, each reason once. It reports
 * nothing if no row at all can be measured. rxt_refusal_say_unbound reports that thread binding
 * failed. */
void rxt_refusal_say_left_out(const rxt_conductor *conductor);
void rxt_refusal_say_unbound(const rxt_conductor *conductor);

/* The error for tasks that were not done; the message names the first. RXT_ENVIRONMENT if the
 * system refused a task, RXT_USAGE if none of the chosen tasks can be done here. */
rxt_status rxt_refusal_of(const rxt_conductor *conductor);

/* RXT_WRONG, naming the first row, if any result was wrong. Local. */
rxt_status rxt_refusal_wrong(const rxt_conductor *conductor);

#endif
