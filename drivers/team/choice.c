/* choice.c - decides which is faster: to hand a kernel's calls to all threads, or to let one thread
 * make them. */
#include "team/choice.h"

#include <math.h>

enum { LOOKS = 8 };
static const double margin = 1.25, /* factor on the hand-off */
    longest = 100e-6,              /* seconds; most time for the timed calls together */
    away = 20e-3;                  /* seconds; time slice of another process */

bool rxt_team_choice_pays(int threads, double hand_off, double serial)
{
    return threads > 1 && serial > serial / threads + margin * hand_off;
}

rxt_team_choice rxt_team_choice_open(int threads, double hand_off)
{
    return (rxt_team_choice){ .threads = threads, .hand_off = hand_off, .least = INFINITY };
}

void rxt_team_choice_see(rxt_team_choice *choice, double seconds)
{
    choice->least = fmin(choice->least, seconds);
    choice->spent += seconds;
    choice->looks++;
    if (choice->looks < LOOKS && choice->spent < (choice->looks == 1 ? away : longest))
        return;
    choice->decided = true;
    choice->all = rxt_team_choice_pays(choice->threads, choice->hand_off, choice->least);
}
