/* refusal.h - what cannot be had on this host, or was wrong. On rank 0. */
#ifndef RXT_REFUSAL_H
#define RXT_REFUSAL_H

#include "study/conductor.h"

/* Says what cannot be had here, each reason once, where something else is measured; that the system
 * refuses to bind threads. */
void rxt_refusal_say_left_out(const rxt_conductor *conductor);
void rxt_refusal_say_unbound(const rxt_conductor *conductor);

/* RXT_ENVIRONMENT, naming the first, if the system refused a task; RXT_USAGE if no chosen task
 * can be done here. */
rxt_status rxt_refusal_of(const rxt_conductor *conductor);

/* RXT_WRONG, naming the first, when some result was wrong. Local. */
rxt_status rxt_refusal_wrong(const rxt_conductor *conductor);

#endif
