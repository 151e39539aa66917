/* team_choice.h - one thread or all: whether it pays to hand a kernel's calls over.
 *
 * Work that takes s seconds on one thread takes s / t on t of them, and h to be handed over and
 * back: that pays where s > s / t + h, which is s > h t / (t - 1). Two threads pay from twice the
 * hand-off on, many from little more than once.
 *
 * What is known of h is too little: it is measured with arithmetic alone, and a loop that reads
 * operands takes longer to get going on several cores (dot on a Zen 4: 1.4 times h, sum: 1.2). So
 * it counts one and a half times. Where that is too much, the work is near to where both take the
 * same time, and little is lost; nothing is taken from the other cores besides. Not in the rule:
 * that several cores have several caches. Where work just leaves one core's, handing over pays
 * sooner than it says. */
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

/* A call took so long on one thread. The first ones may come from memory that later ones find in a
 * cache, so the fastest of several counts; fewer where they take long. */
void rxt_team_choice_see(rxt_team_choice *choice, double seconds);

#endif
