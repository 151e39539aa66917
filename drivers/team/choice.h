/* choice.h - decides whether handing a kernel's calls to all threads pays, or one thread is faster.
 *
 * Work that takes s seconds on one thread takes s / t + h on t threads. h is the hand-off, the time
 * to hand the work to the threads and back. Handing over pays where s > s / t + h, that is s > h t
 * / (t - 1): for two threads if s is more than twice the hand-off, for many threads if it is little
 * more than the hand-off.
 *
 * h is measured with arithmetic alone. A real loop loses 1.0 h where cache lines are slow from core
 * to core (dot on two virtual Zen 4 cores, h = 430 ns), and 1.5 h where they are fast (h = 105 ns),
 * because the loop must start up on several cores. So the rule multiplies h by 1.25. Two threads
 * are then at most 1.11 times slower than the better choice in both cases; with a factor of 1 or
 * 1.5 it would be 1.25 or 1.2. The rule ignores that several cores have several caches: where the
 * data just exceed one core's cache, handing over pays earlier than the rule says. */
#ifndef RXT_TEAM_CHOICE_H
#define RXT_TEAM_CHOICE_H

#include <stdbool.h>

/* Does it pay to hand over work that takes `serial` seconds on one thread? `hand_off` in seconds.
 * Pure. Requires threads >= 1. */
bool rxt_team_choice_pays(int threads, double hand_off, double serial);

/* The state of the decision for one kernel. */
typedef struct rxt_team_choice {
    int threads;
    double hand_off;
    int looks;           /* calls timed so far, all on one thread */
    double least, spent; /* seconds: the fastest of these calls; their sum */
    bool decided, all;   /* all: all threads, else thread 0 alone */
} rxt_team_choice;

rxt_team_choice rxt_team_choice_open(int threads, double hand_off);

/* Enters the time of a call on one thread. The first calls may load data from memory that later
 * calls find in a cache. So the fastest of eight calls counts, or of fewer if they are long. A
 * single call decides only if it takes longer than the time slice of another process (20 ms). */
void rxt_team_choice_see(rxt_team_choice *choice, double seconds);

#endif
