/* choice.h - decides which is faster: to hand a kernel's calls to all threads, or to let one thread
 * make them.
 *
 * Work that takes s seconds on one thread takes s / t + h on t threads. h is the hand-off, the time
 * to hand the work to the threads and back. Handing over is faster if s > s / t + h, that is s > h
 * t / (t - 1): with two threads if s is more than twice the hand-off, with many threads if s is a
 * little more than the hand-off.
 *
 * h is measured with arithmetic alone. A real loop loses 1.0 h if the transfer of a cache line
 * between cores is slow (dot on two virtual Zen 4 cores, h = 430 ns), and 1.5 h if it is fast (h =
 * 105 ns), because the loop must start up on several cores. So the rule multiplies h by 1.25. With
 * this factor two threads are at most 1.11 times slower than the better choice in both cases; with
 * a factor of 1 they would be up to 1.25 times slower, with 1.5 up to 1.2 times. The rule ignores
 * that several cores have several caches: if the data just exceed one core's cache, handing over is
 * faster already for less work than the rule says. */
#ifndef RXT_TEAM_CHOICE_H
#define RXT_TEAM_CHOICE_H

#include <stdbool.h>

/* Is it faster to hand over work that takes `serial` seconds on one thread? `hand_off` in seconds.
 * Pure. Requires threads >= 1. */
bool rxt_team_choice_pays(int threads, double hand_off, double serial);

/* The state of the decision for one kernel. */
typedef struct rxt_team_choice {
    int threads;
    double hand_off;
    int looks;           /* calls timed so far, all on one thread */
    double least, spent; /* seconds: the fastest of these calls; their sum */
    bool decided, all;   /* all: the decision is "all threads", else "thread 0 alone" */
} rxt_team_choice;

rxt_team_choice rxt_team_choice_open(int threads, double hand_off);

/* Enters the time of a call on one thread. The first calls may load data from memory that later
 * calls find in a cache. So the fastest of eight calls decides, or the fastest of fewer calls if
 * the calls are long. A single call decides only if it takes longer than the time slice of another
 * process (20 ms). */
void rxt_team_choice_see(rxt_team_choice *choice, double seconds);

#endif
