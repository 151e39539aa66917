/* hand_off.h - what it costs to hand work to the threads of a resident team, and back. */
#ifndef RXT_TEAM_HAND_OFF_H
#define RXT_TEAM_HAND_OFF_H

#include "team/lines.h"

/* Seconds by which work on all threads takes longer than on one: the median over batches, so that
 * a stall in fewer than half of them does not count. Bounded: where three
 * take a millisecond each, the shortest is the answer. Thread 0. */
double rxt_team_hand_off_of(rxt_team_lines *lines);

/* Seconds that a reading of the clock adds to an interval between two readings. */
double rxt_team_hand_off_clock(void);

#endif
