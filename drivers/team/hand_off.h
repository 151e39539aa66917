/* hand_off.h - measures the time to hand work to the threads of a resident team, and back. */
#ifndef RXT_TEAM_HAND_OFF_H
#define RXT_TEAM_HAND_OFF_H

#include "team/lines.h"

/* The hand-off: seconds that a piece of work for each thread takes longer than one such piece on
 * one thread. The result is the median over batches, so that a stall in fewer than half of the
 * batches does not count. To bound the time, if three hand-overs take more than a millisecond each,
 * the shortest is returned. Called by thread 0. */
double rxt_team_hand_off_of(rxt_team_lines *lines);

#endif
