/* budget.h - will the minimum of rounds fit the budget, and what would? On rank 0. */
#ifndef RXT_BUDGET_H
#define RXT_BUDGET_H

#include "study/conductor.h"

/* Before anything is measured: says that the minimum of rounds will not fit a budget that was
 * given, by the seconds that an element of an operand takes to make, and a visit on a clock of that
 * resolution at least. */
void rxt_budget_say_guess(const rxt_conductor *conductor, double each, double resolution);

/* After the trials, which tell more: how long the rounds take, and what would fit where that is too
 * long. */
void rxt_budget_say_needs(const rxt_conductor *conductor);

/* Seconds with two digits, but whole ones from ten on: "0.12", "9.4", "123". Returns text. */
char *rxt_budget_seconds(double seconds, char text[16]);

#endif
