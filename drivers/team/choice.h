/* choice.h - one thread or all: whether it pays to hand a kernel's calls over.
 *
 * Work that takes s seconds on one thread takes s / t on t of them, and h to be handed over and
 * back: that pays where s > s / t + h, which is s > h t / (t - 1). Two threads pay from twice the
 * hand-off on, many from little more than once.
 *
 * What a loop takes beyond its work is not quite the h that is measured with arithmetic alone: 1.0
 * of it where lines take long from core to core (dot on two virtual Zen 4 cores, h = 430 ns), 1.5
 * where they are fast (h = 105 ns), as the loop has to get going on several cores. So h counts one
 * and a quarter times, with which two threads are at most 1.11 slower than the better way whichever
 * of both is true; with 1 or 1.5 it would be 1.25 or 1.2. Not in the rule: that several cores have
 * several caches. Where work just leaves one core's, handing over pays sooner than it says. */
#ifndef RXT_TEAM_CHOICE_H
#define RXT_TEAM_CHOICE_H

#include <stdbool.h>

/* Pure. Requires threads >= 1. */
bool rxt_team_choice_pays(int threads, double hand_off, double serial);

/* What is known of a kernel that was taken. */
typedef struct rxt_team_choice {
    int threads;
    double hand_off;
    int looks;           /* calls that were timed, all on one thread */
    double least, spent; /* the fastest of them; all together        */
    bool decided, all;   /* all threads, or thread 0 alone           */
} rxt_team_choice;

rxt_team_choice rxt_team_choice_open(int threads, double hand_off);

/* Enters the time of a call on one thread. The first calls may load from memory what later ones
 * find in a cache, so the fastest of several counts, of fewer if they are long. A single call
 * decides only if it is longer than a time slice of another process. */
void rxt_team_choice_see(rxt_team_choice *choice, double seconds);

#endif
