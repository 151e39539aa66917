/* budget.h - does the minimum of rounds fit into the budget, and which options would fit? On rank
 * 0. */
#ifndef RXT_BUDGET_H
#define RXT_BUDGET_H

#include "study/conductor.h"

/* Call before the first visit. Warns if --budget was given and the minimum of rounds will not fit
 * into it. `each` is the time in seconds to generate one element of an operand. `resolution` is the
 * resolution of the clock in seconds; it determines the shortest visit. */
void rxt_budget_say_guess(const rxt_conductor *conductor, double each, double resolution);

/* Call after the trial visits, which measure the cost of each visit. Reports how long the rounds
 * take and, if they do not fit into the budget, options that would fit. */
void rxt_budget_say_needs(const rxt_conductor *conductor);

/* Prints seconds with two significant digits, from ten on as a whole number: "0.12", "9.4", "123".
 * Returns text. */
char *rxt_budget_seconds(double seconds, char text[16]);

#endif
